import { phaseChangeOf } from './phase-change.ts';
import { payloadOf, textOf } from './seen.ts';
import type { TrailStep } from './trail.ts';

/** Names every step by its type, what it is about, and how often that came before: no name comes twice in a trail. */
export function stepKeys(steps: readonly TrailStep[]): readonly string[] {
  const counts = new Map<string, number>();
  return steps.map((step) => {
    const key = [step.type, ...aboutOf(step)].join('\n');
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return `${key}\n#${count}`;
  });
}

function aboutOf({ event }: TrailStep): readonly string[] {
  const change = phaseChangeOf(event);
  if (change !== undefined) return [change.from ?? '', change.to];
  const message = payloadOf(event, 'notification.message.sent', 'notification.message.failed');
  if (message !== undefined) return [textOf(message.channel) ?? ''];
  const tool = payloadOf(event, 'llm_tool_call');
  return tool === undefined ? [] : [textOf(tool.tool_name) ?? ''];
}
