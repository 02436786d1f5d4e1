import type { Command } from 'commander';

/**
 * Makes what a command prints about a wrong command line one line that says what is allowed, too.
 *
 * @param command - The command; those below it are changed as well.
 */
export function sayWhatIsAllowed(command: Command): void {
  command.configureOutput({
    outputError: (text, write) => {
      const line = text.trimEnd().replaceAll('\n', ' ');
      write(/allowed/iu.test(line) ? line : `${line.replace(/\.$/u, '')}; ${allowed(command)}`);
    },
  });
  for (const child of command.commands) sayWhatIsAllowed(child);
}

/** How many options are listed in an error. */
const mostListed = 20;

function allowed(command: Command): string {
  if (command.commands.length > 0) {
    return `allowed is ${command.name()} with ${command.commands.map((child) => child.name()).join(', ')} or --help`;
  }
  const words = [command.parent?.name(), command.name(), ...command.registeredArguments.map(argumentForm)];
  // Seventy of them are no line that anybody reads.
  if (command.options.length > mostListed) {
    return `allowed is ${words.join(' ')} with the options that ${words.join(' ')} --help lists`;
  }
  const options = command.options.map(({ flags, argChoices }) =>
    argChoices === undefined ? flags : flags.replace(/<.*>/u, argChoices.join('|')),
  );
  return `allowed is ${words.join(' ')} with ${[...options, '--help'].join('; ')}`;
}

function argumentForm(argument: Command['registeredArguments'][number]): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}
