import type { SpoolDamage } from '@audit/spool';

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
