import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { specSchema, specSchemas } from './contract.test-support.ts';
import * as validators from './generated/validators.ts';
import { type Notation, normaliseSchema } from './normalise-schema.test-support.ts';

describe('a validator accepts what the contract describes', () => {
  it.each(Object.keys(specSchemas))('%s', (name) => {
    const validator: unknown = Reflect.get(validators, `z${name}`);
    if (!(validator instanceof z.ZodType)) throw new Error(`no validator was generated for ${name}`);
    const accepted = normaliseSchema(z.toJSONSchema(validator, { io: 'input' }));
    expect(accepted).toEqual(normaliseSchema(specSchema(name) as Notation));
  });
});
