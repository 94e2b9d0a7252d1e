import type { AuditRecord } from '@audit/schema';

/** Says of every event of a trail, in its order, what no event before it told; and always which person acted. */
export function eventNews(records: readonly AuditRecord[]): readonly (readonly string[])[] {
  const told = new Set<string>();
  return records.map((record) => {
    const news = storyOf(record).filter((text) => !told.has(text));
    for (const text of news) told.add(text);
    return [...personOf(record), ...news];
  });
}

function personOf({ actor_type, actor_id }: AuditRecord): readonly string[] {
  return actor_type === 'user' && actor_id ? [`by ${actor_id}`] : [];
}

function storyOf({ event_data }: AuditRecord): readonly string[] {
  return storyTexts.flatMap((text) => fillIn(text, event_data) ?? []);
}

// What payloads tell people, in reading order; `{a|b}` is the first of these members that is there. The other members
// are for machines, or say the same at more length.
const storyTexts: readonly string[] = [
  '{alert_name}',
  '{severity}',
  '{resource_kind} {resource_name}',
  'seen {occurrence_count}×',
  '{from_phase} → {to_phase}',
  '{old_phase} → {new_phase}',
  '{environment}',
  '{priority}',
  '{business_unit}',
  '{owner_chain_length} owners',
  '{model}',
  '{tool_name}',
  '{tool_result_preview}',
  '{analysis_preview}',
  '{results.total_found} found',
  'attempt {attempt}',
  '{validation_errors}',
  'HTTP {http_status_code}',
  '{decision}',
  'confidence {confidence_str}',
  '{decision_message|clear_reason}',
  'until {required_by}',
  '{block_details.reason}',
  '{block_details.message}',
  'limit {timeout_config.global|new_timeout_config.global}',
  '{workflow_name}',
  '{target_resource}',
  '{pipelinerun_name}',
  '{outcome}',
  '{timeout_kind} limit',
  '{duration}',
  '{failure_reason}',
  '{failed_task_name}',
  '{failure_message|error_message|error|error_details.message}',
  '{reason}',
  '{sub_reason}',
  'to {channel}',
  '{subject|notification_name}',
  '{updated_fields.status}',
  'by {updated_fields.disabled_by}',
];

// Undefined when a member that the text names is not there.
function fillIn(text: string, payload: unknown): string | undefined {
  const parts = text.split(/[{}]/).map((part, index) => {
    if (index % 2 === 0) return part;
    return part
      .split('|')
      .map((path) => textAt(payload, path))
      .find((found) => found !== undefined);
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function textAt(payload: unknown, path: string): string | undefined {
  const value = path.split('.').reduce(memberOf, payload);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
