import { basename } from 'node:path';
import type { SpoolDamage, SpoolInspection } from '@audit/spool';
import type { Waiting } from './read-waiting.ts';

/** A damage and where it is. */
export interface DamagePlace {
  readonly damage: SpoolDamage;
  readonly file: string;
  /** Where the bad bytes of the file begin; empty when the whole file is bad, or nothing but entries is missing. */
  readonly offsets: readonly number[];
}

/** Says where the damages of a spool are. */
export function damagePlaces({ damage }: SpoolInspection, { badRanges }: Waiting): readonly DamagePlace[] {
  return damage.map((each) => {
    const file = basename(each.path);
    const offsets = badRanges.filter((range) => range.file === file).map(({ offset }) => offset);
    return { damage: each, file, offsets };
  });
}

/** Whether a damage lost something that was kept. */
export function isLoss({ kind }: SpoolDamage): boolean {
  return kind !== 'torn_append';
}

/** Says what a kind of damage means. */
export const damageMeanings: Readonly<Record<SpoolDamage['kind'], string>> = {
  entries: 'bytes that are no entry, or entries that are missing',
  torn_append: 'an append that a dying process did not finish; nothing that was kept is lost',
  missing_entries: 'entries that the cursor knows are missing',
  cursor: 'no cursor of this spool; delivered events may be sent again',
  foreign_segment: 'not of this spool; nothing of it is read',
  dead_letter: 'a dead letter that cannot be read',
};
