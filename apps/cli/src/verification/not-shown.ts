import type { Finding } from './finding.ts';
import type { ExportClaim } from './verify-file.ts';

/** Says in sentences what a verification does not show, whatever its verdict. */
export function notShown(
  { isTrusted, kind, report }: Finding,
  claim: ExportClaim = { selection: 'every' },
): string[] {
  const witnessed = report.checkpoint?.witnessedBy ?? [];
  return [
    ...(kind === 'export' ? exportLimits(claim) : []),
    ...(!isTrusted && report.checkpoint !== undefined
      ? [
          `who signed the checkpoint: give the key of the log (--key), and not from ${kind === 'log' ? 'the server itself' : 'whom you got the file'}`,
        ]
      : []),
    ...(report.verdict !== 'proven'
      ? [
          witnessed.length === 0 || !isTrusted
            ? 'that the log shows others the same records: only cosignatures of witnesses (--witness) do'
            : 'that enough witnesses saw the same records',
        ]
      : []),
    ...(report.purged > 0 ? ['what the purged records said: only their hashes are left'] : []),
    'that what the records say is true: only that it is what the log holds',
  ];
}

function exportLimits({ checkpoint, selection, fromSequence = 0, toSequence }: ExportClaim): string[] {
  const limits: string[] = [];
  if (selection === 'some') limits.push('that no record is left out, nor that any is unchanged');
  if (selection === 'correlations') {
    limits.push(
      'that no record is left out at the end, and that the last is unchanged: nothing in the file follows it',
    );
  }
  if (selection === 'every' && checkpoint === undefined) {
    const end = toSequence === undefined ? 'that no records are cut off at the end, and ' : '';
    limits.push(
      `${end}that the last record of each correlation is unchanged: only a signed checkpoint of the log shows it (--checkpoint, --key)`,
    );
  }
  if (fromSequence > 0) limits.push(`what stands before record ${fromSequence}`);
  if (toSequence !== undefined) limits.push(`what stands after record ${toSequence}`);
  return limits;
}
