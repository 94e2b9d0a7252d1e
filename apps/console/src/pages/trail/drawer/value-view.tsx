import { type ReactElement, useState } from 'react';
import { Icon } from '../../../controls/icon.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { memberLabel } from './member-label.ts';
import type { MemberSchema } from './member-schema.ts';
import styles from './value-view.module.css';

/** Options of {@link ValueView}. */
export interface ValueViewProps {
  readonly value: unknown;
  /** What the contract says of it. */
  readonly schema: MemberSchema;
  /** JSON pointer to it from the top of the record. */
  readonly pointer: string;
  /** JSON pointers of what was erased. */
  readonly erased: ReadonlySet<string>;
  /** How deep it stands in what is shown; default 0. */
  readonly depth?: number;
}

const depthMax = 6;
const shortCharsMax = 120;

/** Shows any value readably: members with labels and descriptions, lists item by item, long texts with their lines. */
export function ValueView(props: ValueViewProps): ReactElement {
  const { value, pointer, erased, depth = 0 } = props;
  if (erased.has(pointer)) return <Withheld>erased, as personal data can be</Withheld>;
  if (typeof value === 'string') return <TextValue text={value} />;
  if (typeof value === 'number') return <span className={styles.number}>{String(value)}</span>;
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>;
  if (value === null || value === undefined) return <span className={styles.none}>none</span>;
  if (depth >= depthMax) return <LongText kind="code" text={JSON.stringify(value, undefined, 2)} />;
  return Array.isArray(value) ? <Items {...props} items={value} /> : <Members {...props} />;
}

function TextValue({ text }: { readonly text: string }): ReactElement {
  if (text === '') return <span className={styles.none}>empty</span>;
  if (text.length > shortCharsMax || text.includes('\n')) return <LongText text={text} />;
  return <EventText text={text} charsMax={shortCharsMax} />;
}

const entriesFirst = 60;
const entriesMax = 1_000;

/** The members of an object that is not a list. */
export function Members({ value, schema, pointer, erased, depth = 0 }: ValueViewProps): ReactElement {
  const [entries, more] = useFirst(
    typeof value === 'object' && value !== null
      ? Object.entries({ ...value } as Readonly<Record<string, unknown>>)
      : [],
  );
  if (entries.length === 0) return <span className={styles.none}>empty</span>;
  return (
    <>
      <dl className={styles.members}>
        {entries.map(([name, member]) => {
          if (name === '_sd') return <Digests key={name} digests={member} />;
          const inner = schema.member(name);
          const isNested = typeof member === 'object' && member !== null;
          return (
            <div key={name} className={`${styles.member} ${isNested ? styles.nested : ''}`}>
              <dt>
                <EventText text={memberLabel(name)} charsMax={80} />
                {inner.personal !== undefined && <span className={styles.tag}>personal data</span>}
                {inner.description !== undefined && (
                  <span className={styles.description}>{inner.description}</span>
                )}
              </dt>
              <dd className={isNested ? styles.inside : undefined}>
                <ValueView
                  value={member}
                  schema={inner}
                  pointer={`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}
                  erased={erased}
                  depth={depth + 1}
                />
              </dd>
            </div>
          );
        })}
      </dl>
      {more}
    </>
  );
}

function Items({
  items,
  schema,
  pointer,
  erased,
  depth = 0,
}: ValueViewProps & { readonly items: readonly unknown[] }): ReactElement {
  const [shown, more] = useFirst(items);
  if (items.length === 0) return <span className={styles.none}>empty list</span>;
  return (
    <>
      <ol className={styles.items}>
        {shown.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place
          <li key={place} className={typeof item === 'object' ? styles.inside : undefined}>
            <ValueView
              value={item}
              schema={schema.item()}
              pointer={`${pointer}/${place}`}
              erased={erased}
              depth={depth + 1}
            />
          </li>
        ))}
      </ol>
      {more}
    </>
  );
}

// A record may have a hundred thousand members.
function useFirst<Entry>(entries: readonly Entry[]): readonly [readonly Entry[], ReactElement | null] {
  const [isMore, setMore] = useState(false);
  const max = isMore ? entriesMax : entriesFirst;
  if (entries.length <= max) return [entries, null];
  const rest = numberText(entries.length - max);
  const more = isMore ? (
    <p className={styles.none}>{rest} more are in the raw record only.</p>
  ) : (
    <button type="button" onClick={() => setMore(true)}>
      Show {rest} more
    </button>
  );
  return [entries.slice(0, max), more];
}

function Digests({ digests }: { readonly digests: unknown }): ReactElement {
  const count = Array.isArray(digests) ? digests.length : 1;
  return (
    <div className={styles.member}>
      <dt>Personal data</dt>
      <dd>
        <Withheld>{count === 1 ? '1 value withheld' : `${numberText(count)} values withheld`}</Withheld>
      </dd>
    </div>
  );
}

function Withheld({ children }: { readonly children: string }): ReactElement {
  return (
    <span className={styles.withheld}>
      <Icon name="lock" />
      {children}
    </span>
  );
}
