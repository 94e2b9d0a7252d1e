import type { Plugin } from 'vite';

/** Layers of the styles: what a later one says wins over what an earlier one says. */
const statement = '@layer tokens, base, controls, parts, pages;';

/** Says in every style sheet in which order the layers count, since none is certain to come first. */
export function orderLayers(): Plugin {
  return {
    name: 'order-layers',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.css$/ },
      handler: (code) => `${statement}\n${code}`,
    },
  };
}
