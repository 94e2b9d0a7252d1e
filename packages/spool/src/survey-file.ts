import { SegmentSurvey, type SurveyScope } from './segment-survey.ts';
import type { SpoolFiles } from './spool-files.ts';

/** Surveys an open file. */
export async function surveyFile(
  files: SpoolFiles,
  descriptor: number,
  scope: SurveyScope,
): Promise<SegmentSurvey> {
  const survey = new SegmentSurvey(scope);
  for (let wanted = survey.wanted; wanted !== undefined; wanted = survey.wanted) {
    const bytes = Buffer.allocUnsafeSlow(wanted.length);
    survey.give(bytes.subarray(0, await files.read(descriptor, bytes, 0, wanted.length, wanted.offset)));
  }
  return survey;
}

/** Surveys an open file at once: only for the newest segment, when a spool is opened. */
export function surveyFileSync(files: SpoolFiles, descriptor: number, scope: SurveyScope): SegmentSurvey {
  const survey = new SegmentSurvey(scope);
  while (survey.wanted !== undefined) giveSync(files, descriptor, survey);
  return survey;
}

/** Gives a survey what it wants next. */
export function giveSync(files: SpoolFiles, descriptor: number, survey: SegmentSurvey): void {
  const wanted = survey.wanted;
  if (wanted === undefined) return;
  const bytes = Buffer.allocUnsafeSlow(wanted.length);
  survey.give(bytes.subarray(0, files.readSync(descriptor, bytes, 0, wanted.length, wanted.offset)));
}
