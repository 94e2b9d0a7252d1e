import type { Explanation, StageName, Trail } from '@audit/trail';

/** The head of a story: what happened, in a sentence, and who approved it. Texts are as producers wrote them. */
export interface Story {
  readonly sentence: string;
  /** Who decided about the change, or that nobody did. */
  readonly approval: string;
  readonly workflow: string | undefined;
}

/** Tells a trail in one sentence. */
export function tellStory(trail: Trail, explanation: Explanation): Story {
  const { alert, resource, namespace, cluster } = trail.subject;
  const place = [namespace, cluster].filter((part) => part !== undefined).join(', ');
  const at = resource === undefined ? '' : ` at ${resource}${place === '' ? '' : ` (${place})`}`;
  const subject = alert === undefined ? '' : `${alert}${at}: `;
  const workflow = factOf(explanation, 'change', 'workflow');
  const what = workflow === undefined ? '' : `; the change was “${workflow}”`;
  return {
    sentence: capitalised(`${subject}${trail.outcome.summary.replace(/\.$/, '')}${what}.`),
    approval: approvalOf(explanation),
    workflow,
  };
}

function approvalOf(explanation: Explanation): string {
  const stage = explanation.stages.find(({ name }) => name === 'approval');
  if (stage === undefined || stage.state === 'absent') return 'nobody was asked';
  if (stage.state === 'open') return 'asked for, not decided';
  const person = factOf(explanation, 'approval', 'decided_by');
  const decision = factOf(explanation, 'approval', 'decision') ?? stage.state;
  return person === undefined ? decision : `${decision} by ${person}`;
}

function factOf({ stages }: Explanation, stage: StageName, fact: string): string | undefined {
  return stages.find(({ name }) => name === stage)?.facts.find(({ name }) => name === fact)?.text;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
