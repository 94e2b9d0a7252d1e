import { expectTypeOf } from 'vitest';
import type { z } from 'zod';
import type { components } from './generated/openapi-types.ts';
import type * as validators from './generated/validators.ts';

// The types and the validators are made from the contract by two generators. Each schema's type must be the input of
// its validator, in both directions.

type Schemas = components['schemas'];
type Validators = typeof validators;

// zod adds undefined to the type of an optional member, which JSON does not have.
type Json<Value> = Value extends object
  ? { [Name in keyof Value]: Json<Exclude<Value[Name], undefined>> }
  : Value;

// The types list the payloads, each with all its event types; the validator lists the event types, each with its
// payload. The rest of the schema is compared here, every payload by itself, and their union in types.test-d.ts.
type WithoutUnion<Value> = Value extends { event_data: unknown } ? Omit<Value, 'event_data'> : Value;

type Input<Name extends keyof Schemas> = `z${Name}` extends keyof Validators
  ? Validators[`z${Name}`] extends z.ZodType
    ? z.input<Validators[`z${Name}`]>
    : 'no validator'
  : 'no validator';

type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;

type Compared = Exclude<keyof Schemas, 'AuditEventData' | 'AuditEventsQueryResponse'>;

type Disagreement = {
  [Name in Compared]: Same<Json<WithoutUnion<Schemas[Name]>>, Json<WithoutUnion<Input<Name>>>> extends true
    ? never
    : Name;
}[Compared];

// Not expectTypeOf: this way the compiler names the schemas that disagree.
({}) satisfies Record<Disagreement, never>;

// The comparison sees a member that is missing, optional or wider on one side.
expectTypeOf<Same<{ a: 'x' }, { a: 'x'; b: 1 }>>().toEqualTypeOf<false>();
expectTypeOf<Same<{ a: 'x' }, { a?: 'x' }>>().toEqualTypeOf<false>();
expectTypeOf<Same<{ a: 'x' }, { a: string }>>().toEqualTypeOf<false>();
