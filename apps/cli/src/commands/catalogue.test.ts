import { contractCatalogue } from '@audit/schema';
import { expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';

it('lists every event type of the contract', async () => {
  const { stdout } = await runCommand(['catalogue', '--json']);
  const types = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).type);
  expect(types).toEqual(contractCatalogue.types);
});

it('finds types by words of name, title or service', async () => {
  const { stdout } = await runCommand(['catalogue', 'Approval', 'refused']);
  expect(stdout).toMatch(/^orchestrator\.approval\.rejected {2}Approval refused\n/);
  expect((await runCommand(['catalogue', 'no', 'such'])).exitCode).toBe(2);
});

it('tells of one type what its payload has', async () => {
  const { stdout } = await runCommand(['catalogue', 'aianalysis.phase.transition']);
  expect(stdout).toMatchInlineSnapshot(`
    "aianalysis.phase.transition  Analysis changed phase
    aianalysis · category analysis · action phase_transition · outcome success

    MEMBER OF EVENT_DATA            VALUE
    old_phase             required  string
    new_phase             required  string
    "
  `);
  const [described] = (await runCommand(['catalogue', 'workflow_validation_attempt', '--json'])).stdout.split(
    '\n',
  );
  expect(JSON.parse(described ?? '').members).toContainEqual({
    name: 'errors',
    kind: 'list of string',
    isRequired: false,
  });
  const { stdout: nested } = await runCommand(['catalogue', 'orchestrator.routing.blocked']);
  expect(nested).toMatch(/\nblock_details\.reason +required +string\n/);
});
