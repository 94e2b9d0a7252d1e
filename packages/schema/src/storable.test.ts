import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specSchema } from './contract.test-support.ts';
import { shortenText, toStorable } from './storable.ts';
import { structureIssues } from './structure-issues.ts';

describe('toStorable', () => {
  it('returns a storable event as it is', () => {
    const event = { actor_id: 'gateway', event_data: { labels: { team: 'checkout' }, list: [1, 'a', null] } };
    expect(toStorable(event)).toBe(event);
  });

  it.each([
    ['NUL', { a: ['x\u0000'] }, { a: ['x\uFFFD'] }],
    ['half a pair', { a: { b: '\ud800' } }, { a: { b: '\uFFFD' } }],
    ['NUL in a name', { 'a\u0000': 1 }, { 'a\uFFFD': 1 }],
    ['numbers JSON has not', { a: [Number.NaN, -Infinity, 1] }, { a: ['NaN', '-Infinity', 1] }],
    ['the name of the prototype', JSON.parse('{"__proto__":1}'), { '"__proto__"': 1 }],
    ['reserved names', { _sd: 1, _sd_alg: 2, '...': 3 }, { '"_sd"': 1, '"_sd_alg"': 2, '"..."': 3 }],
  ])('replaces %s', (_name, event_data, storable) => {
    expect(toStorable({ event_data })).toStrictEqual({ event_data: storable });
  });

  it('cuts the texts of the envelope at the limits of the contract', () => {
    const { properties = {} } = specSchema('AuditEventRequest');
    const limits = ['actor_type', 'actor_id', 'resource_type', 'resource_id', 'correlation_id'];
    for (const name of [...limits, 'namespace', 'cluster_name', 'severity']) {
      const { maxLength } = properties[name] as { readonly maxLength: number };
      const fits = { [name]: 'x'.repeat(maxLength) };
      expect(toStorable(fits)).toBe(fits);
      const cut = `${'x'.repeat(maxLength - 1)}…`;
      expect(toStorable({ [name]: 'x'.repeat(maxLength + 1) })).toStrictEqual({ [name]: cut });
    }
  });

  it('leaves nothing in any event that cannot be stored, and then nothing to do', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const text = fc.oneof(fc.string({ unit }), fc.constantFrom('\u0000', '_sd', '...', '__proto__'));
    const value = fc.anything({ key: text, values: [text, fc.integer(), fc.boolean()], maxDepth: 5 });
    fc.assert(
      fc.property(value, (value) => {
        const storable = toStorable({ event_data: value });
        expect(structureIssues(storable)).toEqual([]);
        expect(toStorable(storable)).toBe(storable);
      }),
    );
  });

  it('looks at every value once, however deep', () => {
    let deep: object = { end: '\u0000' };
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    const event = { event_data: deep };
    expect(toStorable(event)).toBe(event);
  });

  it('comes to an end with a value that contains itself', () => {
    const data: Record<string, unknown> = {};
    data.self = data;
    expect(toStorable({ event_data: data }).event_data).toBe(data);
  });
});

describe('shortenText', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a😀b', 3, 'a…'],
    ['', 0, ''],
  ])('shortens %j to %d units: %j', (text, charsMax, shortened) => {
    expect(shortenText(text, charsMax)).toBe(shortened);
  });
});
