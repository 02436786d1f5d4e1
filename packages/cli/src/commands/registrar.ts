import { reportRegistrarStatus } from '@rserpool/component-status';
import { createRegistrar, type Registrar } from '@rserpool/registrar';
import { formatRemoteEndpoint } from '@rserpool/wire';
import type { Command } from 'commander';
import { formatIdentifier } from '../options/identifier.ts';
import { statusReporting } from '../options/status.ts';
import { type Output, untilInterrupted } from '../output.ts';
import { describeRegistrarEvent, isNoteworthy } from '../registrar/describe-registrar-event.ts';
import {
  addRegistrarOptions,
  type RegistrarCommandOptions,
  registrarOptionsOf,
} from '../registrar/registrar-command-options.ts';
import { registrarEventToPlain } from '../registrar/registrar-event-to-plain.ts';
import { registrarHelp } from '../registrar/registrar-help.ts';

/**
 * Adds the command `registrar`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the registrar.
 */
export function addRegistrar(program: Command, output: Output): void {
  const command = program.command('registrar').description('run a registrar until it is interrupted');
  addRegistrarOptions(command)
    .addHelpText('after', registrarHelp)
    .action(async (options: RegistrarCommandOptions) => runRegistrar(options, output));
}

async function runRegistrar(options: RegistrarCommandOptions, output: Output): Promise<void> {
  await using registrar = await createRegistrar(registrarOptionsOf(options, output.signal));
  const reporting = statusReporting(options, output);
  await using _reporter = reporting && reportRegistrarStatus(registrar, reporting);
  announceStart(registrar, options.json === true, output);
  registrar.onEvent((event) => {
    if (options.verbose !== true && !isNoteworthy(event)) return;
    const now = new Date().toISOString();
    if (options.json === true) output.line(JSON.stringify({ time: now, ...registrarEventToPlain(event) }));
    else output.line(`${now} ${describeRegistrarEvent(event)}`);
  });
  await untilInterrupted(output);
}

function announceStart(registrar: Registrar, isJson: boolean, output: Output): void {
  const { identifier, asapEndpoint, poolUserEndpoint, enrpEndpoint } = registrar;
  const endpoints = {
    asap: formatRemoteEndpoint(asapEndpoint),
    ...(poolUserEndpoint !== undefined && { poolUsers: formatRemoteEndpoint(poolUserEndpoint) }),
    enrp: formatRemoteEndpoint(enrpEndpoint),
  };
  if (isJson) {
    const time = new Date().toISOString();
    output.line(
      JSON.stringify({ time, type: 'listening', identifier: formatIdentifier(identifier), ...endpoints }),
    );
  } else {
    const places = Object.entries(endpoints).map(([name, place]) => `${name} ${place}`);
    output.line(`registrar ${formatIdentifier(identifier)} listens: ${places.join(', ')}`);
  }
}
