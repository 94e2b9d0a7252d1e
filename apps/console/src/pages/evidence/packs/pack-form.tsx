import { chooseSample } from '@audit/integrity';
import { type FormEvent, type ReactElement, useDeferredValue, useMemo, useState } from 'react';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { Button } from '../../../controls/button.tsx';
import { chosen } from '../../../controls/chosen.ts';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { SelectField } from '../../../controls/select-field.tsx';
import { TextField } from '../../../controls/text-field.tsx';
import { numberText } from '../../../format/number-text.ts';
import { FailureState } from '../../../states/failure-state.tsx';
import {
  emptyDraft,
  type PackDraft,
  type PackField,
  type PackQuery,
  packCommand,
  packFaults,
  packFields,
  packFileName,
  packPopulations,
  packQuery,
  packRange,
} from './pack-draft.ts';
import styles from './pack-panels.module.css';
import { choosePackTarget } from './save-pack.ts';

/** A pack that was asked for and saved. */
export interface SavedPack {
  readonly file: Blob;
  readonly name: string;
  readonly query: PackQuery;
}

/** Options of {@link PackForm}. */
export interface PackFormProps {
  /** Records of the log now. */
  readonly logSize: number;
  /** Correlation to begin with; default none. */
  readonly correlation?: string | undefined;
  /** Takes a pack that was saved. */
  readonly onSaved: (saved: SavedPack) => void;
}

const populationWords = {
  correlation: 'The trail of a correlation',
  range: 'A stretch of the log',
  event: 'One event',
  sample: 'A sample, drawn by a seed',
  filter: 'What a filter matches',
} as const satisfies Record<PackDraft['population'], string>;

const populationHints = {
  correlation: 'Proves that no record of the trail is left out.',
  range: 'Proves every record of the stretch. Without positions: the whole log.',
  event: 'Proves that this one record is in the log.',
  sample: 'Proves that nobody but the seed chose the records.',
  filter: 'Proves the records; that no other matches is only stated.',
} as const satisfies Record<PackDraft['population'], string>;

const fieldWords = {
  correlation: { label: 'Correlation id', placeholder: 'rr-3f9ab2c41d07-5e8c1a7b' },
  event: { label: 'Event id', placeholder: '019bbbad-4606-7c83-8695-a8e7c7176213' },
  from: { label: 'First position', placeholder: 'the first' },
  to: { label: 'Last position', placeholder: 'the last' },
  seed: { label: 'Seed', placeholder: 'audit of 2026-01-15' },
  size: { label: 'How many' },
  type: { label: 'Event type' },
  category: { label: 'Category' },
  outcome: { label: 'Outcome' },
  since: { label: 'Since', placeholder: '7d, 2026-01-15' },
  until: { label: 'Until' },
} as const satisfies Record<PackField, { readonly label: string; readonly placeholder?: string }>;

/** Asks for an evidence pack and saves it. */
export function PackForm({ correlation = '', logSize, onSaved }: PackFormProps): ReactElement {
  const [draft, setDraft] = useState<PackDraft>({ ...emptyDraft, correlation });
  const [isTried, setTried] = useState(false);
  const [saving, setSaving] = useState<{ readonly is: 'idle' | 'saving' } | { readonly error: unknown }>({
    is: 'idle',
  });
  const faults = packFaults(draft, logSize);
  const isRight = Object.keys(faults).length === 0;
  const change = (changed: Partial<PackDraft>) => setDraft((before) => ({ ...before, ...changed }));
  const save = async () => {
    const target = await choosePackTarget(packFileName(draft));
    if (target === undefined) return;
    setSaving({ is: 'saving' });
    const query = packQuery(draft, logSize);
    const answer = api.GET('/api/v1/audit/evidence-pack', { params: { query }, parseAs: 'stream' });
    const file = await target.save(await streamOf(answerOf(answer)));
    onSaved({ file, name: packFileName(draft), query });
    setSaving({ is: 'idle' });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isRight) save().catch((error: unknown) => setSaving({ error }));
  };
  return (
    <Panel heading="Build a pack" note="a file that proves itself">
      <form className={styles.form} onSubmit={submit} noValidate>
        <SelectField
          label="What it proves"
          value={draft.population}
          onChange={({ target }) => change({ population: chosen(packPopulations, target.value) })}
        >
          {packPopulations.map((each) => (
            <option key={each} value={each}>
              {populationWords[each]}
            </option>
          ))}
        </SelectField>
        <p className={styles.hint}>{populationHints[draft.population]}</p>
        <div className={styles.fields}>
          {packFields[draft.population].map((field) => (
            <div
              key={field}
              className={field === 'correlation' || field === 'event' ? styles.wide : undefined}
            >
              <DraftField
                field={field}
                draft={draft}
                change={change}
                fault={isTried ? faults[field] : undefined}
              />
            </div>
          ))}
        </div>
        {draft.population === 'sample' && <DrawnSample draft={draft} isRight={isRight} logSize={logSize} />}
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.withDisclosures}
            onChange={({ target }) => change({ withDisclosures: target.checked })}
          />
          <span>
            With the values of personal data
            <span className={styles.hint}> — withheld otherwise; the records hold digests</span>
          </span>
        </label>
        <div>
          <Button type="submit" kind="primary" disabled={'is' in saving && saving.is === 'saving'}>
            {'is' in saving && saving.is === 'saving' ? 'Downloading…' : 'Download and verify'}
          </Button>
        </div>
        <p className={styles.hint}>Who exports what is an event of the log.</p>
      </form>
      {'error' in saving && (
        <FailureState
          error={saving.error}
          retry={() => void save().catch((error: unknown) => setSaving({ error }))}
        />
      )}
      <SameCommand words={packCommand(draft, logSize, location.origin)} />
    </Panel>
  );
}

interface DraftFieldProps {
  readonly field: PackField;
  readonly draft: PackDraft;
  readonly change: (changed: Partial<PackDraft>) => void;
  readonly fault: string | undefined;
}

function DraftField({ change, draft, fault, field }: DraftFieldProps): ReactElement {
  if (field === 'outcome')
    return (
      <SelectField
        label="Outcome"
        value={draft.outcome}
        onChange={({ target }) => change({ outcome: target.value })}
      >
        {['', 'success', 'failure', 'pending'].map((outcome) => (
          <option key={outcome} value={outcome}>
            {outcome || 'any'}
          </option>
        ))}
      </SelectField>
    );
  return (
    <TextField
      {...fieldWords[field]}
      name={field}
      value={draft[field]}
      onValueChange={(text) => change({ [field]: field === 'seed' ? text : text.trim() })}
      autoComplete="off"
      spellCheck={false}
      fault={fault}
    />
  );
}

interface DrawnSampleProps {
  readonly draft: PackDraft;
  readonly isRight: boolean;
  readonly logSize: number;
}

// Drawn here, so that a server that chose other records would be found out.
function DrawnSample({ draft, isRight, logSize }: DrawnSampleProps): ReactElement {
  const { seed, size } = useDeferredValue(draft);
  const { from, to } = packRange(draft, logSize);
  const drawn = useMemo(
    () => (isRight ? chooseSample({ seed, size: Number(size), begin: from, end: to + 1 }) : []),
    [from, isRight, seed, size, to],
  );
  if (!isRight) return <p className={styles.hint}>With a seed, the positions it draws appear here.</p>;
  return (
    <section aria-label="Drawn positions">
      <p className={styles.hint}>
        {numberText(drawn.length)} of the {numberText(to - from + 1)} records from {numberText(from)} to{' '}
        {numberText(to)}. Anybody gets the same ones.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <p className={styles.drawn} tabIndex={0}>
        {drawn.join(', ')}
      </p>
    </section>
  );
}

async function streamOf(answer: Promise<unknown>): Promise<ReadableStream<Uint8Array>> {
  const body = await answer;
  if (body instanceof ReadableStream) return body;
  throw new TypeError('The server answered without a pack.');
}
