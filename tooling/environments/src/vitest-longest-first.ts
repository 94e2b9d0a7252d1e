import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Small files that take long. Where nothing is known of an earlier run, Vitest begins with the largest files: these
// would come last, and keep one worker busy alone at the end.
const longest: readonly string[] = [
  'tooling/faults/src/faults.test.ts',
  'apps/server/src/main.test.ts',
  'apps/server/src/corpus/honest-histories.test.ts',
  'apps/server/src/corpus/store-tamperings.test.ts',
  'tooling/deployment/src/deployment-page.test.ts',
  'apps/server/src/ingest/log-writer.test.ts',
];

/** Begins with the files that take longest, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((file) => moduleId.endsWith(file));
  return place === -1 ? longest.length : place;
}
