import { eventsByService } from '@audit/schema';
import type { SearchFilters } from '../../api/search-filters.ts';

/** One thing that a text was understood as. */
export interface Understood {
  /** What it is, in words. */
  readonly label: string;
  readonly text: string;
  /** Filters that look for it. */
  readonly filters: SearchFilters;
}

/** What was understood of a text. */
export interface Understanding {
  /** What to search for. */
  readonly taken: readonly Understood[];
  /** What else it could mean, or also says; a search for all of it at once would find nothing. */
  readonly alternatives: readonly Understood[];
}

/**
 * Understands what a person typed or pasted: an id, the name of an event type, alert, resource, actor or namespace, `name: value`, or
 * a whole line of a log. Ids win over everything else that a line says.
 */
export function understandText(given: string): Understanding {
  const text = given.slice(0, textCharsMax).trim();
  if (text === '') return { taken: [], alternatives: [] };
  const named = namedValues(text);
  const ids = idsIn(text, named);
  const rest = [...named, ...typesIn(text)].filter((each) => !isAmong(each, ids));
  if (ids.length > 0) return takeFirstOfEach([...ids], rest);
  if (rest.length > 0) return takeFirstOfEach(rest, []);
  const [first, ...others] = /\s\S+\s\S+\s/.test(text) ? wordsWorthSeeking(text) : readingsOf(text);
  return { taken: first === undefined ? [] : [first], alternatives: others };
}

// What is pasted may be a whole log; its first lines tell.
const textCharsMax = 20_000;

function labelled(label: string, text: string, filters: SearchFilters): Understood {
  return { label, text, filters };
}

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const correlation = /\brr-[0-9a-f]{6,}-[0-9a-f]{4,}\b/g;

/** Names under which logs and people write a value, in lower case without separators, and what it is. */
const readers: Readonly<Record<string, (text: string) => Understood>> = {
  correlationid: (text) => labelled('correlation', text, { correlation_id: text }),
  correlation: (text) => labelled('correlation', text, { correlation_id: text }),
  remediationid: (text) => labelled('correlation', text, { correlation_id: text }),
  remediationrequest: (text) =>
    labelled('correlation', text, { correlation_id: text.split('/').at(-1) ?? text }),
  eventid: (text) => labelled('event', text, { event_id: text.toLowerCase() }),
  event: (text) => labelled('event', text, { event_id: text.toLowerCase() }),
  eventtype: (text) => labelled('type', text, { event_type: text }),
  type: (text) => labelled('type', text, { event_type: text }),
  category: (text) => labelled('category', text, { event_category: text }),
  eventcategory: (text) => labelled('category', text, { event_category: text }),
  alert: (text) => labelled('alert', text, { detail_key: 'alert_name', detail_value: text }),
  alertname: (text) => labelled('alert', text, { detail_key: 'alert_name', detail_value: text }),
  actor: (text) => labelled('actor', text, { actor_id: text }),
  actorid: (text) => labelled('actor', text, { actor_id: text }),
  user: (text) => labelled('actor', text, { actor_id: text }),
  resource: (text) => resourceReading(text),
  resourcename: (text) => labelled('resource', text, { detail_key: 'resource_name', detail_value: text }),
  resourceid: (text) => labelled('resource id', text, { resource_id: text }),
  namespace: (text) => labelled('namespace', text, { namespace: text }),
  ns: (text) => labelled('namespace', text, { namespace: text }),
  cluster: (text) => labelled('cluster', text, { cluster_name: text }),
  clustername: (text) => labelled('cluster', text, { cluster_name: text }),
};

// `name=value`, `name: value`, `"name":"value"`.
const pair =
  /["']?([A-Za-z][A-Za-z_.-]{1,30})["']?\s*[=:]\s*(?:"([^"]{1,255})"|'([^']{1,255})'|([^\s,;"'{}[\]]{1,255}))/g;

function namedValues(text: string): readonly Understood[] {
  return [...text.matchAll(pair)].flatMap(([, name = '', ...values]) => {
    const value = values.find((each) => each !== undefined);
    const key = name.toLowerCase().replaceAll(/[_.-]/g, '');
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (read === undefined || value === undefined) return [];
    const understood = read(value);
    return understood.filters.event_id !== undefined && !isUuid(value) ? [] : [understood];
  });
}

function idsIn(text: string, named: readonly Understood[]): readonly Understood[] {
  const own = named.filter(({ filters }) => filters.correlation_id ?? filters.event_id);
  const isOwn = (id: string) => own.some((each) => each.text.includes(id));
  const correlations = [...text.matchAll(correlation)].map(([id]) => id).filter((id) => !isOwn(id));
  const uuids = [...text.matchAll(uuid)].map(([id]) => id).filter((id) => !isOwn(id));
  const found = [
    ...own,
    ...correlations.map((id) => labelled('correlation', id, { correlation_id: id })),
    ...uuids.map((id) => labelled('event', id, { event_id: id.toLowerCase() })),
  ];
  return [...new Map(found.map((each) => [JSON.stringify(each.filters), each])).values()];
}

function isUuid(text: string): boolean {
  return new RegExp(`^${uuid.source}$`, 'i').test(text);
}

const types: ReadonlySet<string> = new Set(
  Object.values(eventsByService).flatMap((table) => Object.values(table).map(({ type }) => type)),
);

function typesIn(text: string): readonly Understood[] {
  const words = text.match(/[a-z_]+(?:\.[a-z_]+)*/g) ?? [];
  return [...new Set(words)]
    .filter((word) => types.has(word))
    .map((type) => labelled('type', type, { event_type: type }));
}

function isAmong({ filters }: Understood, others: readonly Understood[]): boolean {
  const own = JSON.stringify(filters);
  return others.some((other) => JSON.stringify(other.filters) === own);
}

// Of what excludes each other, such as two correlations, the first is searched for.
function takeFirstOfEach(found: readonly Understood[], also: readonly Understood[]): Understanding {
  const taken: Understood[] = [];
  const alternatives: Understood[] = [];
  const used = new Set<string>();
  for (const each of found) {
    const names = Object.keys(each.filters);
    if (names.some((name) => used.has(name))) alternatives.push(each);
    else taken.push(each);
    for (const name of names) used.add(name);
  }
  return { taken, alternatives: [...alternatives, ...also] };
}

// What one name can be, the likeliest first.
function readingsOf(text: string): readonly Understood[] {
  const [alert, resource, actor, namespace] = [
    readers.alert?.(text),
    resourceReading(text),
    readers.actor?.(text),
    readers.namespace?.(text),
  ];
  const others = [
    labelled('resource id', text, { resource_id: text }),
    labelled('correlation', text, { correlation_id: text }),
  ];
  const order =
    isPerson(text) || /-(?:controller|api|service)$/.test(text)
      ? [actor, resource, namespace, alert]
      : /^[A-Z][a-z]+[A-Z]\w*$/.test(text)
        ? [alert, resource, actor, namespace]
        : [resource, namespace, alert, actor];
  return [...order.filter((each) => each !== undefined), ...others];
}

// `payments/Deployment/checkout`, `Deployment/checkout`, `Deployment checkout`, `checkout`.
function resourceReading(text: string): Understood {
  const parts = text.split(/[/\s]+/).filter(Boolean);
  const name = parts.at(-1) ?? text;
  const filters = { detail_key: 'resource_name', detail_value: name };
  const [namespace] = parts.length === 3 ? parts : [];
  return labelled('resource', text, { ...filters, ...(namespace !== undefined && { namespace }) });
}

function isPerson(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

// Of a line without ids: the words in it that look like names of alerts and people.
function wordsWorthSeeking(text: string): readonly Understood[] {
  const words = [...new Set(text.split(/[\s"',;:(){}[\]=]+/))];
  return words.flatMap((word) => {
    if (isPerson(word)) return labelled('actor', word, { actor_id: word });
    if (/^(?:[A-Z][a-z]+){2,}$/.test(word)) {
      return labelled('alert', word, { detail_key: 'alert_name', detail_value: word });
    }
    return [];
  });
}
