import { verifyPack } from '@audit/integrity';
import { type Finding, findingAt, type Scene } from './scene.ts';

const populations = ['from_sequence=0&disclosures=included', 'correlation_id=rr-single'];

/** Has the server make packs of a range and of a correlation, and verifies them with keys from elsewhere. */
export async function packs({ log: { trust }, server }: Scene): Promise<Finding> {
  for (const population of populations) {
    const pack = await server.text(`/api/v1/audit/evidence-pack?${population}`);
    const { failure } = await verifyPack([pack], { trust });
    if (failure !== undefined) return findingAt(failure.code, failure.sequence);
  }
  return undefined;
}
