import { type ExportReport, verifyExport } from '@audit/integrity';
import type { Service } from './service.ts';

// What tells of the export is in it.
const ownRecords = 1;

/**
 * Verifies what one replica exports against the checkpoint that another shows, with a key that neither of them names.
 * @param records how many records the log held before
 * @returns what is wrong with it; nothing when it is the whole log as it was signed
 */
export async function checkExport(
  { urls, verifierKey }: Pick<Service, 'urls' | 'verifierKey'>,
  records: number,
): Promise<string[]> {
  const exported = await get(`${urls.at(0)}/api/v1/audit/export`);
  // The export begins once the record of it is stored, and nobody writes any more.
  const checkpoint = await (await get(`${urls.at(-1)}/checkpoint`)).text();
  const report = await verifyExport(exported.body ?? [], { checkpoint, trust: { keys: [verifierKey] } });
  return findingsOf(report, records + ownRecords);
}

function findingsOf({ verdict, failure, records }: ExportReport, expected: number): string[] {
  const findings: string[] = [];
  // Nobody cosigns here, so it is the best there is.
  if (verdict !== 'consistent_unwitnessed')
    findings.push(`export that is ${verdict}: ${failure?.message ?? 'nothing contradicts'}`);
  if (records !== expected) findings.push(`export with ${records} records instead of ${expected}`);
  return findings;
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: expected 200, received ${response.status}`);
  return response;
}
