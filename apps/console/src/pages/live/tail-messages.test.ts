import { expect, it } from 'vitest';
import { createTailReader } from './tail-messages.ts';

const stream = [
  'retry: 1000\n\n',
  'id: 4\ndata: {"sequence":4,"text":"zwölf"}\n\n',
  ': heartbeat\nid: 9\n\n',
  'event: skipped\nid: 12\ndata: {"reason":"behind","from_sequence":10,"to_sequence":12,"count":3}\n\n',
  'event: later\ndata: {}\n\n',
  'event: closing\ndata: {}\n\n',
].join('');

const messages = [
  { kind: 'position', position: '4' },
  { kind: 'record', record: { sequence: 4, text: 'zwölf' } },
  { kind: 'position', position: '9' },
  { kind: 'position', position: '12' },
  { kind: 'skipped', skipped: { reason: 'behind', from_sequence: 10, to_sequence: 12, count: 3 } },
  { kind: 'closing' },
];

it('reads records, positions, skips and the end, and passes over what it does not know', () => {
  expect(createTailReader().read(stream)).toEqual(messages);
});

it('reads the same from pieces of any length', () => {
  for (let length = 1; length < stream.length; length += 1) {
    const reader = createTailReader();
    const pieces = Array.from({ length: Math.ceil(stream.length / length) }, (_, place) =>
      stream.slice(place * length, (place + 1) * length),
    );
    expect(pieces.flatMap((piece) => reader.read(piece))).toEqual(messages);
  }
});
