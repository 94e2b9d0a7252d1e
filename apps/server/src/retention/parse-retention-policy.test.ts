import { expect, it } from 'vitest';
import { parseRetentionPolicy } from './parse-retention-policy.ts';

it.each([
  ['off', 'off'],
  ['default=90', { defaultDays: 90, categoryDays: {} }],
  ['gateway=365', { defaultDays: 2_555, categoryDays: { gateway: 365 } }],
  [
    'default=3650, gateway=1, a-b.c=36500',
    { defaultDays: 3_650, categoryDays: { gateway: 1, 'a-b.c': 36_500 } },
  ],
])('reads %s', (text, setting) => {
  expect(parseRetentionPolicy(text)).toEqual(setting);
});

it.each([
  '',
  '90',
  'default',
  'default=',
  'default=0',
  'default=36501',
  'default=1,default=2',
  '*=1',
  'a=1,,b=2',
  'a b=1',
  'a=-1',
  'a=1.5',
  'OFF',
])('refuses %j', (text) => {
  expect(parseRetentionPolicy(text)).toBeUndefined();
});
