import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CapturedOutput } from './testing/captured-output.fixture.ts';
import { main } from './index.ts';

const registration =
  '010000380009000c4563686f506f6f6c000a002866daf0a20000000000015f9000040010bbbb0001000100080a6300150008000800000001';
const presence = '0101000c11223344000000ff';

async function run(argv: string[], input = ''): Promise<{ code: number; output: CapturedOutput }> {
  const output = new CapturedOutput(input);
  return { code: await main(argv, output), output };
}

describe('rserpool decode', () => {
  it('prints a message as a tree', async () => {
    const { code, output } = await run(['decode', '--protocol', 'asap', registration]);
    expect(code).toBe(0);
    expect(output.lines).toEqual([
      'ASAP_REGISTRATION',
      '  poolHandle: EchoPool',
      '  poolElement:',
      '    identifier: 0x66daf0a2',
      '    homeRegistrar: 0x00000000',
      '    registrationLife: 90000',
      '    userTransport:',
      '      protocol: sctp',
      '      port: 48059',
      '      transportUse: 1',
      '      addresses: 10.99.0.21',
      '    policy:',
      '      type: roundRobin',
    ]);
  });

  it('prints a message as one JSON object with what encoding it gives', async () => {
    const { code, output } = await run(['decode', '--protocol', 'enrp', '--json', presence]);
    expect(code).toBe(0);
    expect(output.lines).toHaveLength(1);
    expect(JSON.parse(output.lines[0] ?? '')).toEqual({
      ok: true,
      message: {
        type: 'ENRP_PRESENCE',
        replyRequired: true,
        senderIdentifier: 0x11223344,
        receiverIdentifier: 0xff,
      },
      reencoded: presence,
    });
  });

  it('reads one message a line from standard input and goes on behind one that is none', async () => {
    const lines = [registration, '', '01', 'zz', presence.toUpperCase(), '7f000004'];
    const { code, output } = await run(['decode', '-p', 'asap', '--json'], `${lines.join('\r\n')}\n`);
    expect(code).toBe(0);
    const results = output.lines.map((line) => JSON.parse(line) as { ok: boolean; error?: object });
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false, false, false]);
    expect(results.map(({ error }) => error)).toMatchObject(
      [
        {},
        { code: 'truncated', offset: 0, action: 'discard' },
        { code: 'not-hexadecimal' },
        { action: 'report' },
        { code: 'unknown-message', type: 0x7f, action: 'report' },
      ].map((error, index) => (index === 0 ? undefined : error)),
    );
  });

  it('fails without --json where the message is none, and says what RFC 5354 wants done', async () => {
    const { code, output } = await run(['decode', '-p', 'asap', '7f000004']);
    expect(code).toBe(1);
    expect(output.lines[0]).toMatch(/^no message: .*unknown-message.*RFC 5354: report/u);
  });

  it('ends where it is interrupted while it waits for input', async () => {
    const output = new CapturedOutput(new PassThrough());
    const ended = main(['decode', '-p', 'asap', '--json'], output);
    output.interrupt();
    expect(await ended).toBe(1);
    expect(output.notes).toEqual(['error: interrupted']);
  });

  it('takes digits with spaces and colons between them', async () => {
    const { output } = await run(['decode', '-p', 'enrp', '05 00:00 0c 00000001 00000000']);
    expect(output.lines[0]).toBe('ENRP_LIST_REQUEST');
  });

  it('prints what has to be reported about a message that was decoded', async () => {
    // The type of the unknown parameter begins with 11: skip it and report it.
    const { output } = await run([
      'decode',
      '-p',
      'asap',
      '--json',
      '0b00001000 0d 0008 01020304 c1230004'.replace(/ /gu, ''),
    ]);
    const result = JSON.parse(output.lines[0] ?? '') as { reports?: object };
    expect(result.reports).toEqual([{ code: 1, information: 'c1230004' }]);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['decode', '00'], /--protocol.*allowed is rserpool decode \[hex\] with -p, --protocol asap\|enrp/u],
    [['decode', '-p', 'tcp', '00'], /Allowed choices are asap, enrp/u],
    [['registrar', '--asap', 'nowhere'], /Allowed is ADDRESS:PORT/u],
    [['registrar', '--profile', 'moon'], /Allowed choices are rfc, lan, wan, rsplib/u],
    [['registrar', '--identifier', '0'], /allowed is 1 to 0xffffffff/u],
    [['resolve'], /missing required argument.*allowed is rserpool resolve <pool> with/u],
    [['resolve', 'A', 'B'], /too many arguments.*; allowed is rserpool resolve <pool> with/u],
    [['resolve', 'Pool', '--items', 'all'], /allowed is 1 to 99999/u],
    [['dump', '--registrar', '127.0.0.1:99999'], /port from 1 to 65535/u],
    [['dump', '--registrar', '127.0.0.1:0'], /port from 1 to 65535/u],
    [['dump', '--registrar'], /argument missing; allowed is/u],
    [['dump', '--colour'], /unknown option '--colour'; allowed is rserpool dump with --registrar/u],
    [['dumb'], /unknown command 'dumb' \(Did you mean dump\?\); allowed is rserpool with/u],
    [
      ['conquer'],
      /unknown command 'conquer'; allowed is rserpool with registrar, resolve, watch, dump, monitor, decode/u,
    ],
    [[], /a command is missing; allowed is rserpool with registrar/u],
  ])('gets one clear line and exit code 2: %j', async (argv, message) => {
    const { code, output } = await run(argv);
    expect(code).toBe(2);
    expect(output.notes).toHaveLength(1);
    expect(output.notes[0]).toMatch(message);
    expect(output.notes[0]).not.toContain('\n');
    expect(output.lines).toEqual([]);
  });

  it('is not asking for the version', async () => {
    const { code, output } = await run(['--version']);
    expect(code).toBe(0);
    expect(output.lines).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/u)]);
  });

  it('is not asking for help', async () => {
    const { code, output } = await run(['--help']);
    expect(code).toBe(0);
    expect(output.lines.join('\n')).toContain('rserpool [options] [command]');
  });
});
