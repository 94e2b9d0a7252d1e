import { parser } from '@prometheus-io/lezer-promql';

/** A selector of a PromQL expression. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** What a PromQL expression asks for. */
export interface PromqlQuery {
  readonly selectors: readonly Selector[];
  /** Labels that its operators and aggregations name. */
  readonly grouping: readonly string[];
}

/**
 * Parses PromQL by the grammar of Prometheus itself; what Grafana fills in counts as five minutes.
 * @throws {SyntaxError} naming the place
 */
export function parsePromql(expression: string): PromqlQuery {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const selectors: { metric: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  parser.parse(text).iterate({
    enter(node) {
      const word = text.slice(node.from, node.to);
      if (node.type.isError) throw new SyntaxError(`not PromQL at character ${node.from}: ${text}`);
      if (node.name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      const selector = selectors.at(-1);
      const parent = node.node.parent?.name ?? '';
      if (node.name === 'Identifier' && parent === 'VectorSelector' && selector) selector.metric = word;
      if (node.name === 'LabelName' && parent === 'GroupingLabels') grouping.push(word);
      else if (node.name === 'LabelName') selector?.labels.push(word);
    },
  });
  return { selectors, grouping };
}
