import { isOwnType } from './event-identity.ts';
import { textOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

/** Says of every event of a trail, in its order, what no event before it told; and always which person acted. */
export function eventNews(events: readonly TrailEvent[]): readonly (readonly string[])[] {
  const told = new Set<string>();
  return events.map((event) => {
    const news = eventDetails(event).filter((text) => !told.has(text));
    for (const text of news) told.add(text);
    return [...personOf(event), ...news];
  });
}

/** Says what an event tells people, in reading order. Of an event outside the contract: its first members that are short. */
export function eventDetails(event: TrailEvent): readonly string[] {
  const details = templates.flatMap((template) => fillIn(template, event.event_data) ?? []);
  return details.length === 0 && isOwnType(event) ? membersTold(event.event_data) : details;
}

function personOf({ actor_type, actor_id }: TrailEvent): readonly string[] {
  const person = textOf(actor_id);
  return actor_type === 'user' && person !== undefined ? [`by ${person}`] : [];
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

// A piece is a text or the paths of the members of which the first that is there takes its place.
type Piece = string | readonly (readonly string[])[];

const templates: readonly (readonly Piece[])[] = storyTexts.map((text) =>
  text
    .split(/[{}]/)
    .map((part, index) => (index % 2 === 0 ? part : part.split('|').map((path) => path.split('.')))),
);

// Undefined when a member that the text names is not there.
function fillIn(template: readonly Piece[], payload: unknown): string | undefined {
  let filled = '';
  for (const piece of template) {
    const text = typeof piece === 'string' ? piece : firstTextAt(payload, piece);
    if (text === undefined) return undefined;
    filled += text;
  }
  return filled;
}

function firstTextAt(payload: unknown, paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const value = path.reduce(memberOf, payload);
    if (typeof value === 'number') return String(value);
    if (textOf(value) !== undefined) return textOf(value);
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

const membersToldMax = 4;
const valueCharsMax = 80;

function membersTold(payload: unknown): readonly string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload)
    .filter(([name, value]) => name !== 'event_type' && isShort(value))
    .slice(0, membersToldMax)
    .map(([name, value]) => `${name} ${String(value)}`);
}

function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && value.length <= valueCharsMax;
  return typeof value === 'number' || typeof value === 'boolean';
}
