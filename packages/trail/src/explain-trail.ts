import type { Explanation, StageReader } from './explanation.ts';
import { readAnalysis } from './stages/analysis.ts';
import { readApproval } from './stages/approval.ts';
import { readChange } from './stages/change.ts';
import { readClassification } from './stages/classification.ts';
import { readEffect } from './stages/effect.ts';
import { readNotification } from './stages/notification.ts';
import { readPolicy } from './stages/policy.ts';
import { readSignal } from './stages/signal.ts';
import type { Trail } from './trail.ts';

/**
 * Tells why a remediation went as it did: what failed, then the path from the signal to the effect. A stage without events
 * is said to be absent, with what that means.
 */
export function explainTrail(trail: Trail): Explanation {
  return {
    correlationId: trail.correlationId,
    outcome: trail.outcome,
    failures: trail.failures.flatMap((index) => trail.steps[index] ?? []),
    stages: stageReaders.map((read) => read(trail)),
  };
}

const stageReaders: readonly StageReader[] = [
  readSignal,
  readClassification,
  readAnalysis,
  readPolicy,
  readApproval,
  readChange,
  readEffect,
  readNotification,
];
