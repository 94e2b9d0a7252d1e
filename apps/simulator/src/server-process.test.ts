import { describe, expect, it } from 'vitest';
import { ServerEndedError, startServerProcess } from './server-process.ts';

const neverEnding = 'setInterval(() => {}, 1000);';

describe('startServerProcess', () => {
  it('gives the address of a server that is ready, and ends it on the signal', async () => {
    const stopping = new AbortController();
    const server = await start(`console.log('{"url":"http://127.0.0.1:1"}'); ${neverEnding}`, stopping);
    expect(server.url).toBe('http://127.0.0.1:1');
    stopping.abort();
    await server.ended;
  });

  it('says what a server that does not start wrote last', async () => {
    const starting = start('for (let i = 1; i <= 30; i += 1) console.error("line", i);');
    await expect(starting).rejects.toThrow(ServerEndedError);
    await expect(starting).rejects.toThrow(/last:\nline 11\n(line \d+\n)+line 30$/);
  });

  it('does not wait for a server that prints something else', async () => {
    await expect(start(`console.log('hello'); ${neverEnding}`)).rejects.toThrow(ServerEndedError);
  });

  it('ends a server that is asked to before it is ready', async () => {
    const stopping = new AbortController();
    const starting = start(neverEnding, stopping);
    stopping.abort();
    await expect(starting).rejects.toThrow(ServerEndedError);
  });
});

function start(program: string, stopping = new AbortController()) {
  return startServerProcess({ mainPath: '--eval', args: [program], signal: stopping.signal });
}
