// Times the codec through its public API. The counterpart in C is c/codec.c: same messages, same way to measure.
// use: node --expose-gc codec-run.mjs MESSAGES MILLISECONDS
import { readFileSync } from 'node:fs';
import {
  bytesEqual,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeAsapMessageInto,
  encodeEnrpMessage,
  encodeEnrpMessageInto,
  hexToBytes,
} from '@rserpool/wire';
import { check, seconds } from './measure.mjs';

const leastSeconds = Number(process.argv[3]) / 1000;
const batch = 256;
const warmUpSeconds = 0.6;

/** As in C, one buffer is there for all that is written. */
const buffer = new Uint8Array(65536);

// As in C, the loops call the codec directly: calling it through a variable would be measured with it.
const batches = {
  asap: {
    encode(message, length) {
      for (let k = 0; k < batch; k++)
        check(encodeAsapMessageInto(message, buffer) === length, 'an ASAP message');
    },
    encodeFresh(message, length) {
      for (let k = 0; k < batch; k++) check(encodeAsapMessage(message).length === length, 'an ASAP message');
    },
    decode(bytes) {
      for (let k = 0; k < batch; k++) check(decodeAsapMessage(bytes).ok, 'an ASAP message');
    },
  },
  enrp: {
    encode(message, length) {
      for (let k = 0; k < batch; k++)
        check(encodeEnrpMessageInto(message, buffer) === length, 'an ENRP message');
    },
    encodeFresh(message, length) {
      for (let k = 0; k < batch; k++) check(encodeEnrpMessage(message).length === length, 'an ENRP message');
    },
    decode(bytes) {
      for (let k = 0; k < batch; k++) check(decodeEnrpMessage(bytes).ok, 'an ENRP message');
    },
  },
};

function operationsOf(line) {
  const [name, payloadProtocolIdentifier, hex] = line.split(' ');
  const isAsap = payloadProtocolIdentifier === '11';
  const { encode, encodeFresh, decode } = isAsap ? batches.asap : batches.enrp;
  const bytes = hexToBytes(hex);
  const { message } = isAsap ? decodeAsapMessage(bytes) : decodeEnrpMessage(bytes);
  const again = isAsap ? encodeAsapMessage(message) : encodeEnrpMessage(message);
  const length = isAsap ? encodeAsapMessageInto(message, buffer) : encodeEnrpMessageInto(message, buffer);
  check(bytesEqual(again, bytes) && bytesEqual(buffer.subarray(0, length), bytes), name);
  return [
    { op: 'encode', message: name, run: () => encode(message, bytes.length) },
    { op: 'encodeFresh', message: name, run: () => encodeFresh(message, bytes.length) },
    { op: 'decode', message: name, run: () => decode(bytes) },
  ];
}

function timed(run, time) {
  const start = seconds();
  let count = 0;
  let passed;
  do {
    run();
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
