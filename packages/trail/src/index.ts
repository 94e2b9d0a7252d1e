export { compareTrails } from './compare-trails.ts';
export { durationText } from './duration-text.ts';
export { eventNews } from './event-news.ts';
export { eventTitles } from './event-titles.ts';
export { explainTrail } from './explain-trail.ts';
export { readTrail } from './read-trail.ts';

export type { ChangedFact, ChangedMember, ChangedStep, Difference, TrailComparison } from './comparison.ts';
export type { Explanation, Fact, Stage, StageName } from './explanation.ts';
export type { ReadTrailOptions } from './read-trail.ts';
export type {
  GapKind,
  OutcomeStatus,
  ParentLink,
  ServiceLane,
  StepError,
  Trail,
  TrailActor,
  TrailGap,
  TrailOutcome,
  TrailResource,
  TrailSpan,
  TrailStep,
  TrailSubject,
} from './trail.ts';
export type { StoredMembers, TrailEvent } from './trail-event.ts';
