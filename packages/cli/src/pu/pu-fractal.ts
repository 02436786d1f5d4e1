import { writeFile } from 'node:fs/promises';
import {
  ServicePayloadProtocolIdentifier,
  encodePicture,
  FractalAlgorithm,
  type FractalParameter,
  Picture,
  receivePicture,
  seahorseValley,
  ServicePoolHandle,
} from '@rserpool/services';
import { type Command, Option } from 'commander';
import { numberIn } from '../options/number.ts';
import type { Output } from '../output.ts';
import { addPuOptions, openSession, type PuCommandOptions, withPoolUser } from './pu-session.ts';

interface FractalCommandOptions extends PuCommandOptions {
  readonly width: number;
  readonly height: number;
  readonly iterations: number;
  readonly exponent?: number;
  readonly output?: string;
  readonly check?: true;
}

const examples = `
The reference's program is fractalpooluser, with a window. The exit code is 1 where --check finds a difference.

Examples:
  rserpool pu fractal --output seahorse.png
  rserpool pu fractal --width 1024 --height 768 --iterations 5000 --output large.png --json
`;

/**
 * Adds the command `pu fractal`.
 *
 * @param parent - The command `pu`.
 * @param output - Where to print; its signal ends the client.
 */
export function addPuFractal(parent: Command, output: Output): void {
  const command = parent
    .command('fractal')
    .description('have a picture computed by a pool')
    .addHelpText('after', examples);
  addPuOptions(command, ServicePoolHandle.fractal)
    .optionsGroup('Its picture:')
    .addOption(
      new Option('--width <points>', 'width [-width]')
        .argParser(numberIn({ least: 1, largest: 16_384 }))
        .default(seahorseValley.width),
    )
    .addOption(
      new Option('--height <points>', 'height [-height]')
        .argParser(numberIn({ least: 1, largest: 16_384 }))
        .default(seahorseValley.height),
    )
    .addOption(
      new Option('--iterations <number>', 'how many iterations a point may take')
        .argParser(numberIn({ least: 1, largest: 1_000_000 }))
        .default(seahorseValley.maxIterations),
    )
    .addOption(
      new Option('--exponent <number>', 'z^n - c instead of z^2 - c').argParser(
        numberIn({ least: 0, largest: 1000, isFraction: true }),
      ),
    )
    .option('--output <file>', 'write it as PNG')
    .option('--check', 'compute it here as well, and compare')
    .action(async (options: FractalCommandOptions) => fractal(options, output));
}

async function fractal(options: FractalCommandOptions, output: Output): Promise<void> {
  const parameter = parameterOf(options);
  await withPoolUser(options, output, ServicePayloadProtocolIdentifier.fractal, async (user, printer) => {
    await using session = await openSession(user, options, output, printer);
    const interrupted = (): void => session.abort();
    output.signal.addEventListener('abort', interrupted, { once: true });
    let told = 0;
    const picture = await receivePicture(session, parameter, (_row, { rows }) => {
      const tenth = Math.floor((rows * 10) / parameter.height);
      if (tenth <= told) return;
      told = tenth;
      printer.print('progress', { rows, of: parameter.height }, `${rows} of ${parameter.height} rows`);
    });
    output.signal.removeEventListener('abort', interrupted);
    await report(options, picture, (facts, text) => printer.print('picture', facts, text), output);
  });
}

async function report(
  options: FractalCommandOptions,
  picture: Picture,
  print: (facts: object, text: string) => void,
  output: Output,
): Promise<void> {
  const { rows, rowsRecomputed } = picture;
  const file = options.output;
  if (file !== undefined) await writeFile(file, encodePicture(picture));
  const facts = { rows, rowsRecomputed, ...(file !== undefined && { file }) };
  const where = file === undefined ? '' : `, written to ${file}`;
  const text = `${rows} rows, ${rowsRecomputed} of them twice${where}`;
  if (options.check !== true) {
    print(facts, text);
    return;
  }
  const expected = Picture.computed(picture.parameter).toRgb();
  const identical = Buffer.compare(picture.toRgb(), expected) === 0;
  print(
    { ...facts, identical },
    `${text}, ${identical ? 'identical to' : 'DIFFERENT from'} one computed here`,
  );
  if (!identical) output.exitCode = 1;
}

function parameterOf({ width, height, iterations, exponent }: FractalCommandOptions): FractalParameter {
  const algorithm = exponent === undefined ? FractalAlgorithm.mandelbrot : FractalAlgorithm.mandelbrotN;
  return { ...seahorseValley, width, height, maxIterations: iterations, algorithm, n: exponent ?? 2 };
}
