import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFileSpool } from '@audit/spool';

/** An event of which a spool holds something. */
export interface SpooledEvent {
  readonly kind: 'spooled' | 'dead' | 'quarantined';
  readonly eventId: string;
}

const idForm = /00000000-0000-8[0-9a-f]{3}-8000-[0-9a-f]{12}/g;

/** Reads what the spools below a root hold after their processes have ended. */
export async function* readSpools(root: string): AsyncGenerator<SpooledEvent> {
  for (const name of readdirSync(root)) {
    const directory = join(root, name);
    yield* readQuarantine(directory);
    yield* readSpool(directory);
  }
}

async function* readSpool(directory: string): AsyncGenerator<SpooledEvent> {
  const spool = openFileSpool({ directory });
  try {
    for (;;) {
      const entries = await spool.peek({ entriesMax: 1_000, bytesMax: 10_000_000 });
      if (entries.length === 0) break;
      for (const { key } of entries) yield { kind: 'spooled', eventId: key };
      spool.acknowledge(entries);
    }
    for (const { key } of await spool.deadLetters()) yield { kind: 'dead', eventId: key };
  } finally {
    await spool.close();
  }
}

// Bytes that are no entry: all that is known of them is the ids that can still be read.
function* readQuarantine(directory: string): Generator<SpooledEvent> {
  const quarantine = join(directory, 'quarantine');
  if (!existsSync(quarantine)) return;
  for (const name of readdirSync(quarantine)) {
    const ids = readFileSync(join(quarantine, name), 'latin1').match(idForm) ?? [];
    for (const eventId of ids) yield { kind: 'quarantined', eventId };
  }
}
