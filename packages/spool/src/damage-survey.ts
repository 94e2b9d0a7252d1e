import type { Acknowledgements } from './acknowledgements.ts';
import type { Quarantine } from './quarantine.ts';
import { framesStart, type Segment } from './segment.ts';
import { type FrameRun, SegmentSurvey, type SurveyScope } from './segment-survey.ts';
import { type SequenceRange, subtractRanges } from './sequence-ranges.ts';
import type { DamageListener } from './spool-damage.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { surveyFile } from './survey-file.ts';
import { withDescriptor } from './write-file.ts';

/** Options of {@link DamageSurvey}. */
export interface DamageSurveyOptions {
  readonly files: SpoolFiles;
  /** Takes the bytes that are no entries; nothing when they are only looked at. */
  readonly quarantine: Quarantine | undefined;
  readonly acknowledgements: Acknowledgements;
  readonly onDamage: DamageListener;
  /** Is told how many waiting entries are gone, and how many of those had been kept. */
  onMissing(waiting: number, kept: number): void;
}

/** What is left of a segment. */
export interface SegmentRest {
  /** Where frames are, by sequence. */
  readonly runs: readonly FrameRun[];
  /** Size and end of the segment when it was surveyed; an active one grows on. */
  readonly size: number;
  readonly end: number;
}

/** Finds out what is left of a damaged segment, saves the bytes that are no entries, and settles the account. */
export class DamageSurvey {
  readonly #options: DamageSurveyOptions;

  constructor(options: DamageSurveyOptions) {
    this.#options = options;
  }

  /** Looks through a segment for the frames from `wanted` on; `known` is what was believed to be there. */
  async survey(segment: Segment, wanted: number, known: readonly FrameRun[]): Promise<SegmentRest> {
    const { end, first, size } = segment;
    const scope = {
      offset: segment.hasHeader ? framesStart : 0,
      size,
      first,
      end,
      wanted,
    };
    const { survey, quarantined } = await this.#look(segment, scope);
    const runs = survey.runs.toSorted((a, b) => a.sequence - b.sequence);
    const missing = subtractRanges(known.map(toRange), runs.map(toRange)).filter(({ to }) => to > wanted);
    this.#settle(segment, survey, quarantined, missing);
    return { runs, size, end };
  }

  async #look(
    segment: Segment,
    scope: SurveyScope,
  ): Promise<{ survey: SegmentSurvey; quarantined: string[] }> {
    const { files } = this.#options;
    try {
      return await withDescriptor(files, segment.path, 'r', async (descriptor) => {
        const survey = await surveyFile(files, descriptor, scope);
        return { survey, quarantined: await this.#save(segment, descriptor, survey) };
      });
    } catch (error) {
      if (!isMissingFile(error)) throw toSpoolFailure(`${segment.path} cannot be read`, error);
      return { survey: new SegmentSurvey({ ...scope, size: 0 }), quarantined: [] };
    }
  }

  async #save(segment: Segment, descriptor: number, survey: SegmentSurvey): Promise<string[]> {
    const { quarantine } = this.#options;
    const names: string[] = [];
    if (quarantine === undefined) return names;
    for (const range of survey.badRanges) {
      try {
        names.push(await quarantine.copy(descriptor, segment.path, range));
      } catch {
        // A full disk takes no copy. The segment itself is moved to quarantine then, instead of being removed.
        segment.isQuarantineDue = true;
      }
    }
    return names;
  }

  #settle(
    segment: Segment,
    survey: SegmentSurvey,
    quarantined: readonly string[],
    missing: readonly SequenceRange[],
  ): void {
    const { acknowledgements, onDamage, onMissing } = this.#options;
    const waiting = missing.reduce(
      (sum, range) => sum + range.to - range.from - acknowledgements.countWithin(range),
      0,
    );
    for (const range of missing) acknowledgements.skip(range);
    const ranges = survey.badRanges.map(({ offset, endOffset }) => ({ offset, bytes: endOffset - offset }));
    const bytes = ranges.reduce((sum, range) => sum + range.bytes, 0);
    segment.waitingBytes = Math.max(0, segment.waitingBytes - bytes);
    const { tornSequence = -1 } = survey;
    const wasTorn =
      segment.mayEndTorn && missing.some(({ from, to }) => from <= tornSequence && tornSequence < to);
    const kept = wasTorn ? Math.max(0, waiting - 1) : waiting;
    onMissing(waiting, kept);
    if (waiting === 0 && bytes === 0) return;
    const isTornOnly = tornSequence >= 0 && kept === 0 && survey.badRanges.length === 1;
    onDamage({
      kind: isTornOnly ? 'torn_append' : 'entries',
      path: segment.path,
      entries: kept,
      bytes,
      ranges,
      quarantined,
    });
  }
}

function toRange({ sequence, nextSequence }: FrameRun): SequenceRange {
  return { from: sequence, to: nextSequence };
}
