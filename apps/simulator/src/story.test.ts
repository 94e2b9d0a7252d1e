import { describe, expect, it } from 'vitest';
import { outOfMemory } from './incidents/index.ts';
import type { Step } from './managers.ts';
import type { RemediationFacts } from './scenario.ts';
import { inTurn, later, meanwhile, pause, type StoryPart, tell } from './story.ts';

describe('tell', () => {
  it('begins every part when the one before it is over', () => {
    expect(timesOf(tell(knock(5), pause(60), inTurn(knock(2), knock(1))))).toEqual([0, 65, 67]);
  });

  it('goes on when the first of two parts at once is over', () => {
    const both = meanwhile(inTurn(knock(10), knock(10)), inTurn(pause(3), knock(99)));
    expect(timesOf(tell(both, knock(1)))).toEqual([0, 3, 10, 20]);
  });
});

describe('later', () => {
  it('moves the steps and the times that their objects tell', () => {
    const at: string[] = [];
    const script = later(30, (facts) => {
      at.push(facts.time(2));
      return tell(knock(7), knock(1));
    });
    expect(timesOf(script({ ...someFacts, time: (atSeconds) => `second ${atSeconds}` }))).toEqual([30, 37]);
    expect(at).toEqual(['second 32']);
  });
});

const workload = { namespace: 'payments', deployment: 'checkout' };
const someFacts: RemediationFacts = {
  remediationName: 'rr-1',
  fingerprint: '3f'.repeat(32),
  workload,
  incident: outOfMemory(workload),
  time: String,
  uid: String,
};

// Something is recorded at the beginning of the part.
function knock(seconds: number): StoryPart {
  return {
    seconds,
    steps: (atSeconds) => [
      {
        atSeconds,
        service: 'datastorage',
        method: 'workflowUpdated',
        input: { workflowId: '9b2f6f0e-6a53-4a7e-9a0c-3d1c5b8a7e21', changes: { status: 'active' } },
      },
    ],
  };
}

function timesOf(steps: readonly Step[]): readonly number[] {
  return steps.map(({ atSeconds }) => atSeconds);
}
