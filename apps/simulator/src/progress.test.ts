import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

describe('createProgress', () => {
  it('rewrites one line on a terminal', () => {
    const { output, written } = createOutput(true);
    const progress = createProgress(output, 2);
    progress.show(1);
    progress.show(2);
    progress.end();
    expect(written).toEqual(['\rplayed 1 of 2 remediations', '\rplayed 2 of 2 remediations', '\n']);
  });

  it('leaves no empty line on a terminal when nothing was played', () => {
    const { output, written } = createOutput(true);
    createProgress(output, 2).end();
    expect(written).toEqual([]);
  });

  it('writes ten plain lines elsewhere', () => {
    const { output, written } = createOutput(false);
    const progress = createProgress(output, 1000);
    for (let done = 1; done <= 1000; done += 1) progress.show(done);
    progress.end();
    expect(written).toHaveLength(10);
    expect(written.at(-1)).toBe('played 1000 of 1000 remediations\n');
  });
});

function createOutput(isTTY: boolean) {
  const written: string[] = [];
  return { written, output: { isTTY, write: (text: string) => written.push(text) } };
}
