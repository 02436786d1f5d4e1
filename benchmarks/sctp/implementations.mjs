// What is compared, and for which workloads.
import { join } from 'node:path';

const peer = join(import.meta.dirname, 'peer.mjs');
const inNode = (name) => ({ command: process.execPath, args: ['--expose-gc', peer, name] });

/** @param usrsctp - The program in C; `undefined` where it cannot be built. */
export function implementations(usrsctp) {
  return {
    'transport-sctp': inNode('transport-sctp'),
    ...(usrsctp === undefined ? {} : { usrsctp: { command: usrsctp, args: [] } }),
    'npm-sctp': inNode('npm-sctp'),
    werift: inNode('werift'),
    tcp: inNode('tcp'),
    dgram: { ...inNode('dgram'), hasFlowControl: false },
  };
}
