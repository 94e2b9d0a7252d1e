import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { describeEvents } from './describe-events.ts';
import { contractUrl, readContract, readExample } from './read-contract.ts';

interface Module {
  readonly name: string;
  readonly read: () => unknown;
}

const modules: Readonly<Record<string, Module>> = {
  'virtual:event-reference': { name: 'reference', read: () => describeEvents(readContract()) },
  'virtual:event-examples': { name: 'examples', read: readExamples },
};

/** Gives the catalogue what the contract says of events, as two modules: the reference, and the examples, which are longer. */
export function eventReference(): Plugin {
  return {
    name: 'event-reference',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load(id) {
      const module = modules[id.slice(1)];
      if (!id.startsWith('\0') || module === undefined) return undefined;
      this.addWatchFile(fileURLToPath(contractUrl));
      // Browsers parse a text as JSON faster than the same as a program.
      const text = JSON.stringify(JSON.stringify(module.read()));
      return `export const ${module.name} = JSON.parse(${text});`;
    },
  };
}

function readExamples(): Readonly<Record<string, string>> {
  const { events } = describeEvents(readContract());
  return Object.fromEntries(events.map(({ type }) => [type, readExample(type)]));
}
