import type { RecordFilter } from '../query/record-query.ts';
import type { DisclosureChoice, SequenceBounds } from './export-query.ts';

/** Which records a pack is wanted of. */
export type PackSelection =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'sample'; readonly bounds: SequenceBounds; readonly seed: string; readonly size: number }
  | { readonly kind: 'records'; readonly bounds: SequenceBounds; readonly filter: RecordFilter };

/** What to pack. */
export interface PackQuery {
  readonly selection: PackSelection;
  readonly disclosures: DisclosureChoice;
}
