import type { Trust } from './checkpoint.ts';
import { isIntegrityError } from './integrity-error.ts';
import { type LogKeyPeriod, parseLogKeys, parseWitnessKeys } from './log-keys.ts';
import type { PackKey } from './pack-format.ts';

/**
 * The keys that a pack names, as if they were trusted: enough to see that the pack agrees with itself. A line that is no
 * key, or repeats one, is left out.
 */
export function statedTrust(stated: readonly PackKey[]): Trust {
  const keys: LogKeyPeriod[] = [];
  const witnesses: string[] = [];
  for (const { key, use, from, until } of stated) {
    const period = {
      key,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    };
    if (use === 'log' && isUsable(() => parseLogKeys([...keys, period]))) keys.push(period);
    if (use === 'witness' && isUsable(() => parseWitnessKeys([...witnesses, key]))) witnesses.push(key);
  }
  return { keys, witnesses };
}

function isUsable(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (isIntegrityError(error)) return false;
    throw error;
  }
}
