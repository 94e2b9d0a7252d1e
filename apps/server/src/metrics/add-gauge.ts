import { Gauge, type Registry } from 'prom-client';

/** A figure that is read when the metrics are. */
export interface GaugeDescription {
  readonly name: string;
  readonly help: string;
  /** Undefined while there is nothing to show: then there is no sample. */
  readonly read: () => number | undefined;
}

/** The same figure of several things. */
export interface GaugesDescription {
  readonly name: string;
  readonly help: string;
  /** What tells the things apart. */
  readonly label: string;
  /** Value of the label and the figure. */
  readonly read: () => Iterable<readonly [string, number | undefined]>;
}

/** Adds a figure to a registry. */
export function addGauge(registry: Registry, { name, help, read }: GaugeDescription): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      const value = read();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

/** Adds a figure of several things to a registry. */
export function addGauges(registry: Registry, { name, help, label, read }: GaugesDescription): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [of, value] of read()) if (value !== undefined) this.set({ [label]: of }, value);
    },
  });
}
