import type { Registry } from 'prom-client';
import type { Intake } from '../outage/intake.ts';
import { outageStates } from '../outage/outage-state.ts';
import { addGauge, addGauges, type GaugeDescription } from './add-gauge.ts';

/** Shows what waits in memory and on disk, and what the intake is doing. */
export function observeIntake(registry: Registry, intake: Intake, spoolQuotaBytes?: number): void {
  for (const gauge of queueGauges(intake)) addGauge(registry, gauge);
  if (intake.status === undefined) return;
  for (const gauge of spoolGauges(intake, spoolQuotaBytes)) addGauge(registry, gauge);
  addGauges(registry, {
    name: 'datastorage_intake_state',
    help: 'What becomes of writes, 1 for the state of now: connected stores them, away and draining spool them, handing_over has them wait for the last of the spool.',
    label: 'state',
    read: () => outageStates.map((state) => [state, Number(intake.status?.state === state)]),
  });
}

function queueGauges(intake: Intake): GaugeDescription[] {
  return [
    {
      name: 'datastorage_queue_events',
      help: 'Events that wait in memory for a transaction; beyond 50,000 writes are answered 429.',
      read: () => intake.queue.events,
    },
    {
      name: 'datastorage_queue_characters',
      help: 'Characters of their records; beyond 67,108,864 writes are answered 429.',
      read: () => intake.queue.characters,
    },
  ];
}

function spoolGauges(intake: Intake, quotaBytes: number | undefined): GaugeDescription[] {
  const spool = () => intake.status?.spool;
  return [
    {
      name: 'datastorage_spool_requests',
      help: 'Write requests that wait in the spool.',
      read: () => spool()?.entries,
    },
    {
      name: 'datastorage_spool_bytes',
      help: 'Bytes of the requests that wait in the spool.',
      read: () => spool()?.bytes,
    },
    {
      name: 'datastorage_spool_occupied_bytes',
      help: 'Bytes that the spool occupies, dead letters and quarantine included.',
      read: () => spool()?.occupiedBytes,
    },
    {
      name: 'datastorage_spool_quota_bytes',
      help: 'Most bytes that the spool may occupy.',
      read: () => quotaBytes,
    },
    {
      name: 'datastorage_spool_damaged_requests',
      help: 'Requests in the spool that the disk destroyed, found since the start.',
      read: () => spool()?.damagedEntries,
    },
    {
      name: 'datastorage_dead_letters',
      help: 'Dead letters that wait for a person.',
      read: () => spool()?.deadLetters,
    },
  ];
}
