import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTraceparent } from './trace-context.ts';

const trace_id = '4bf92f3577b34da6a3ce929d0e0e4736';
const span_id = '00f067aa0ba902b7';

it.each([
  ['the example of the recommendation', `00-${trace_id}-${span_id}-01`],
  ['one that is not sampled', `00-${trace_id}-${span_id}-00`],
  ['flags of later versions', `00-${trace_id}-${span_id}-ff`],
  ['a later version', `01-${trace_id}-${span_id}-01`],
  ['a later version with more members', `cc-${trace_id}-${span_id}-01-what-the-future-holds`],
])('reads %s', (_name, header) => {
  expect(parseTraceparent(header)).toEqual({ trace_id, span_id });
});

it.each([
  ['nothing', undefined],
  ['an empty header', ''],
  ['several headers', [`00-${trace_id}-${span_id}-01`, `00-${trace_id}-${span_id}-01`]],
  ['several headers that a server has joined', `00-${trace_id}-${span_id}-01, 00-${trace_id}-${span_id}-01`],
  ['the forbidden version', `ff-${trace_id}-${span_id}-01`],
  ['more members than version 00 has', `00-${trace_id}-${span_id}-01-what`],
  ['a later version that goes on without a hyphen', `01-${trace_id}-${span_id}-01what`],
  ['upper case', `00-${trace_id.toUpperCase()}-${span_id}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${span_id}-01`],
  ['a span of zeros', `00-${trace_id}-${'0'.repeat(16)}-01`],
  ['a short trace', `00-${trace_id.slice(1)}-${span_id}-01`],
  ['no flags', `00-${trace_id}-${span_id}`],
  ['blanks around it', ` 00-${trace_id}-${span_id}-01 `],
  ['a second line', `00-${trace_id}-${span_id}-01\n`],
  ['an injection', `00-${trace_id}-${span_id}-01","actor_id":"root`],
])('ignores %s', (_name, header) => {
  expect(parseTraceparent(header)).toBeUndefined();
});

it('whatever the header is, takes nothing from it but two ids in hex', () => {
  const parts = fc.constantFrom('00', '01', 'ff', '-', trace_id, span_id, '0'.repeat(32), 'g', '\n', '01');
  const header = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts).map((chosen) => chosen.join('')),
  );
  fc.assert(
    fc.property(header, (text) => {
      const context = parseTraceparent(text);
      if (context === undefined) return;
      expect(context).toEqual({
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      });
      expect(text).toContain(`-${context.trace_id}-${context.span_id}-`);
    }),
  );
});
