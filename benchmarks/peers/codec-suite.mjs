// The cells of the codec, and what they add up to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@rserpool/wire';
import { codecMessages } from './codec-messages.mjs';
import { geometricMean } from './ratios.mjs';

const builds = join(import.meta.dirname, '../../node_modules/.cache/rserpool-peers');
const messages = join(builds, 'codec-messages.txt');

export const codecSuite = {
  name: 'codec',
  program: 'codec',
  libraries: [
    'rspmessaging',
    'rsphsmgt',
    'tdstorage',
    'tdrandomizer',
    'tdstringutilities',
    'tdnetutilities',
    'tdtimeutilities',
    'tdloglevel',
    'tdthreadsafety',
    'tdtagitem',
  ],
  script: join(import.meta.dirname, 'codec-run.mjs'),
  nodeFlags: ['--expose-gc'],

  /** One run of a program each: both read the same messages, a line each. */
  runs() {
    mkdirSync(builds, { recursive: true });
    const lines = codecMessages().map(
      ({ name, payloadProtocolIdentifier, bytes }) =>
        `${name} ${payloadProtocolIdentifier} ${bytesToHex(bytes)}\n`,
    );
    writeFileSync(messages, lines.join(''));
    return [{}];
  },

  args(_run, milliseconds) {
    return [messages, String(milliseconds)];
  },

  /**
   * The library in C writes into a buffer that is there, and so does what `encode` times. `encodeFresh` gives an array
   * of its own for each message, which C has no counterpart for: it is shown beside the same rows, and does not count.
   */
  paired(rows) {
    const written = rows.filter(({ impl, op }) => impl === 'c' && op === 'encode');
    return [...rows, ...written.map((row) => ({ ...row, op: 'encodeFresh' }))];
  },

  summary(cells) {
    const ratiosOf = (wanted) => cells.filter(({ op }) => op === wanted).map(({ ratio }) => ratio);
    const all = [...ratiosOf('encode'), ...ratiosOf('decode')];
    return {
      geomean: geometricMean(all),
      min: Math.min(...all),
      decode: geometricMean(ratiosOf('decode')),
      encode: geometricMean(ratiosOf('encode')),
      encodeFresh: geometricMean(ratiosOf('encodeFresh')),
    };
  },
};
