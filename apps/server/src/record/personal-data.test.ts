import { disclosureDigest } from '@audit/integrity';
import { expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { readExample } from '../test-support/sample-events.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { concealPersonalData } from './personal-data.ts';
import { revealPersonalData } from './reveal-personal-data.ts';

const event = readExample('webhook.notification.cancelled.valid') as {
  event_type: string;
  actor_id: string;
  event_data: {
    recipients: { email?: string; phone?: string; slack?: string; teams?: string }[];
    [member: string]: unknown;
  };
};

it('puts one salted digest per marked member into the object that held it, sorted, and keeps the rest', () => {
  const { concealed, disclosures } = concealPersonalData(event);
  expect(disclosures.map(({ pointer }) => pointer)).toEqual([
    '/actor_id',
    '/event_data/recipients/0/email',
    '/event_data/recipients/0/phone',
    '/event_data/recipients/1/slack',
    '/event_data/recipients/1/teams',
    '/event_data/cancelled_by',
    '/event_data/user_uid',
  ]);
  const [actor = '', ...digests] = disclosures.map(({ disclosure }) => disclosureDigest(disclosure));
  const { actor_id: _concealed, ...envelope } = event;
  const { cancelled_by: _by, user_uid: _uid, ...payload } = event.event_data;
  const { slack: _slack, teams: _teams, ...kept } = event.event_data.recipients[1] ?? {};
  expect(concealed).toEqual({
    ...envelope,
    event_data: {
      ...payload,
      recipients: [{ _sd: digests.slice(0, 2).sort() }, { ...kept, _sd: digests.slice(2, 4).sort() }],
      _sd: digests.slice(4).sort(),
    },
    _sd: [actor],
    _sd_alg: 'sha-256',
  });
});

it('conceals who acted when that is a user, whatever the event, and leaves services as they are', () => {
  const acted = { event_type: 'deployer.deploy.started', actor_id: 'priya' };
  expect(
    concealPersonalData({ ...acted, actor_type: 'service' } as object as typeof event).disclosures,
  ).toEqual([]);
  const { concealed, disclosures } = concealPersonalData({
    ...acted,
    actor_type: 'user',
  } as object as typeof event);
  expect(disclosures.map(({ pointer }) => pointer)).toEqual(['/actor_id']);
  expect(JSON.stringify(concealed)).not.toContain('priya');
});

it('shows what was erased as such, beside what was not', () => {
  const { concealed, disclosures } = concealPersonalData(event);
  const gone = new Set(['/actor_id', '/event_data/recipients/0/phone', '/event_data/user_uid']);
  const stored = disclosures.map((each) => (gone.has(each.pointer) ? { ...each, disclosure: null } : each));
  const [recipient, ...others] = event.event_data.recipients;
  expect(JSON.parse(revealPersonalData(JSON.stringify(concealed), stored))).toEqual({
    ...event,
    actor_id: '[erased]',
    event_data: {
      ...event.event_data,
      user_uid: '[erased]',
      recipients: [{ ...recipient, phone: '[erased]' }, ...others],
    },
    _sd_alg: 'sha-256',
  });
});

it('salts: the same value has another digest each time', () => {
  const digests = [event, event].map((same) => JSON.stringify(concealPersonalData(same).concealed));
  expect(digests[0]).not.toBe(digests[1]);
});

it('computes the digest of the example in RFC 9901, section 4.2.3', () => {
  const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
  expect(disclosureDigest(disclosure)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
});

it('gives events without marked members back as they are', () => {
  const plain = { event_type: 'gateway.signal.received', event_data: { email: 'a@b' } };
  expect(concealPersonalData(plain)).toEqual({ concealed: plain, disclosures: [] });
});

it('reveals what is disclosed, leaves the digest of what is not, and ignores a value the record does not vouch for', () => {
  const { concealed, disclosures } = concealPersonalData(event);
  const record = JSON.stringify(concealed);
  expect(JSON.parse(revealPersonalData(record, disclosures))).toEqual({ ...event, _sd_alg: 'sha-256' });
  const [, email, phone] = disclosures as [
    (typeof disclosures)[0],
    (typeof disclosures)[0],
    (typeof disclosures)[0],
  ];
  const partial = JSON.parse(revealPersonalData(record, [email]));
  expect(partial.event_data.recipients[0]).toEqual({
    _sd: [disclosureDigest(phone.disclosure)],
    email: event.event_data.recipients[0]?.email,
  });
  const forged = {
    ...email,
    disclosure: Buffer.from('["s","email","forged@example.com"]').toString('base64url'),
  };
  expect(revealPersonalData(record, [forged])).toBe(record);
});

describeDatabases('personal data in the store', (open) => {
  it('is not in the record, and is shown to readers', async () => {
    const server = await startTestServer(open);
    await server.post('/api/v1/audit/events', event);
    const [row] = await server.database.query<{ record: string }>(
      'select record::text as record from audit.records',
    );
    expect(row?.record).not.toContain('payments-oncall@example.com');
    const [shown] = await server.records();
    expect(shown).toMatchObject(event);
    expect(await checkChain(server.database)).toBe(1);
  });
});
