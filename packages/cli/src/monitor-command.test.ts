import { encodeReport } from '@rserpool/component-status';
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from './index.ts';
import { CapturedOutput } from './testing/captured-output.fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function startMonitor(...more: string[]): Promise<{
  output: CapturedOutput;
  ended: Promise<number>;
  server: string;
}> {
  const output = new CapturedOutput();
  const ended = main(['monitor', '--listen', '127.0.0.1:0', '--json', ...more], output);
  const line = await Promise.race([output.untilLine(/"listening"/u), ended.then(() => '{}')]);
  const { port } = JSON.parse(line) as { port: number };
  return { output, ended, server: `127.0.0.1:${port}` };
}

const registrar = ['registrar', '--asap', '127.0.0.1:0', '--enrp', '127.0.0.1:0', '--identifier', '0x1234'];

describe('rserpool monitor', () => {
  it('shows a registrar that reports to it, and that it ends', async () => {
    const { output, ended, server } = await startMonitor();
    const running = new CapturedOutput();
    const status = ['--status-server', server, '--status-interval', '250'];
    const registrarEnded = main([...registrar, ...status], running);
    const line = await output.untilLine(/"reported"/u);
    expect(JSON.parse(line)).toMatchObject({
      kind: 'registrar',
      identifier: '0x00001234',
      reportIntervalMs: 250,
      status: '0[0] PEs in 0 Pools, 0 Peers',
      workload: null,
    });
    running.interrupt();
    expect(await registrarEnded).toBe(0);
    await output.untilLine(/"type":"ended"/u);
    output.interrupt();
    expect(await ended).toBe(0);
    expect([...output.notes, ...running.notes]).toEqual([]);
  });

  it('is found by the environment variables of the reference implementation, too', async () => {
    const { output, ended, server } = await startMonitor();
    vi.stubEnv('CSP_SERVER', server);
    vi.stubEnv('CSP_INTERVAL', '1234');
    const running = new CapturedOutput();
    const registrarEnded = main(registrar, running);
    expect(JSON.parse(await output.untilLine(/"reported"/u))).toMatchObject({ reportIntervalMs: 1_234 });
    running.interrupt();
    expect(await registrarEnded).toBe(0);
    output.interrupt();
    await ended;
  });

  it('shows the wanted kinds only', async () => {
    const { output, ended, server } = await startMonitor('--only', 'user');
    const socket = createSocket('udp4');
    const [address = '', port] = server.split(':');
    for (const group of [1, 2, 3]) {
      const report = {
        sender: { group, object: 7n },
        isFinal: false,
        uptimeMs: 0,
        reportIntervalMs: 1_000,
        location: '',
        status: '',
        workload: undefined,
        associations: [],
      };
      socket.send(encodeReport(report), Number(port), address);
    }
    await output.untilLine(/"kind":"pool user"/u);
    expect(output.lines).toHaveLength(2);
    socket.close();
    output.interrupt();
    expect(await ended).toBe(0);
  });

  it('draws a table on a terminal, the last time when it ends', async () => {
    const pictures: (readonly string[])[] = [];
    const output: CapturedOutput = Object.assign(new CapturedOutput(), {
      terminal: {
        draw: (lines: readonly string[]) => {
          pictures.push(lines);
          output.interrupt();
        },
      },
    });
    const ended = main(['monitor', '--listen', '127.0.0.1:0'], output);
    expect(await ended).toBe(0);
    expect(pictures.at(-1)).toEqual([
      expect.stringMatching(/^Status of components, received at 127\.0\.0\.1 port \d+: 0 components/u),
      '',
      'KIND  IDENTIFIER  STATE  UPTIME  LOAD  ASSOC  LOCATION  STATUS',
    ]);
    expect(output.lines).toEqual([]);
  });

  it.each([
    ['an interval that is too short', ['registrar', '--status-interval', '249'], /from 250 to 4294967/u],
    ['a server that is none', ['watch', 'P', '--status-server', 'nowhere'], /Allowed is ADDRESS/u],
    ['a kind that there is not', ['monitor', '--only', 'planet'], /registrar, element, user/u],
  ])('refuses %s', async (_, argv, message) => {
    const output = new CapturedOutput();
    expect(await main(argv, output)).toBe(2);
    expect(output.notes.join()).toMatch(message);
  });
});
