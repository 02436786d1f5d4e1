import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CapturedOutput } from './testing/captured-output.fixture.ts';
import { main } from './index.ts';

interface Running {
  readonly output: CapturedOutput;
  readonly ended: Promise<number>;
}

interface Printed {
  readonly type: string;
  readonly [name: string]: unknown;
}

function start(argv: readonly string[], input = ''): Running {
  const output = new CapturedOutput(input);
  return { output, ended: main(argv, output) };
}

const events = ({ lines }: CapturedOutput): Printed[] => lines.map((line) => JSON.parse(line) as Printed);

let registrar: Running;
let asap = '';

beforeAll(async () => {
  registrar = start([
    ...['registrar', '--json', '--profile', 'lan'],
    ...['--asap', '127.0.0.1:0', '--enrp', '127.0.0.1:0'],
  ]);
  const line = await registrar.output.untilLine(/"type":"listening"/u);
  asap = (JSON.parse(line) as { asap: string }).asap;
});

afterAll(async () => {
  registrar.output.interrupt();
  await registrar.ended;
});

/** Elements of a service, registered in a pool of their own. */
async function elements(pool: string, ...options: readonly (readonly string[])[]): Promise<Running[]> {
  const running = options.map((more) =>
    start([
      ...['pe', '--json', '--registrar', asap, '--listen', '127.0.0.1:0', '--pool-handle', pool],
      ...more,
    ]),
  );
  for (const { output } of running) await output.untilLine(/"type":"registered"/u);
  return running;
}

async function end(running: readonly Running[]): Promise<void> {
  for (const { output } of running) output.interrupt();
  expect(await Promise.all(running.map(async ({ ended }) => await ended))).toEqual(running.map(() => 0));
}

async function client(
  pool: string,
  argv: readonly string[],
  input = '',
): Promise<{ code: number; printed: Printed[]; notes: string[] }> {
  const { output, ended } = start(
    ['pu', ...argv, '--json', '--registrar', asap, '--pool-handle', pool],
    input,
  );
  const code = await ended;
  return { code, printed: events(output), notes: output.notes };
}

describe('services and clients from the command line', () => {
  it('echo: a line comes back', async () => {
    const running = await elements('Echo', ['--service', 'echo']);
    const { code, printed } = await client(
      'Echo',
      ['terminal', '--messages', '1', '--linger', '30000'],
      'hello\n',
    );
    expect(code).toBe(0);
    expect(printed).toContainEqual(expect.objectContaining({ type: 'message', text: 'hello\n' }));
    await end(running);
    expect(events(running[0]?.output ?? new CapturedOutput()).map(({ type }) => type)).toEqual([
      'listening',
      'registered',
      'sessionStarted',
      'sessionEnded',
      'ended',
    ]);
  });

  it('pingpong: no reply number comes twice, though elements fail', async () => {
    const service = ['--service', 'pingpong', '--failure-after', '5'];
    const running = await elements('PingPong', service, service);
    const options = ['--count', '12', '--interval', '20', '--reply-timeout', '30000'];
    const { printed } = await client('PingPong', ['pingpong', ...options]);
    const summary = printed.at(-1);
    expect(summary).toMatchObject({ type: 'summary', sent: 12, replyNumbersRepeated: 0 });
    expect(printed.filter(({ type }) => type === 'failover').length).toBeGreaterThanOrEqual(2);
    await end(running);
  });

  it('calcapp: a job goes on at another element when its own ends', async () => {
    const service = ['--service', 'calcapp', '--policy', 'leastUsed', '--capacity', '1000'];
    const running = await elements('CalcApp', service, service);
    const clientOutput = start([
      ...['pu', 'calcapp', '--json', '--registrar', asap, '--pool-handle', 'CalcApp'],
      ...['--jobs', '1', '--job-size', '3000', '--constant'],
    ]);
    await clientOutput.output.untilLine(/"type":"accepted"/u);
    const [first] = running.filter(({ output }) => events(output).some(({ type }) => type === 'jobAccepted'));
    await end(first === undefined ? [] : [first]);
    expect(await clientOutput.ended).toBe(0);
    const printed = events(clientOutput.output);
    expect(printed).toContainEqual(expect.objectContaining({ type: 'failover', withCookie: true }));
    expect(printed.at(-1)).toMatchObject({ type: 'summary', completed: 1, failed: 0, calculations: 3000 });
    await end(running.filter((element) => element !== first));
  });

  it('fractal: the picture is the one that is computed here, and is written', async () => {
    const running = await elements(
      'Fractal',
      ['--service', 'fractal', '--failure-after', '3'],
      ['--service', 'fractal'],
    );
    const directory = await mkdtemp(join(tmpdir(), 'rserpool-fractal-'));
    const file = join(directory, 'picture.png');
    const size = ['--width', '60', '--height', '40', '--iterations', '60'];
    const { code, printed } = await client('Fractal', ['fractal', ...size, '--check', '--output', file]);
    expect(code).toBe(0);
    expect(printed.at(-1)).toMatchObject({ type: 'picture', rows: 40, identical: true, file });
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
    await rm(directory, { recursive: true });
    await end(running);
  });

  it('an element ends by itself behind its runtime', async () => {
    const options = ['--registrar', asap, '--listen', '127.0.0.1:0', '--runtime', '1'];
    const { ended, output } = start(['pe', '--service', 'discard', ...options]);
    expect(await ended).toBe(0);
    expect(output.lines.at(-1)).toMatch(/ ended$/u);
  });

  it('a rejected element says why and fails', async () => {
    const running = await elements('Mixed', ['--service', 'echo', '--policy', 'roundRobin']);
    const rejected = start([
      ...['pe', '--service', 'echo', '--policy', 'random', '--pool-handle', 'Mixed'],
      ...['--registrar', asap, '--listen', '127.0.0.1:0'],
    ]);
    expect(await rejected.ended).toBe(1);
    expect(rejected.output.notes.join()).toMatch(/ERR_RSERPOOL_REGISTRATION_REJECTED.*policy/iu);
    await end(running);
  });

  it('a client that is interrupted while it looks for an element ends', async () => {
    const { output, ended } = start(['pu', 'pingpong', '--registrar', asap, '--pool-handle', 'Nobody']);
    output.interrupt();
    expect(await ended).toBe(1);
    expect(output.notes).toEqual(['error: interrupted']);
  });
});

describe('a wrong command line of a service', () => {
  it.each([
    [['pe'], /--service.*allowed is rserpool pe with/u],
    [
      ['pe', '--service', 'gopher'],
      /Allowed choices are echo, discard, daytime, chargen, pingpong, calcapp, fractal/u,
    ],
    [['pe', '--service', 'echo', '--maximum-sessions', '0'], /allowed is an integer from 1 to 1000000/u],
    [['pu'], /allowed is .*pu with terminal, pingpong, calcapp, fractal/u],
    [['pu', 'pingpong', '--count', 'all'], /allowed is an integer of 1 or more/u],
    [['pu', 'telnet'], /unknown command 'telnet'/u],
  ])('gets one clear line and exit code 2: %j', async (argv, message) => {
    const { output, ended } = start(argv);
    expect(await ended).toBe(2);
    expect(output.notes).toHaveLength(1);
    expect(output.notes[0]).toMatch(message);
  });

  it('each option of elements and clients is explained', async () => {
    for (const command of ['pe', 'pu terminal', 'pu pingpong', 'pu calcapp', 'pu fractal']) {
      const { output, ended } = start([...command.split(' '), '--help']);
      expect(await ended).toBe(0);
      expect(output.lines.join('\n')).toContain('Examples:');
      const isOption = (line: string): boolean => /^ {2}-/u.test(line);
      const unexplained = output.lines.filter(
        (line, index) => isOption(line) && !/^ {6}\S/u.test(output.lines[index + 1] ?? ''),
      );
      expect(output.lines.some(isOption)).toBe(true);
      expect(unexplained).toEqual([]);
    }
  });
});
