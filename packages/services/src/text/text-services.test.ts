import type { Session } from '@rserpool/session';
import { describe, expect, it } from 'vitest';
import { type Cluster, createCluster } from '../testing/cluster.fixture.ts';
import { chargenService } from './chargen-service.ts';
import { daytimeService } from './daytime-service.ts';
import { discardService } from './discard-service.ts';
import { echoService } from './echo-service.ts';
import { runTerminal, type TerminalOptions } from './run-terminal.ts';
import { chargenLine } from '../machine/text/chargen-line.ts';
import type { Service } from '../service.ts';

/** A pool of two elements with one service each, and a session with it. */
async function start(service: (cluster: Cluster, number: number) => Service): Promise<{
  cluster: Cluster;
  session: Session;
  run: (options: TerminalOptions) => Promise<{ text: string; messages: number }>;
}> {
  const cluster = await createCluster();
  for (const number of [1, 2]) {
    const element = await cluster.element(number, { poolHandle: 'TextPool' });
    void element.serve(service(cluster, number));
  }
  const user = await cluster.user(1);
  const session = await cluster.settle(user.connect('TextPool', { resend: 'sinceCookie' }));
  const run = async (options: TerminalOptions): Promise<{ text: string; messages: number }> => {
    let text = '';
    const onText = (more: string): void => {
      text += more;
      options.onText?.(more);
    };
    const running = runTerminal(session, { clock: cluster.clock, ...options, onText });
    return { messages: await cluster.settle(running), text };
  };
  return { cluster, session, run };
}

const lines = (...texts: string[]): NonNullable<TerminalOptions['lines']> =>
  async function* () {
    yield* texts;
  };

describe('a terminal', () => {
  it('gets back from the echo service what it sends', async () => {
    const { run, session } = await start(() => echoService());
    expect(await run({ lines: lines('hello', 'wörld') })).toEqual({ text: 'hello\nwörld\n', messages: 2 });
    expect(session.state).toBe('closed');
  });

  it('gets nothing back from the discard service', async () => {
    const { run, cluster } = await start(() => discardService());
    const before = cluster.clock.now();
    expect(await run({ lines: lines('hello'), lingerMs: 500 })).toEqual({ text: '', messages: 0 });
    expect(cluster.clock.now() - before).toBeGreaterThanOrEqual(500);
  });

  it('is told the time by the daytime service, once for each message', async () => {
    const timeOfDay = (): Date => new Date(2026, 10, 21, 7, 56, 38, 809);
    const { run } = await start(() => daytimeService({ timeOfDay }));
    const time = 'Saturday, 21-November-2026 07:56:38.809000\n';
    expect(await run({ greeting: '?', lines: lines('!') })).toEqual({ text: time + time, messages: 2 });
  });

  it('ends after as many messages as it was told to, however many there are', async () => {
    const { run } = await start((cluster, number) => chargenService({ clock: cluster.elementClock(number) }));
    const { text, messages } = await run({ greeting: '', maximumMessages: 500, lingerMs: Infinity });
    expect(messages).toBe(500);
    const expected = Array.from({ length: 500 }, (_, number) =>
      new TextDecoder().decode(chargenLine(number)),
    );
    expect(text).toBe(expected.join(''));
  });

  it('ends when its signal comes', async () => {
    const { run, cluster } = await start((own, number) =>
      chargenService({ clock: own.elementClock(number), intervalMs: 100 }),
    );
    const stop = new AbortController();
    cluster.clock.setTimer(cluster.clock.now() + 1050, () => stop.abort());
    const { messages } = await run({ greeting: '', lingerMs: Infinity, signal: stop.signal });
    expect(messages).toBeGreaterThanOrEqual(9);
    expect(messages).toBeLessThanOrEqual(11);
  });

  it('goes on with the lines of a character generator that is killed', async () => {
    const { run, cluster, session } = await start((own, number) =>
      chargenService({ clock: own.elementClock(number), intervalMs: 10 }),
    );
    const first = session.element?.identifier ?? 0;
    cluster.clock.setTimer(cluster.clock.now() + 1000, () => cluster.kill(first));
    const { text } = await run({ greeting: '', maximumMessages: 200, lingerMs: Infinity });
    expect(session.element?.identifier).not.toBe(first);
    const seen = new Set(text.split('\r\n').slice(0, -1));
    const all = Array.from({ length: 95 }, (_, number) =>
      new TextDecoder().decode(chargenLine(number)).trimEnd(),
    );
    // No line is missing: the next element begins with the one that the last cookie says.
    expect([...seen].map((line) => line.trimEnd()).sort()).toEqual(all.sort());
  });
});
