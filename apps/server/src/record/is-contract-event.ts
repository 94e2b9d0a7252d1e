import { type AuditEvent, contractCatalogue, hasSoundStructure } from '@audit/schema';
import { isEnvelope, payloadChecks } from '../generated/event-checks.js';

/**
 * Whether a value is certainly an event of the contract: whatever passes here passes `safeParseEvent`, at a fraction of
 * the time. A no says nothing: `safeParseEvent` decides, and words what is wrong.
 * @param value a JSON value, such as `JSON.parse` returns
 */
export function isContractEvent(value: unknown): value is AuditEvent {
  if (!isEnvelope(value)) return false;
  const { event_type: type, event_category: category, event_data: data } = value;
  return (
    category === contractCatalogue.find(type)?.definition.category &&
    data.event_type === type &&
    payloadChecks.get(type)?.(data) === true &&
    hasSoundStructure(value)
  );
}
