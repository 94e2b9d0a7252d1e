import { describe, expect, it } from 'vitest';
import { pickStory, renderDemoReport } from './demo-report.ts';
import type { PlayedScenario } from './simulate.ts';

const succeeded: PlayedScenario = { name: 'node-fails', endsIn: 'success', correlationIds: ['rr-1', 'rr-2'] };
const failed: PlayedScenario = { name: 'image-missing', endsIn: 'failure', correlationIds: ['rr-3'] };

describe('pickStory', () => {
  it('takes the first remediation, in which every service has a part', () => {
    expect(pickStory([failed, succeeded])).toEqual({ scenario: 'image-missing', correlationId: 'rr-3' });
    expect(() => pickStory([])).toThrow('nothing was played');
  });
});

describe('renderDemoReport', () => {
  it('says what was stored and where to look', () => {
    const text = renderDemoReport({
      url: 'http://127.0.0.1:8080',
      seed: '1f2e3d4c',
      simulation: { scenarios: [succeeded, failed], emitted: 9, acknowledged: 9, dead: 0, seconds: 0.26 },
      story: { scenario: 'image-missing', correlationId: 'rr-3' },
      records: [],
    });
    expect(text).toMatchInlineSnapshot(`
      "
      Played 3 remediations (seed 1f2e3d4c): 9 of 9 events stored at http://127.0.0.1:8080 in 0.3 s.

      rr-3  image-missing
      OFFSET  TIME (UTC)  EVENT  OUTCOME  SEQ  HASH  CHAIN  WHAT IS NEW

      ✓ every record names the hash of the one before it

      Look further while the server runs (Ctrl-C ends it):
        console             http://127.0.0.1:8080/
        this trail there    http://127.0.0.1:8080/trail/rr-3
        this trail as JSON  http://127.0.0.1:8080/api/v1/audit/events?correlation_id=rr-3&order=asc
        newest events       http://127.0.0.1:8080/api/v1/audit/events?limit=10
        contract            http://127.0.0.1:8080/openapi.json
        readiness           http://127.0.0.1:8080/readyz
        in a shell          npx -y pnpm@12 exec node apps/cli/dist/main.js why rr-3 --url http://127.0.0.1:8080

      "
    `);
  });
});
