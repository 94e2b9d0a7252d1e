import { type Command, InvalidArgumentError, Option } from 'commander';

/** What a person gives to choose events by what they are. */
export interface FilterOptions {
  readonly correlation?: string;
  readonly type?: string;
  readonly category?: string;
  readonly outcome?: string;
  readonly severity?: string;
  readonly action?: string;
  readonly actorType?: string;
  readonly actor?: string;
  readonly resourceType?: string;
  readonly resource?: string;
  readonly namespace?: string;
  readonly cluster?: string;
  readonly parent?: string;
  readonly event?: string;
  readonly detail?: DetailFilter;
  readonly since?: string;
  readonly until?: string;
}

/** A member of the payload and its value. */
export interface DetailFilter {
  readonly key: string;
  readonly value: string;
}

/** Adds every filter that a query, a stream and the statistics have in common. */
export function addFilterOptions(command: Command): Command {
  return addTimeOptions(
    command
      .addOption(filterOption('--correlation <id>', 'events of this correlation'))
      .addOption(filterOption('--type <type>', 'events of this type: gateway.signal.received'))
      .addOption(filterOption('--category <category>', 'events of this category'))
      .addOption(outcomeOption('events with this outcome'))
      .addOption(filterOption('--severity <severity>', 'events with this severity'))
      .addOption(filterOption('--action <action>', 'events with this action'))
      .addOption(filterOption('--actor-type <type>', 'events of this kind of actor: user, service'))
      .addOption(filterOption('--actor <id>', 'events of this actor'))
      .addOption(filterOption('--resource-type <type>', 'events about this kind of thing'))
      .addOption(filterOption('--resource <id>', 'events about this thing'))
      .addOption(filterOption('--namespace <name>', 'events about things in this namespace'))
      .addOption(filterOption('--cluster <name>', 'events about things in this cluster'))
      .addOption(filterOption('--parent <event-id>', 'events that this event caused'))
      .addOption(filterOption('--event <event-id>', 'the event with this id')),
  );
}

/** Adds `--since` and `--until`. */
export function addTimeOptions(command: Command): Command {
  return command
    .addOption(filterOption('--since <time>', 'what happened then or later: 2026-01-15, 24h, 1h30m, 7d'))
    .addOption(filterOption('--until <time>', 'what happened then or earlier'));
}

/** The option that chooses by a member of the payload. */
export function detailOption(): Option {
  return new Option(
    '--detail <member=value>',
    'events whose payload has this member: alert_name=HighErrorRate',
  ).argParser((text): DetailFilter => {
    const [, key, value] = /^([A-Za-z0-9_]{1,100})=(.+)$/s.exec(text) ?? [];
    if (key !== undefined && value !== undefined) return { key, value };
    throw new InvalidArgumentError('Expected member=value, the name of letters, digits and underscores.');
  });
}

/** The option that chooses by outcome. */
export function outcomeOption(description: string): Option {
  return new Option('--outcome <outcome>', description).choices(['success', 'failure', 'pending']);
}

/** An option whose text must not be empty: that would choose everything where one forgot to fill in a variable. */
export function filterOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (text !== '') return text;
    throw new InvalidArgumentError('Expected a text that is not empty.');
  });
}

/** Writes the filters as parameters of a request. */
export function filterParameters(options: FilterOptions): URLSearchParams {
  return toParameters(filterValues(options));
}

/** Whether the API has a filter of this name. */
export function isFilterName(name: string): boolean {
  return Object.hasOwn(filterValues({}), name);
}

function filterValues(options: FilterOptions): Readonly<Record<string, string | undefined>> {
  return {
    correlation_id: options.correlation,
    event_type: options.type,
    event_category: options.category,
    event_outcome: options.outcome,
    severity: options.severity,
    event_action: options.action,
    actor_type: options.actorType,
    actor_id: options.actor,
    resource_type: options.resourceType,
    resource_id: options.resource,
    namespace: options.namespace,
    cluster_name: options.cluster,
    parent_event_id: options.parent,
    event_id: options.event,
    detail_key: options.detail?.key,
    detail_value: options.detail?.value,
    since: options.since,
    until: options.until,
  };
}

/** Writes the parameters that have a value. */
export function toParameters(values: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return new URLSearchParams(given);
}
