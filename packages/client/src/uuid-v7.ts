import { randomFillSync, randomInt } from 'node:crypto';

/** Makes the next id for a time in milliseconds since 1970. */
export type UuidSource = (nowMs: number) => string;

const counterMax = 0xfff;
/** A clock that is set back further than this starts the order anew; less keeps the order and the later time. */
const rollbackMsMax = 10_000;

/**
 * Creates a source of UUIDv7 (RFC 9562, section 5.7) in ascending order: in `rand_a` a counter that starts anywhere in
 * each millisecond (section 6.2, method 1), in `rand_b` 62 bits of the cryptographic generator. An id is a large part of
 * what `emit` costs, and fetching the random bits of many ids at once makes it several times cheaper.
 */
export function createUuidSource(): UuidSource {
  const nextTail = createTails();
  const counterDigits = counterTable();
  let timeMs = Number.NEGATIVE_INFINITY;
  let timeDigits = '';
  let counter = 0;

  function startAt(ms: number): void {
    timeMs = ms;
    const digits = ms.toString(16).padStart(12, '0');
    timeDigits = `${digits.slice(0, 8)}-${digits.slice(8)}-`;
    // From the lower half, so that a millisecond has room for 2,048 ids at least.
    counter = randomInt(counterMax >> 1);
  }

  return (nowMs) => {
    const ms = Math.trunc(nowMs);
    if (ms > timeMs || ms < timeMs - rollbackMsMax) startAt(ms);
    else if (counter < counterMax) counter += 1;
    else startAt(timeMs + 1);
    return timeDigits + (counterDigits[counter] ?? '') + nextTail();
  };
}

const idsPerRefill = 256;
const digitsPerId = 16;
const variant = 0b10 << 6;

function createTails(): () => string {
  const bytes = Buffer.alloc((idsPerRefill * digitsPerId) / 2);
  let digits = '';
  let offset = 0;
  return () => {
    if (offset === digits.length) {
      digits = randomDigits(bytes);
      offset = 0;
    }
    const tail = `-${digits.slice(offset, offset + 4)}-${digits.slice(offset + 4, offset + digitsPerId)}`;
    offset += digitsPerId;
    return tail;
  };
}

function randomDigits(bytes: Buffer): string {
  randomFillSync(bytes);
  for (let index = 0; index < bytes.length; index += digitsPerId / 2) {
    bytes.writeUInt8((bytes.readUInt8(index) & 0x3f) | variant, index);
  }
  return bytes.toString('hex');
}

const version = 7 << 12;
let knownCounterTable: readonly string[] | undefined;

// Looking the digits up costs a tenth of writing them.
function counterTable(): readonly string[] {
  knownCounterTable ??= Array.from({ length: counterMax + 1 }, (_, value) => (version | value).toString(16));
  return knownCounterTable;
}
