import type { Trail, TrailStep } from '@audit/trail';
import { Dialog } from '@base-ui/react/dialog';
import { Tabs } from '@base-ui/react/tabs';
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { OutcomeBadge } from '../../../controls/outcome-badge.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { EventTypeName } from '../../../format/event-type-name.tsx';
import { eventIdOf } from '../event-id-of.ts';
import type { TrailView } from '../use-trail-view.ts';
import { CommandsPart } from './commands-part.tsx';
import styles from './event-drawer.module.css';
import { EventPart } from './event-part.tsx';
import { RawRecord } from './raw-record.tsx';
import { RecordProof } from './record-proof.tsx';

/** Options of {@link EventDrawer}. */
export interface EventDrawerProps {
  readonly trail: Trail;
  readonly view: TrailView;
}

/** Everything about the event that the address names: what it says, its raw record, its proof, its commands. */
export function EventDrawer({ trail, view }: EventDrawerProps): ReactElement {
  const step = trail.steps.find((each) => eventIdOf(each) === view.event);
  // While the drawer closes, it shows what it showed.
  const [shown, setShown] = useState(step);
  if (step !== undefined && step !== shown) setShown(step);
  return (
    <Dialog.Root
      open={step !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) view.openEvent(undefined);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        {shown !== undefined && <Opened trail={trail} step={step ?? shown} view={view} />}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Opened({ trail, step, view }: EventDrawerProps & { readonly step: TrailStep }): ReactElement {
  const eventId = eventIdOf(step);
  const move = (by: number) => {
    const next = trail.steps[step.index + by];
    if (next !== undefined) view.openEvent(eventIdOf(next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'j') move(1);
    if (event.key === 'k') move(-1);
  };
  return (
    <Dialog.Popup
      className={styles.drawer}
      onKeyDown={onKeyDown}
      finalFocus={() =>
        document.querySelector<HTMLElement>(`[data-row][href*="${CSS.escape(eventId)}"]`) ?? true
      }
    >
      <header className={styles.head}>
        <div className={styles.row}>
          {step.outcome !== undefined && <OutcomeBadge outcome={step.outcome} />}
          <div className={styles.end}>
            <Button onClick={() => move(-1)} disabled={step.index === 0} aria-label="Event before (k)">
              ↑
            </Button>
            <Button
              onClick={() => move(1)}
              disabled={step.index === trail.steps.length - 1}
              aria-label="Next event (j)"
            >
              ↓
            </Button>
            <Dialog.Close render={<Button />}>Close</Dialog.Close>
          </div>
        </div>
        <Dialog.Title className={styles.title}>
          <EventText text={step.title} charsMax={120} />
        </Dialog.Title>
        <div className={styles.type}>
          <EventTypeName type={step.type} />
        </div>
      </header>
      <Tabs.Root className={styles.tabs} defaultValue="event">
        <Tabs.List className={styles.list} aria-label="About this event">
          <Tabs.Tab className={styles.tab} value="event">
            Event
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="raw">
            Raw record
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="proof">
            Proof
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="commands">
            As a command
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel className={styles.panel} value="event">
          <EventPart key={eventId} trail={trail} step={step} view={view} />
        </Tabs.Panel>
        <Tabs.Panel className={styles.panel} value="raw">
          <RawRecord key={eventId} eventId={eventId} />
        </Tabs.Panel>
        <Tabs.Panel className={styles.panel} value="proof">
          <RecordProof key={eventId} eventId={eventId} hash={step.event.event_hash ?? ''} />
        </Tabs.Panel>
        <Tabs.Panel className={styles.panel} value="commands">
          <CommandsPart eventId={eventId} correlationId={step.event.correlation_id} />
        </Tabs.Panel>
      </Tabs.Root>
    </Dialog.Popup>
  );
}
