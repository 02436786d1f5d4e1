import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { decodeLine, type DecodedLine, type Protocol } from '../decode/decode-line.ts';
import { formatTree } from '../decode/format-tree.ts';
import { toPlain } from '../decode/to-plain.ts';
import type { Output } from '../output.ts';

/**
 * Adds the command `decode`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print, and where lines come from.
 */
export function addDecode(program: Command, output: Output): void {
  program
    .command('decode')
    .description('print an ASAP or ENRP message as a tree; reads one hex message a line where none is given')
    .argument('[hex]', 'the message in hexadecimal digits')
    .addOption(
      new Option('-p, --protocol <protocol>', 'whose message it is')
        .choices(['asap', 'enrp'])
        .makeOptionMandatory(),
    )
    .option('--json', 'print one JSON object a line')
    .action(async (hex: string | undefined, options: { protocol: Protocol; json?: true }) => {
      const print = (line: DecodedLine): void =>
        output.line(options.json === true ? JSON.stringify(line) : formatDecoded(line));
      let failures = 0;
      for await (const line of hex === undefined ? nonEmptyLines(output) : [hex]) {
        const decoded = decodeLine(options.protocol, line);
        if (!decoded.ok) failures += 1;
        print(decoded);
      }
      // With --json a message that is none is a result like any other, for programs to read.
      if (failures > 0 && options.json !== true) output.exitCode = 1;
    });
}

function formatDecoded(line: DecodedLine): string {
  if (!line.ok) {
    const { code, offset, action, reason } = line.error;
    return `no message: ${reason} (${code} at byte ${offset}; RFC 5354: ${action})`;
  }
  const tree = formatTree(line.message);
  return line.reports === undefined
    ? tree
    : `${tree}\n${formatTree(toPlain({ type: 'reports', cause: line.reports }))}`;
}

async function* nonEmptyLines({ input, signal }: Output): AsyncGenerator<string> {
  for await (const line of createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield line;
  }
  // The interface ends as if the input had.
  signal.throwIfAborted();
}
