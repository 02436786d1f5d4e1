// Times the codec through its public API. The counterpart in C is c/codec.c: same messages, same way to measure.
// use: node --expose-gc codec-run.mjs MESSAGES MILLISECONDS
import { readFileSync } from 'node:fs';
import {
  bytesEqual,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  hexToBytes,
} from '@rserpool/wire';

const leastSeconds = Number(process.argv[3]) / 1000;
const batch = 256;
const warmUpSeconds = 0.6;

/** Processor time of all threads, so that collecting garbage counts and the neighbours on the machine do not. */
function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const protocols = {
  11: { decode: decodeAsapMessage, encode: encodeAsapMessage },
  12: { decode: decodeEnrpMessage, encode: encodeEnrpMessage },
};

/** One function for each operation, as a program has that mostly handles one message and knows them all. */
function operationsOf(line) {
  const [name, payloadProtocolIdentifier, hex] = line.split(' ');
  const { decode, encode } = protocols[payloadProtocolIdentifier];
  const bytes = hexToBytes(hex);
  const { message } = decode(bytes);
  if (!bytesEqual(encode(message), bytes)) throw new Error(`${name} does not come out as it went in`);
  return [
    {
      op: 'encode',
      message: name,
      run() {
        if (encode(message).length !== bytes.length) throw new Error(`${name} was not encoded`);
      },
    },
    {
      op: 'decode',
      message: name,
      run() {
        if (!decode(bytes).ok) throw new Error(`${name} was not decoded`);
      },
    },
  ];
}

function timed(run, time) {
  const start = seconds();
  let count = 0;
  let passed;
  do {
    for (let k = 0; k < batch; k++) run();
    count += batch;
    passed = seconds() - start;
  } while (passed < time);
  return count / passed;
}

const operations = readFileSync(process.argv[2], 'utf8').trim().split('\n').flatMap(operationsOf);
// A registrar runs for months and meets all messages: what is timed is compiled code that has seen them all.
const end = seconds() + warmUpSeconds;
while (seconds() < end) for (const { run } of operations) timed(run, 0.002);
for (const { op, message, run } of operations) {
  globalThis.gc?.();
  timed(run, leastSeconds / 4);
  console.log(JSON.stringify({ impl: 'ts', op, message, opsPerSec: Math.round(timed(run, leastSeconds)) }));
}
