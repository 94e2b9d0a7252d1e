import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeadLetters } from '@audit/spool';
import { beforeEach, describe, expect, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { sampleEvent, sampleEventId } from '../../test-support/sample-event.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

let root: string;
let directory: string;

beforeEach(async () => {
  root = temporaryDirectory();
  directory = await leaveSpool(`${root}/gateway/0`, { dead: [1, 2, 3].map((number) => sampleEvent(number)) });
});

const drop = (...rest: readonly string[]) => ['dead-letters', 'drop', '--root', root, ...rest];

async function keptIds(): Promise<readonly string[]> {
  return (await readDeadLetters(directory)).map(({ key }) => key);
}

describe('audit dead-letters drop', () => {
  it('removes what is named, and keeps why', async () => {
    const ended = await runCommand(drop(sampleEventId(2), '--reason', 'event of a drill'));
    expect(ended).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "dropped 0000000000000002-019bbbd8-dbe5-792d-9ab5-000000000002
      1 dead letter dropped
      ",
      }
    `);
    expect(await keptIds()).toEqual([sampleEventId(1), sampleEventId(3)]);
    const dropped = readFileSync(join(directory, 'dead-letters', 'dropped.jsonl'), 'utf8');
    expect(JSON.parse(dropped)).toMatchObject({ outcome: 'dropped', removedBecause: 'event of a drill' });
  });

  it('asks the person at the terminal first', async () => {
    const kept = await runCommand(drop('--all', '--reason', 'drill'), { answer: '' });
    expect(kept).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "Drop 3 dead letters? They will never be stored. [y/N] 
      audit: nothing was dropped
      ",
        "stdout": "",
      }
    `);
    expect(await keptIds()).toHaveLength(3);
    const dropped = await runCommand(drop('--all', '--reason', 'drill'), { answer: 'y' });
    expect(dropped.exitCode).toBe(0);
    expect(await keptIds()).toEqual([]);
  });

  it('does not ask when told so', async () => {
    const { stderr } = await runCommand(drop('--all', '--reason', 'drill', '--yes'), { answer: 'no' });
    expect(stderr).toBe('');
    expect(await keptIds()).toEqual([]);
  });

  it('works while the process that produced them runs', async () => {
    await using spool = await holdSpool(directory);
    expect((await runCommand(drop('--all', '--reason', 'drill'))).exitCode).toBe(0);
    expect(await spool.deadLetters()).toEqual([]);
  });

  it.each([
    [['--all'], '--reason'],
    [['--all', '--reason', ' '], 'Expected a reason'],
    [['--reason', 'drill'], 'Give their ids or --all'],
    [['--all', '--reason', 'drill', 'some-id'], 'not both'],
    [['--reason', 'drill', 'no-such-id', sampleEventId(1)], 'no dead letter no-such-id'],
  ])('exits with 2 on %j and drops nothing', async (rest, message) => {
    const { exitCode, stderr } = await runCommand(drop(...rest));
    expect(stderr).toMatch(/^audit: .+\n$/);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
    expect(await keptIds()).toHaveLength(3);
  });
});
