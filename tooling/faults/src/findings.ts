const examplesMax = 5;

/** What was found wrong, by kind, with the first examples of each. */
export class Findings {
  readonly #byKind = new Map<string, { count: number; examples: string[] }>();

  add(kind: string, example: string): void {
    const finding = this.#byKind.get(kind) ?? { count: 0, examples: [] };
    finding.count += 1;
    if (finding.examples.length < examplesMax) finding.examples.push(example);
    this.#byKind.set(kind, finding);
  }

  /** How often a kind was found. */
  count(kind: string): number {
    return this.#byKind.get(kind)?.count ?? 0;
  }

  /** One line for each kind. */
  lines(): string[] {
    return [...this.#byKind].map(
      ([kind, { count, examples }]) =>
        `${kind}: ${count}, first ${examples.join(', ')}${count > examples.length ? ', …' : ''}`,
    );
  }
}
