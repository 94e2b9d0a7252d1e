import { verifyCheckpoint } from '@audit/integrity';
import { pino } from 'pino';
import { Cosigner } from '../../witness/cosigner.ts';
import { type Finding, findingAt, type Scene } from './scene.ts';

/**
 * Verifies the cosigned checkpoint that the server shows, then has the witness, which has seen the honest log, asked to
 * cosign what the log is now.
 */
export async function askedWitness({ log }: Scene, shown: string): Promise<Finding> {
  const { witness, database, trust } = log;
  const { verdict, failure } = await verifyCheckpoint(shown, trust);
  if (verdict !== 'proven') return failure?.code ?? verdict;
  const said: string[] = [];
  const write = (line: string) => said.push((JSON.parse(line) as { err: { message: string } }).err.message);
  const logger = pino({ level: 'warn' }, { write });
  await new Cosigner({ database, logId: 'default', logger, witnesses: [witness.witness] }).cosign();
  const [message] = said;
  if (message === undefined) return undefined;
  const [, size] = /has seen \d+ records, the log has (\d+)/.exec(message) ?? [];
  const [, status] = / answers (\d+)$/.exec(message) ?? [];
  if (size !== undefined) return findingAt('size_decreased', Number(size));
  return status === undefined ? 'cannot be asked' : `answers ${status}`;
}
