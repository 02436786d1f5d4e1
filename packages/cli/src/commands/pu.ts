import type { Command } from 'commander';
import type { Output } from '../output.ts';
import { addPuCalcApp } from '../pu/pu-calcapp.ts';
import { addPuFractal } from '../pu/pu-fractal.ts';
import { addPuPingPong } from '../pu/pu-pingpong.ts';
import { addPuTerminal } from '../pu/pu-terminal.ts';

/**
 * Adds the command `pu` with a command for each client.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the client.
 */
export function addPu(program: Command, output: Output): void {
  const command: Command = program
    .command('pu')
    .description('run a pool user: a client of one of the reference’s services')
    .argument('[client]', 'one of the commands below')
    // Commander would print the whole help.
    .action((client: string | undefined) =>
      command.error(
        client === undefined ? 'error: a command is missing' : `error: unknown command '${client}'`,
      ),
    );
  addPuTerminal(command, output);
  addPuPingPong(command, output);
  addPuCalcApp(command, output);
  addPuFractal(command, output);
}
