import { expect, it } from 'vitest';
import { memberLabel } from './member-label.ts';

it.each([
  ['root_cause_analysis', 'Root cause analysis'],
  ['workflow_id', 'Workflow ID'],
  ['startsAt', 'Starts At'],
  ['NAMESPACE', 'NAMESPACE'],
  ['', ''],
  ['___', '___'],
])('%j is called %j', (name, label) => {
  expect(memberLabel(name)).toBe(label);
});
