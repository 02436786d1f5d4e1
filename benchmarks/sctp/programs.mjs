// The programs in C: the peer on usrsctp, and the relay that loses packets.
import { join } from 'node:path';
import { compileProgram, havePackages } from '../toolchain.mjs';

const source = (name) => join(import.meta.dirname, 'c', `${name}.c`);

/** `undefined` where the Debian packages cannot be had. */
export function programs() {
  if (!havePackages(['libusrsctp-dev'])) return undefined;
  return {
    usrsctp: compileProgram(source('usrsctp-peer'), ['usrsctp', 'pthread']),
    relay: compileProgram(source('lossy-relay'), []),
  };
}
