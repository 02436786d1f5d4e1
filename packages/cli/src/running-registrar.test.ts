import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPoolElement } from '@rserpool/session';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { describe, expect, it } from 'vitest';
import { CapturedOutput } from './testing/captured-output.fixture.ts';
import { main } from './index.ts';

interface Listening {
  readonly identifier: string;
  readonly asap: string;
  readonly poolUsers: string;
  readonly enrp: string;
}

async function withRegistrar(
  use: (listening: Listening, output: CapturedOutput) => Promise<void>,
  more: readonly string[] = [],
): Promise<void> {
  const output = new CapturedOutput();
  const endpoints = ['--asap', '127.0.0.1:0', '--enrp', '127.0.0.1:0', '--pool-users', '127.0.0.1:0'];
  const ended = main(['registrar', '--json', '--verbose', '--profile', 'lan', ...endpoints, ...more], output);
  const line = await Promise.race([output.untilLine(/"type":"listening"/u), ended.then(() => '')]);
  expect(output.notes).toEqual([]);
  await use(JSON.parse(line) as Listening, output);
  output.interrupt();
  expect(await ended).toBe(0);
}

async function run(argv: string[]): Promise<{ code: number; output: CapturedOutput }> {
  const output = new CapturedOutput();
  return { code: await main(argv, output), output };
}

const certificates = fileURLToPath(new URL('../../transport/src/testdata/tls', import.meta.url));

describe('a registrar from the command line with TLS', () => {
  it('serves who has its key, and pool users that trust its certificate, and nobody else', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rserpool-keys-'));
    const keys = join(directory, 'keys.txt');
    await writeFile(keys, `# own\npool:${'ab'.repeat(32)}\nold:${'cd'.repeat(32)}\n`);
    const certificate = ['--tls-certificate', join(certificates, 'registrar.pem')];
    const privateKey = ['--tls-private-key', join(certificates, 'registrar.key')];
    await withRegistrar(
      async (registrar) => {
        const dump = ['dump', '--registrar', registrar.enrp];
        expect(await run([...dump, '--psk-file', keys])).toMatchObject({ code: 0 });
        expect(await run(dump)).toMatchObject({ code: 1 });
        const resolve = ['resolve', 'NoPool', '--tcp', '--registrar', registrar.poolUsers];
        const trusting = await run([...resolve, '--tls-authority', join(certificates, 'authority.pem')]);
        expect(trusting.code).toBe(1);
        expect(trusting.output.notes.join()).toContain('ERR_RSERPOOL_UNKNOWN_POOL_HANDLE');
      },
      ['--psk-file', keys, ...certificate, ...privateKey],
    );
    await rm(directory, { recursive: true });
  });

  it('refuses files that are none, and lines that are no keys', async () => {
    for (const [option, file] of [
      ['--psk-file', 'no-such-file'],
      ['--psk-file', join(certificates, 'README.md')],
    ] as const) {
      const { code, output } = await run(['dump', option, file]);
      expect(code).toBe(2);
      expect(output.notes.join()).toContain('allowed');
    }
  });
});

describe('a registrar from the command line', () => {
  it('serves elements and is asked by resolve and dump, over framed and over plain TCP', async () => {
    await withRegistrar(async (registrar, events) => {
      await using element = await createPoolElement({
        transport: createSctpTransport({ encapsulationPort: 'sctp-port' }),
        poolHandle: 'EchoPool',
        policy: { type: 'weightedRandom', weight: 5 },
        registrars: [registrar.asap],
        identifier: 0xabcd,
        profile: 'lan',
      });
      await element.registered();
      await events.untilLine(/elementRegistered.*0x0000abcd/u);

      for (const over of [
        ['--registrar', registrar.asap],
        ['--registrar', registrar.poolUsers, '--tcp'],
      ]) {
        const { code, output } = await run(['resolve', 'EchoPool', '--json', ...over]);
        expect(output.notes).toEqual([]);
        expect(code).toBe(0);
        expect(JSON.parse(output.lines[0] ?? '')).toMatchObject({
          poolHandle: 'EchoPool',
          policy: { type: 'weightedRandom' },
          elements: [
            {
              identifier: '0x0000abcd',
              homeRegistrar: registrar.identifier,
              protocol: 'sctp',
              addresses: ['127.0.0.1'],
              port: element.port,
            },
          ],
        });
      }

      const dump = await run(['dump', '--registrar', registrar.enrp]);
      expect(dump.code).toBe(0);
      expect(dump.output.lines).toEqual([
        `registrar ${registrar.identifier}: 1 pool, 1 element, 0 peers`,
        '',
        'REGISTRAR   STATE  OWNS  CHECKSUM  ENRP',
        expect.stringMatching(`^${registrar.identifier}  asked     1  0x[0-9a-f]{4}    as asked$`),
        '',
        'pool EchoPool: policy weightedRandom, 1 element',
        expect.stringMatching(/^ {2}ELEMENT +HOME +LIFE +POLICY +USER TRANSPORT +ASAP TRANSPORT$/u),
        expect.stringMatching(
          `^  0x0000abcd  ${registrar.identifier}  120 s  weightedRandom weight=5  ` +
            `sctp.control 127.0.0.1 port ${element.port}  sctp 127.0.0.1 port ${element.port}$`,
        ),
      ]);
      for (const [more, lines] of [
        [['--own', '--pool', 'EchoPool'], 8],
        [['--pool', 'OtherPool'], 4],
      ] as const) {
        const some = await run(['dump', '--registrar', registrar.enrp, ...more]);
        expect(some.output.lines).toHaveLength(lines);
      }
      const json = await run(['dump', '--json', '--registrar', registrar.enrp]);
      expect(JSON.parse(json.output.lines[0] ?? '')).toMatchObject({
        registrar: registrar.identifier,
        ownElements: 1,
        pools: [{ poolHandle: 'EchoPool', elements: [{ identifier: '0x0000abcd' }] }],
      });
    });
  });

  it('has the rules and limits that it is given', async () => {
    await withRegistrar(
      async (registrar) => {
        await using element = await createPoolElement({
          transport: createSctpTransport({ encapsulationPort: 'sctp-port' }),
          poolHandle: 'EchoPool',
          registrars: [registrar.asap],
          profile: 'lan',
        });
        await expect(element.registered()).rejects.toMatchObject({
          code: 'ERR_RSERPOOL_REGISTRATION_REJECTED',
        });
      },
      ['--max-pool-handle-bytes', '7'],
    );
  });

  it('says which of them it cannot have, with exit code 2', async () => {
    const endpoints = ['--asap', '127.0.0.1:0', '--enrp', '127.0.0.1:0'];
    const { code, output } = await run(['registrar', ...endpoints, '--enrp-group']);
    expect(code).toBe(2);
    expect(output.notes).toEqual([expect.stringContaining('enrpGroup names no group')]);
  });

  it('explains itself: options with units, defaults and the names of the reference, signals, examples', async () => {
    const { code, output } = await run(['registrar', '--help']);
    expect(code).toBe(0);
    const help = output.lines.join('\n').replaceAll(/\s+/gu, ' ');
    expect(help).toContain(
      '--max-time-last-heard <ms> MAX-TIME-LAST-HEARD: after how long a silence a peer is probed ' +
        '(RFC 5353 section 4.2; an integer from 1 to 86400000; default 61000, lan 750, wan 7000, rsplib 5000) ' +
        '[rspregistrar -peermaxtimelastheard]',
    );
    for (const part of ['Signals:', 'Exit status:', 'Environment:', 'Examples:'])
      expect(help).toContain(part);
    expect(output.lines.filter((line) => line.length > 125)).toEqual([]);
  });

  it('tells of each change of a pool, until it is interrupted', async () => {
    await withRegistrar(async (registrar) => {
      const output = new CapturedOutput();
      const over = ['--registrar', registrar.poolUsers, '--tcp'];
      const ended = main(['watch', 'EchoPool', '--json', ...over], output);
      await output.untilLine(/"elements":\[\]/u);
      await using element = await createPoolElement({
        transport: createSctpTransport({ encapsulationPort: 'sctp-port' }),
        poolHandle: 'EchoPool',
        registrars: [registrar.asap],
        identifier: 0xabcd,
        profile: 'lan',
      });
      await element.registered();
      const line = await output.untilLine(/0x0000abcd/u);
      expect(JSON.parse(line)).toMatchObject({
        time: expect.any(String),
        poolHandle: 'EchoPool',
        policy: { type: 'roundRobin' },
        elements: [{ identifier: '0x0000abcd', homeRegistrar: registrar.identifier }],
      });
      const seen = output.lines.length;
      await element.close();
      await output.untilLine(/"elements":\[\]/u, seen);
      output.interrupt();
      expect(await ended).toBe(0);
      expect(output.notes).toEqual([]);
      const failing = await run(['watch', 'EchoPool', '--until-unknown', ...over]);
      expect(failing.code).toBe(1);
      expect(failing.output.notes).toEqual([expect.stringContaining('ERR_RSERPOOL_UNKNOWN_POOL_HANDLE')]);
    });
  });

  it('does not dial whoever took a dump of it', async () => {
    await withRegistrar(async (registrar, events) => {
      expect((await run(['dump', '--registrar', registrar.enrp])).code).toBe(0);
      await events.untilLine(/"type":"peerRemoved"/u);
      expect(events.lines.filter((line) => line.includes('"type":"association'))).toEqual([]);
    });
  });

  it('says that a pool is unknown, with exit code 1', async () => {
    await withRegistrar(async (registrar) => {
      const { code, output } = await run(['resolve', 'NoPool', '--registrar', registrar.asap]);
      expect(code).toBe(1);
      expect(output.notes).toEqual([expect.stringContaining('ERR_RSERPOOL_UNKNOWN_POOL_HANDLE')]);
    });
  });

  it('says that its port is taken, with exit code 2', async () => {
    await withRegistrar(async (registrar) => {
      const { code, output } = await run(['registrar', '--asap', registrar.asap, '--enrp', '127.0.0.1:0']);
      expect(code).toBe(2);
      expect(output.notes).toEqual([expect.stringContaining('ERR_RSERPOOL_ADDRESS_IN_USE')]);
    });
  });
});

describe('an interrupted question', () => {
  it('ends with one line and exit code 1', async () => {
    const output = new CapturedOutput();
    // Nobody answers in this network (RFC 5737).
    const ended = main(['resolve', 'Pool', '--profile', 'rfc', '--registrar', '192.0.2.1'], output);
    output.interrupt();
    expect(await ended).toBe(1);
    expect(output.notes).toEqual(['error: interrupted']);
  });
});

describe('asking where no registrar is', () => {
  it('ends with exit code 1 and says what to check', async () => {
    // tcpmux: reserved, and nobody has served it for decades.
    const { code, output } = await run(['dump', '--registrar', '127.0.0.1:1']);
    expect(code).toBe(1);
    expect(output.notes).toEqual([expect.stringMatching(/ERR_RSERPOOL_NO_REGISTRAR.*check that it runs/u)]);
  });
});
