import { startAuditServer } from '@audit/environments';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from './find-chromium.ts';
import { playRemediations } from './play-remediations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built server, on the embedded database, with remediations of the simulator in its log. */
    readonly serverUrl: string;
    /** Where the running browser is spoken to. */
    readonly browserUrl: string;
  }
}

const flags = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is not of this machine, for what browsers withhold from pages without HTTPS.
  '--host-resolver-rules=MAP console.test 127.0.0.1',
];

/** Starts a server with data and a browser for all tests, and ends both. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  const server = await startAuditServer({ program: 'build' });
  const browser = await chromium.launchServer({
    executablePath,
    args: flags,
    chromiumSandbox: process.getuid?.() !== 0,
  });
  await playRemediations(server.url);
  provide('serverUrl', server.url);
  provide('browserUrl', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.stop();
  };
}
