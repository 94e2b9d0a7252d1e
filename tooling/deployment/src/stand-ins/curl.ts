// Does what the page asks of curl, on machines without it; its flags are those of the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    'show-error': { type: 'boolean', short: 'S' },
    retry: { type: 'string', default: '0' },
    'retry-connrefused': { type: 'boolean' },
    'retry-delay': { type: 'string' },
    cacert: { type: 'string', default: '' },
    output: { type: 'string', short: 'o', default: '' },
    'write-out': { type: 'string', short: 'w', default: '' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
  },
});

const headers = Object.fromEntries(
  values.header.map((header) => [
    header.slice(0, header.indexOf(':')),
    header.slice(header.indexOf(':') + 2),
  ]),
);
const body = values.data === undefined ? undefined : readFileSync(values.data.slice(1));

function ask(): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      ca: readFileSync(values.cacert),
      headers,
      method: body === undefined ? 'GET' : 'POST',
    };
    const asked = request(positionals[0] ?? '', options, async (response) => {
      writeFileSync(values.output, Buffer.concat(await response.toArray()));
      resolve(response.statusCode ?? 0);
    });
    asked.once('error', reject).end(body);
  });
}

async function askUntilThere(triesLeft: number): Promise<number> {
  try {
    return await ask();
  } catch (error) {
    if (triesLeft === 0) throw error;
    await delay(100);
    return askUntilThere(triesLeft - 1);
  }
}

const status = await askUntilThere(10 * Number(values.retry));
process.stdout.write(values['write-out'].replace('%{http_code}', String(status)).replace('\\n', '\n'));
