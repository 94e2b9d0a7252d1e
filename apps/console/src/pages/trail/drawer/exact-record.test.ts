import { leafHash } from '@audit/integrity';
import { expect, it } from 'vitest';
import { exportedRecord, servedRecord } from './exact-record.ts';

const record = '{"version":"1.0","event_data":{"text":"],\\"pagination\\":{,\\"event_hash\\":"},"n":1.50}';
const hash = leafHash(record);

function answerOf(text: string, named: string): string {
  const served = `${text.slice(0, -1)},"event_hash":"${named}","legal_hold":false,"event_date":"2026-01-14"}`;
  return `{"data":[${served}],"pagination":{"limit":1,"offset":0,"total":1}}`;
}

it('gives back the bytes that were hashed, whatever they hold', () => {
  expect(servedRecord(answerOf(record, hash))).toEqual({ exact: record, isDisclosed: false, hash });
});

it('does not take for the record what has another hash', () => {
  const changed = record.replace('1.50', '1.5');
  expect(servedRecord(answerOf(changed, hash))).toEqual({ exact: undefined, isDisclosed: false, hash });
  const disclosed = record.replace('"n"', '"_sd_alg":"sha-256","n"');
  expect(servedRecord(answerOf(disclosed, hash))?.isDisclosed).toBe(true);
});

it('finds nothing in an answer without events', () => {
  expect(servedRecord('{"data":[],"pagination":{"limit":1,"offset":0,"total":0}}')).toBeUndefined();
  expect(servedRecord('')).toBeUndefined();
  expect(servedRecord('<html>')).toBeUndefined();
});

it('takes the record out of an export by its hash', () => {
  expect(exportedRecord(`${record}\n`, hash)).toBe(record);
  expect(exportedRecord(`${record}\n#disclosure {"pointer":"/a"}\n`, hash)).toBe(record);
  expect(exportedRecord(`#purged {"sequence":1}\n`, hash)).toBeUndefined();
  expect(exportedRecord(`${record.replace('1.50', '1.5')}\n`, hash)).toBeUndefined();
});
