import { expect, it } from 'vitest';
import { JobControl } from './job-control.ts';

it('ends the stretch under way when it is paused, and begins another when it is resumed', async () => {
  const control = new JobControl();
  const first = control.stretch;
  control.pause();
  expect([first.aborted, control.isPaused, control.cancelled.aborted]).toEqual([true, true, false]);
  const resumed = control.untilResumed();
  control.resume();
  await resumed;
  expect([control.stretch.aborted, control.isPaused]).toEqual([false, false]);
});

it('wakes who waits when it is cancelled, and who comes later does not wait', async () => {
  const control = new JobControl();
  control.pause();
  const resumed = control.untilResumed();
  control.cancel();
  await expect(resumed).rejects.toThrow('aborted');
  await expect(control.untilResumed()).rejects.toThrow('aborted');
  expect(control.stretch.aborted).toBe(true);
});
