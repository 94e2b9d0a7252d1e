import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { eventReference } from './build/event-reference.ts';
import { orderLayers } from './build/order-layers.ts';
import { precompress } from './build/precompress.ts';

export default defineConfig({
  plugins: [react(), eventReference(), orderLayers(), precompress()],
  // While pages are worked on, they come from here and their data from a server.
  server: { proxy: { '^/(api|tile|checkpoint|readyz|healthz|openapi.json)': 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    // Assets as data: URLs would be outside the server's caching, and fonts or scripts among them outside its policy.
    assetsInlineLimit: 0,
    // All styles together are smaller than one page's script.
    cssCodeSplit: false,
    // What this would add to older browsers is an inline script, which the policy forbids.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What several pages need is one file: a browser fetches six at once, and each further one waits for the network again.
        codeSplitting: {
          groups: [{ name: 'shared', minShareCount: 2, test: (id) => !id.includes('virtual:') }],
        },
      },
    },
  },
});
