import { readdirSync, readFileSync } from 'node:fs';
import { type AuditEventOf, contractCatalogue } from '@audit/schema';
import { uuidv7 } from 'uuidv7';

const examples = new URL('../../../../specs/examples/', import.meta.url);

/** Names of the event types that have examples and that producers may write. */
export const exampleTypes: readonly string[] = readdirSync(examples)
  .filter((file) => file.endsWith('.valid.json'))
  .map((file) => file.slice(0, -'.valid.json'.length))
  .filter((type) => contractCatalogue.find(type)?.definition.emittedBy === undefined);

/** Reads an example of the contract. */
export function readExample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, examples), 'utf8'));
}

/** A small valid event with an id of its own. */
export function sampleEvent(
  members: Partial<AuditEventOf<'aianalysis.phase.transition'>> = {},
): AuditEventOf<'aianalysis.phase.transition'> {
  return {
    version: '1.0',
    event_id: uuidv7(),
    event_type: 'aianalysis.phase.transition',
    event_timestamp: '2026-01-15T10:30:00.123456Z',
    event_category: 'analysis',
    event_action: 'phase_transition',
    event_outcome: 'success',
    correlation_id: 'rr-0123456789ab-01234567',
    event_data: {
      event_type: 'aianalysis.phase.transition',
      old_phase: 'Pending',
      new_phase: 'Investigating',
    },
    ...members,
  };
}
