import { generateKey } from '@audit/integrity';
import { expect, it } from 'vitest';
import { parseTrustedKeys } from './parse-trusted-keys.ts';

it('tells keys of logs and of witnesses apart, each once', async () => {
  const log = (await generateKey('log.test', 'ed25519')).verifierKey;
  const witness = (await generateKey('witness.test', 'cosignature')).verifierKey;
  const text = `# from the operator\n${log}\n\n  ${witness}  \n${log}`;
  expect(parseTrustedKeys(text)).toEqual({ keys: [{ key: log }], witnesses: [witness], faults: [] });
});

it('reads a list of keys as a server gives it, with the sizes each signs', async () => {
  const { verifierKey: key } = await generateKey('log.test', 'ed25519');
  const list = JSON.stringify({ log_id: 'default', origin: 'log.test', keys: [{ key, from: 0, until: 7 }] });
  expect(parseTrustedKeys(list)).toEqual({ keys: [{ key, from: 0, until: 7 }], witnesses: [], faults: [] });
});

it('says what is no key, and takes the others', async () => {
  const { verifierKey: key } = await generateKey('log.test', 'ed25519');
  const { keys, faults } = parseTrustedKeys(`no key\n${key}\nlog.test+00000000+AAAA`);
  expect(keys).toEqual([{ key }]);
  expect(faults).toHaveLength(2);
  expect(faults[0]).toMatch(/^“no key” is no public key: /);
  expect(parseTrustedKeys('{"keys":7}').faults).toHaveLength(1);
});
