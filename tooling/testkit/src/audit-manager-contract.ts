import type { AuditClient, EmissionOutcome, ManagerOptions } from '@audit/client';
import type { EventDefinition } from '@audit/schema';

/** Any audit manager: methods by the name of their builder. */
export type EventManager = Readonly<Record<string, (input: never) => EmissionOutcome>>;

/** Inputs to try, by method; at least one per method must yield an event. */
export type ManagerSamples<Manager extends EventManager> = {
  readonly [Name in keyof Manager]: readonly Parameters<Manager[Name]>[0][];
};

/** What {@link describeAuditManager} needs to know about a manager. */
export interface AuditManagerContract<Manager extends EventManager> {
  /** Name of the service, for the report. */
  readonly name: string;
  /** The service's part of the event table. */
  readonly events: { readonly [Name in keyof Manager]: EventDefinition };
  readonly createManager: (client: AuditClient, options?: ManagerOptions) => Manager;
  readonly samples: ManagerSamples<Manager>;
}

/** One call of a manager's method. */
export interface SampleCall {
  /** Names the sample in a report. */
  readonly title: string;
  readonly definition: EventDefinition;
  /** Calls the method with the sample. */
  readonly callOn: (client: AuditClient, options?: ManagerOptions) => EmissionOutcome;
  /** Calls the method with an input of which every part throws when it is read. */
  readonly callWithFaultyInputOn: (client: AuditClient) => EmissionOutcome;
  readonly input: unknown;
}

/** Lists every sample with the call it stands for. */
export function listSampleCalls<Manager extends EventManager>(
  contract: AuditManagerContract<Manager>,
): readonly SampleCall[] {
  return Object.entries<readonly unknown[]>(contract.samples).flatMap(([name, inputs]) =>
    inputs.map((input, index) =>
      toSampleCall(contract, { name, input, title: `${name}, sample ${index + 1}` }),
    ),
  );
}

interface NamedInput {
  readonly name: string;
  readonly title: string;
  readonly input: unknown;
}

function toSampleCall<Manager extends EventManager>(
  { events, createManager }: AuditManagerContract<Manager>,
  { name, title, input }: NamedInput,
): SampleCall {
  const definition = Object.entries<EventDefinition>(events).find(([key]) => key === name)?.[1];
  if (definition === undefined) throw new Error(`samples name ${name}, which is no event of the table`);
  const call = (client: AuditClient, given: unknown, options?: ManagerOptions): EmissionOutcome => {
    const method = createManager(client, options)[name];
    if (method === undefined) throw new Error(`the manager has no method ${name}`);
    // ManagerSamples gives every method inputs of its own type; the faulty input is wrong on purpose.
    return method(given as never);
  };
  return {
    title,
    definition,
    input,
    callOn: (client, options) => call(client, input, options),
    callWithFaultyInputOn: (client) => call(client, faultyInput),
  };
}

const faultyInput = new Proxy(
  {},
  {
    get: () => {
      throw new Error('faulty input');
    },
  },
);
