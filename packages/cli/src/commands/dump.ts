import { asapRegistrarTimingProfiles, type AsapTimingProfileName } from '@rserpool/asap';
import { bytesEqual, enrpPort, poolHandleFromText, type RemoteEndpoint } from '@rserpool/wire';
import { type Command, Option } from 'commander';
import { dumpToPlain } from '../dump/dump-to-plain.ts';
import { formatDump } from '../dump/format-dump.ts';
import { type HandlespaceDump, readHandlespace } from '../dump/read-handlespace.ts';
import { addLocal, type LocalCommandOptions, localAddressesFor } from '../options/local-addresses.ts';
import { numberIn } from '../options/number.ts';
import { endpointForms, remoteEndpoint } from '../options/remote-endpoint.ts';
import { addPreSharedKeys } from '../options/security.ts';
import { addTransport, type TransportCommandOptions, transportOf } from '../options/transport.ts';
import type { Output } from '../output.ts';

interface DumpCommandOptions extends TransportCommandOptions, LocalCommandOptions {
  readonly registrar: RemoteEndpoint;
  readonly pool?: readonly string[];
  readonly own?: true;
  readonly timeout: number;
  readonly profile: AsapTimingProfileName;
  readonly json?: true;
}

const help = `
Output:
  A line for each registrar: how many elements it owns, and their checksum as it is in its presences (RFC 5353 section
  3.6.2). Then each pool with its elements: home registrar, registration life, policy with its values, where users reach it,
  and where its registrar does. Any registrar answers, as to a peer that starts.

Exit status:
  0   the handlespace is printed
  1   nobody answers
  2   wrong command line

Examples:
  rserpool dump --registrar 192.0.2.1 --carrier kernel
  rserpool dump --registrar 192.0.2.1 --own --pool EchoPool --json
  rserpool dump --registrar 192.0.2.1 --profile rsplib --carrier raw
      of rspregistrar, whose registration lives are milliseconds
`;

/**
 * Adds the command `dump`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal gives up.
 */
export function addDump(program: Command, output: Output): void {
  const command = program
    .command('dump')
    .description('print the handlespace and the peers of a running registrar, asked over ENRP [hsdump]')
    .addOption(
      new Option('--registrar <endpoint>', `its ENRP endpoint: ${endpointForms}`)
        .argParser(remoteEndpoint(enrpPort))
        .default(remoteEndpoint(enrpPort)('127.0.0.1'), `127.0.0.1:${enrpPort}`),
    )
    .option('--pool <handle...>', 'print these pools only')
    .option('--own', 'print only the elements that the registrar is the home registrar of')
    .addOption(
      new Option('--timeout <ms>', 'how long an association or an answer may take')
        .argParser(numberIn({ least: 1, largest: 600_000 }))
        .default(5_000),
    )
    .addOption(
      new Option(
        '--profile <name>',
        'the profile of the registrar: rsplib for rspregistrar, which tells peers alone and counts lives in milliseconds',
      )
        .choices(Object.keys(asapRegistrarTimingProfiles))
        .default('rfc'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', help);
  addPreSharedKeys(
    addTransport(addLocal(command, 'those that the routes to the registrar lead from')),
  ).action(async (options: DumpCommandOptions) => {
    const { registrar, timeout: timeoutMs } = options;
    const dump = await readHandlespace(registrar, {
      transport: transportOf(options),
      addresses: await localAddressesFor(options, [registrar]),
      timeoutMs,
      isDialable: options.profile === 'rsplib',
      signal: output.signal,
    });
    const shown = selected(dump, options);
    const { registrationLifeUnit } = asapRegistrarTimingProfiles[options.profile];
    output.line(
      options.json === true ? JSON.stringify(dumpToPlain(shown)) : formatDump(shown, registrationLifeUnit),
    );
  });
}

/** What the options leave; pools without elements are left out. */
function selected(dump: HandlespaceDump, { own, pool }: DumpCommandOptions): HandlespaceDump {
  const wanted = pool?.map((handle) => poolHandleFromText(handle));
  const pools = dump.pools
    .filter(({ poolHandle }) => wanted?.some((handle) => bytesEqual(handle, poolHandle)) ?? true)
    .map((each) => ({
      ...each,
      poolElements: each.poolElements.filter(
        ({ homeRegistrar }) => own !== true || homeRegistrar === dump.registrar,
      ),
    }))
    .filter(({ poolElements }) => poolElements.length > 0);
  return { ...dump, pools };
}
