import type { ListedRecord, Population } from '@audit/integrity';
import { Link } from '@tanstack/react-router';
import { type DragEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import tableStyles from '../../../controls/table.module.css';
import { Table } from '../../../controls/table.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { EventTypeName } from '../../../format/event-type-name.tsx';
import { Instant } from '../../../format/instant.tsx';
import { numberText } from '../../../format/number-text.ts';
import { StateCard } from '../../../states/state-card.tsx';
import { parseTrustedKeys } from '../trust/parse-trusted-keys.ts';
import { trustedKeysText } from '../trust/trusted-keys.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import type { PackResult } from '../verification/messages.ts';
import type { JobState } from '../verification/use-job.ts';
import styles from './pack-panels.module.css';

/** Options of {@link PackDrop}. */
export interface PackDropProps {
  /** Takes a file that was dropped or chosen. */
  readonly onFile: (file: Blob, name: string) => void;
}

/** Takes a pack that is to be verified. */
export function PackDrop({ onFile }: PackDropProps): ReactElement {
  const id = useId();
  const [isDropping, setDropping] = useState(false);
  const { keys } = parseTrustedKeys(trustedKeysText.use());
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file !== undefined) onFile(file, file.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    take(event.dataTransfer.files);
  };
  return (
    <Panel heading="Verify a pack" note="in this browser; nothing is sent anywhere">
      <section
        className={styles.drop}
        aria-label="Drop a pack"
        data-dropping={isDropping ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={drop}
      >
        <p>Drop an evidence pack here, or</p>
        <input
          id={id}
          className={styles.file}
          type="file"
          aria-label="Evidence pack"
          tabIndex={-1}
          onChange={({ target }) => {
            take(target.files);
            // The same file can be chosen again.
            target.value = '';
          }}
        />
        <Button onClick={() => document.getElementById(id)?.click()}>Choose a file</Button>
        <p className={styles.hint}>It works without a connection, too.</p>
      </section>
      <SameCommand
        words={[
          ...['audit', 'verify', 'trail.pack'],
          ...(keys.length === 0 ? ['--consistency-only'] : keys.flatMap(({ key }) => ['--key', key])),
        ]}
      />
    </Panel>
  );
}

/** Options of {@link PackVerdict}. */
export interface PackVerdictProps {
  readonly name: string;
  readonly state: JobState<PackResult>;
}

/** Shows what came of the verification of a pack. */
export function PackVerdict({ name, state }: PackVerdictProps): ReactElement | null {
  if (state.is === 'idle') return null;
  if (state.is === 'failed')
    return (
      <StateCard icon="warning" tone="failure" heading="The file could not be read">
        <p>{state.failure.message}</p>
      </StateCard>
    );
  if (state.is !== 'done')
    return (
      <p className={styles.state} role="status">
        Verifying <EventText text={name} charsMax={80} />…
      </p>
    );
  const { isTrusted, records, report } = state.result;
  const { failure, manifest } = report;
  return (
    <VerdictCard
      verified={{ subject: 'pack', report, isTrusted }}
      record={records.find(({ sequence }) => sequence === failure?.sequence)}
    >
      <dl className={styles.facts}>
        <dt>File</dt>
        <dd>
          <EventText text={name} charsMax={120} />
        </dd>
        {manifest !== undefined && (
          <>
            <dt>Log</dt>
            <dd>
              <EventText text={manifest.origin} />
            </dd>
            <dt>Population</dt>
            <dd>
              <EventText text={populationText(manifest.population)} charsMax={500} />
            </dd>
            <dt>Made by</dt>
            <dd>
              <EventText text={`${manifest.created_by}, ${manifest.created_at}`} />
            </dd>
            <dt>Personal data</dt>
            <dd>{manifest.disclosures}</dd>
          </>
        )}
      </dl>
      {failure === undefined && records.length > 0 && (
        <ListedTable records={records} of={report.records + report.purged} />
      )}
    </VerdictCard>
  );
}

function populationText(population: Population): string {
  switch (population.kind) {
    case 'correlation':
      return `trail of ${population.correlation_id}`;
    case 'sample':
      return `${population.size} of the records ${population.begin} to ${population.end - 1}, drawn by “${population.seed}”`;
    case 'filter':
      return `of the records ${population.begin} to ${population.end - 1} those with ${Object.entries(
        population.filter,
      )
        .map(([member, value]) => `${member} ${value}`)
        .join(', ')}`;
    default:
      return `records ${population.begin} to ${population.end - 1}`;
  }
}

interface ListedTableProps {
  readonly records: readonly ListedRecord[];
  /** How many the pack has. */
  readonly of: number;
}

function ListedTable({ of, records }: ListedTableProps): ReactElement {
  return (
    <section>
      <h4>
        {records.length < of
          ? `The first ${numberText(records.length)} of ${numberText(of)} records`
          : 'The records'}
      </h4>
      <div className={styles.records}>
        <Table label="Records of the pack">
          <thead>
            <tr>
              <th scope="col" className={tableStyles.number}>
                Position
              </th>
              <th scope="col">Event</th>
              <th scope="col">Trail</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <ListedRow key={record.sequence} record={record} />
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

function ListedRow({ record }: { readonly record: ListedRecord }): ReactElement {
  const {
    correlation_id: correlationId,
    event_id: event,
    event_timestamp: time,
    event_type: type,
    sequence,
  } = record;
  return (
    <tr>
      <td className={tableStyles.number}>{numberText(sequence)}</td>
      <th scope="row">{type === undefined ? 'purged' : <EventTypeName type={type} />}</th>
      <td>
        {correlationId !== undefined && (
          <Link
            to="/trail/$correlationId"
            params={{ correlationId }}
            search={event === undefined ? {} : { event }}
          >
            <EventText text={correlationId} charsMax={60} />
          </Link>
        )}
      </td>
      <td>{time !== undefined && <Instant time={time} />}</td>
    </tr>
  );
}
