import { basename, join } from 'node:path';
import { namesIn } from './quarantine.ts';
import { framesStart, type Segment, segmentFileName } from './segment.ts';
import { decodeSegmentHeader, type FoundHeader, headerReadBytes } from './segment-header.ts';
import { SegmentSurvey } from './segment-survey.ts';
import { errorCode } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { giveSync, surveyFileSync } from './survey-file.ts';
import { sequenceMax } from './whole-number.ts';

/**
 * A segment's file and what its header says: `entryless` when the header is no help and nothing behind it is an entry,
 * `unreadable` when the disk does not return it.
 */
export interface FoundSegment {
  readonly path: string;
  /** Sequence of its first entry, as its name says; or as its header says when the entries agree with that. */
  readonly first: number;
  readonly size: number;
  readonly header: FoundHeader | 'entryless' | 'unreadable';
}

const anySequence = { first: 0, end: sequenceMax };

/** Finds the segments of a directory, oldest first, and reads their headers. */
export function findSegments(files: SpoolFiles, directory: string): FoundSegment[] {
  return namesIn(files, directory)
    .filter(hasNumber)
    .map((name) => readHeader(files, join(directory, name)))
    .filter((segment) => segment !== undefined)
    .toSorted((a, b) => a.first - b.first || a.size - b.size);
}

/** Lists the files that look like segments but have no number, so that nobody knows where they belong. */
export function findNamelessSegments(files: SpoolFiles, directory: string): string[] {
  return namesIn(files, directory)
    .filter((name) => name.endsWith('.segment') && !hasNumber(name))
    .map((name) => join(directory, name));
}

/** Makes the segments that are read of those that were found; each ends where the next begins. */
export function toSegments(found: readonly FoundSegment[], end: number): Segment[] {
  return found.map(({ path, first, size, header }, index) => {
    const hasHeader = typeof header === 'object';
    return {
      path,
      first,
      end: Math.max(first, found[index + 1]?.first ?? end),
      size,
      waitingBytes: Math.max(0, size - (hasHeader ? framesStart : 0)),
      hasHeader,
      mayEndTorn: index < found.length - 1,
      isActive: false,
      isUnsynced: true,
      isQuarantineDue: false,
    };
  });
}

/** What the newest segment tells about the sequences that were given away. */
export interface NewestEnd {
  /** Sequence after the last kept entry, damaged ones included. */
  readonly end: number;
  /** Sequence that no entry had; above `end` when an append was torn. */
  readonly next: number;
}

/** Looks through the newest segment for the last sequence. */
export function findEnd(files: SpoolFiles, { path, first, size, header }: FoundSegment): NewestEnd {
  let descriptor: number | undefined;
  try {
    descriptor = files.openSync(path, 'r');
    const offset = typeof header === 'object' ? framesStart : 0;
    const scope = { offset, size, first, end: sequenceMax };
    const survey = surveyFileSync(files, descriptor, scope);
    const last = survey.runs.reduce((highest, run) => Math.max(highest, run.nextSequence), first);
    const next = last + survey.hiddenAtEnd;
    return { end: survey.tornSequence === undefined ? next : last, next };
  } catch {
    // A segment that cannot be read says nothing; reading it later reports why.
    return { end: first, next: first };
  } finally {
    if (descriptor !== undefined) files.closeSync(descriptor);
  }
}

function hasNumber(name: string): boolean {
  return segmentFileName.test(name) && Number(name.slice(0, 16)) < sequenceMax;
}

function readHeader(files: SpoolFiles, path: string): FoundSegment | undefined {
  const named = Number(basename(path).slice(0, 16));
  let descriptor: number | undefined;
  try {
    descriptor = files.openSync(path, 'r');
    const { size } = files.fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, headerReadBytes));
    const header = decodeSegmentHeader(
      bytes.subarray(0, files.readSync(descriptor, bytes, 0, bytes.length, 0)),
    );
    if (typeof header === 'object' && header.first === named) return { path, first: named, size, header };
    if (header === 'foreign') return { path, first: named, size, header };
    const sequence = firstIntactSequence(files, descriptor, size);
    if (sequence === undefined) return { path, first: named, size, header: 'entryless' };
    return { path, first: chooseFirst(named, header, sequence), size, header };
  } catch (error) {
    // No file at all, such as a directory, is no segment; one that cannot be read yet may be readable later.
    if (errorCode(error) === 'EISDIR') return undefined;
    return { path, first: named, size: 0, header: 'unreadable' };
  } finally {
    if (descriptor !== undefined) files.closeSync(descriptor);
  }
}

// Name and header differ when files or parts of them were exchanged. The entries tell which of the two belongs to them.
function chooseFirst(named: number, header: FoundHeader, sequence: number): number {
  const possible = typeof header === 'object' ? [named, header.first] : [named];
  return possible.filter((first) => first <= sequence).toSorted((a, b) => b - a)[0] ?? sequence;
}

function firstIntactSequence(files: SpoolFiles, descriptor: number, size: number): number | undefined {
  const survey = new SegmentSurvey({ offset: 0, size, ...anySequence });
  while (survey.wanted !== undefined && survey.runs.length === 0) giveSync(files, descriptor, survey);
  return survey.runs[0]?.sequence;
}
