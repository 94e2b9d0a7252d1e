import type { AuditRecord } from '@audit/schema';

// The payload members that tell the story, in reading order. Others are for machines, or say the same at more length.
const storyMembers = [
  'phase',
  'workflow_name',
  'target_resource',
  'pipelinerun_name',
  'duration',
  'failure_reason',
  'failed_task_name',
  'failure_message',
];

/** Says what an event tells that the one before it did not. */
export function eventNews(record: AuditRecord, previous: AuditRecord | undefined): readonly string[] {
  const known = new Set(previous === undefined ? [] : storyOf(previous));
  return storyOf(record).filter((text) => !known.has(text));
}

function storyOf({ event_data }: AuditRecord): readonly string[] {
  const members = new Map(Object.entries<unknown>(event_data));
  return storyMembers.map((name) => members.get(name)).filter((value) => typeof value === 'string');
}
