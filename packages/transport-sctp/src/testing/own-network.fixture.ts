import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** unshare(2): a new network namespace. */
const newNetwork = 0x40000000;

/**
 * Puts this thread into a network namespace of its own, with nothing but a loopback interface, so that raw sockets
 * neither see nor disturb anybody else's packets. It stays there for good.
 *
 * @returns Why that is not possible here, or `undefined` where it was done.
 */
export function enterOwnNetwork(): string | undefined {
  if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as {
      load(path: null): { func(definition: string): (flags: number) => number };
    };
    if (koffi.load(null).func('int unshare(int)')(newNetwork) !== 0) {
      return 'unshare(CLONE_NEWNET) is not permitted';
    }
    execFileSync('ip', ['link', 'set', 'lo', 'up']);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
