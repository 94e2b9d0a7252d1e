import fc from 'fast-check';
import { anyBodyOf } from './any-body.ts';
import { anyValueOf } from './any-value.ts';
import { type ContractOperation, type ContractParameter, contractOperations } from './contract.ts';

/** A request that can be sent as HTTP. */
export interface FuzzRequest {
  readonly operation: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** Any request to any operation: mostly as the contract says, else with another method, odd parameters, headers or bodies. */
export function anyRequest(bodyBytesMax: number): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...contractOperations.map((operation) => ({
      weight: weightOf(operation),
      arbitrary: anyRequestTo(operation, bodyBytesMax),
    })),
  );
}

// What is written is what everything else is about; bodies go wrong in more ways than parameters.
function weightOf({ id, body }: ContractOperation): number {
  if (id.startsWith('createAuditEvent')) return 4;
  return body === undefined ? 1 : 2;
}

function anyRequestTo(operation: ContractOperation, bodyBytesMax: number): fc.Arbitrary<FuzzRequest> {
  const body = anyBodyOf(operation, bodyBytesMax);
  return fc.record({
    operation: fc.constant(operation.id),
    method: mostly(
      operation.method,
      fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'POST', 'GET'),
    ),
    target: anyTarget(operation),
    headers: fc.tuple(anyContentType, anyHeaders).map(([type, headers]) => ({ ...type, ...headers })),
    body:
      operation.body === undefined ? mostly(undefined, body) : fc.option(body, { nil: undefined, freq: 20 }),
  });
}

function anyTarget({ path, parameters }: ContractOperation): fc.Arbitrary<string> {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const names = parameters.filter((parameter) => parameter.in === 'path');
  const anyPath = fc
    .tuple(...names.map(anyArgument))
    .map((values) =>
      names.reduce((filled, { name }, index) => filled.replace(`{${name}}`, values[index] ?? ''), path),
    );
  const anyQuery = fc
    .subarray(query)
    .chain((chosen) =>
      fc
        .tuple(...chosen.map(anyArgument))
        .map((values) => chosen.map(({ name }, index) => `${name}=${values[index]}`).join('&')),
    );
  return fc
    .tuple(anyPath, mostly('', anyOddQuery), anyQuery)
    .map(([filled, odd, asked]) => `${filled}?${asked}${odd}`.replace(/\?$/, ''));
}

// What a client writes for a parameter: the value, percent-encoded, or something that is none.
function anyArgument({ name, schema }: ContractParameter): fc.Arbitrary<string> {
  const text = anyValueOf(schema, name).map(String);
  // A tile's index has slashes, and dots alone would leave the path.
  const encoded = text.map((value) => (name === 'index' ? encodeURI(value) : encodeURIComponent(value)));
  return fc.oneof({ weight: 6, arbitrary: encoded }, { weight: 1, arbitrary: anyOddText });
}

const anyOddText = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom('', '%', '%ff', '%00', '-1', '1e3', '0x1', '9'.repeat(40), '..', 'null', 'x'.repeat(3_000)),
);

const anyOddQuery = fc.oneof(
  fc.constantFrom(
    '&&&',
    '&=',
    '&limit=1&limit=2',
    '&cursor=%00',
    '&__proto__=1',
    '&Limit=1',
    '&limit[]=1',
    '#x',
  ),
  anyOddText.map((text) => `&further=${text}`),
);

const anyContentType: fc.Arbitrary<Record<string, string>> = mostly(
  { 'content-type': 'application/json' },
  fc.constantFrom(
    {},
    { 'content-type': '' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json;;;' },
    { 'content-type': 'multipart/form-data' },
    { 'content-type': 'x'.repeat(2_000) },
  ),
);

const anyHeaders: fc.Arbitrary<Record<string, string>> = mostly(
  {},
  fc.constantFrom<Record<string, string>>(
    { 'content-encoding': 'gzip' },
    { 'transfer-encoding': 'chunked' },
    { accept: 'image/png' },
    { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
    { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    { traceparent: 'ü'.repeat(50) },
    { expect: '200-everything' },
    { range: 'bytes=0-1' },
    { upgrade: 'websocket', connection: 'upgrade' },
    { 'if-none-match': '*', 'x-forwarded-for': '\u00ff' },
    { 'x-long': 'x'.repeat(10_000) },
    { host: '' },
  ),
);

function mostly<Value>(usual: Value, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
}
