import { createRequire } from 'node:module';
import { RserpoolError } from '@rserpool/wire';

/** Watches a file descriptor in the event loop. */
export interface NativePoll {
  /** Changes what is watched. */
  start(events: { readable: boolean; writable: boolean }, callback: () => void): void;
  /** Watches nothing until it is started again. */
  stop(): void;
  /** Ends it; before the descriptor is closed. */
  close(): void;
}

/** The system calls that sockets need; a result below 0 is an error, which {@link NativeSockets.errno} tells. */
export interface NativeSockets {
  socket(domain: number, type: number, protocol: number): number;
  bind(descriptor: number, address: Uint8Array, length: number): number;
  connect(descriptor: number, address: Uint8Array, length: number): number;
  listen(descriptor: number, backlog: number): number;
  close(descriptor: number): number;
  setsockopt(descriptor: number, level: number, option: number, value: Uint8Array, length: number): number;
  getsockopt(
    descriptor: number,
    level: number,
    option: number,
    value: Uint8Array,
    length: Uint8Array,
  ): number;
  sendto(
    descriptor: number,
    data: Uint8Array,
    length: number,
    flags: number,
    to: Uint8Array,
    toLength: number,
  ): number;
  recvfrom(
    descriptor: number,
    data: Uint8Array,
    length: number,
    flags: number,
    from: Uint8Array,
    fromLength: Uint8Array,
  ): number;
  sendmsg(descriptor: number, message: Uint8Array, flags: number): number;
  /** Sends several messages; tells how many. */
  sendmmsg(descriptor: number, messages: Uint8Array, count: number, flags: number): number;
  /** Receives up to so many messages; tells how many. */
  recvmmsg(descriptor: number, messages: Uint8Array, count: number, flags: number): number;
  /** The number of the last error. */
  errno(): number;
  /** The name of an error, such as `EADDRINUSE`. */
  errorName(errno: number): string;
  /** Where the bytes of an array are; valid as long as the array is referred to. */
  address(bytes: Uint8Array): bigint;
  /** Watches a descriptor. */
  poll(descriptor: number, callback: () => void): NativePoll;
}

/** What is used of koffi; its own types stay out of this package's declarations. */
interface Koffi {
  load(path: null): { func(definition: string): (...values: unknown[]) => number };
  errno(): number;
  address(value: Uint8Array): bigint;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
  readonly node?: {
    poll?: (
      descriptor: number,
      events: { readable: boolean; writable: boolean },
      callback: () => void,
    ) => NativePoll;
  };
}

/** The layout of msghdr, cmsghdr and what is in them is the same on these. */
const knownProcessors: readonly string[] = ['x64', 'arm64', 'riscv64', 'loong64'];

const what = 'the kernel and raw carriers';

function unsupported(text: string, cause?: unknown): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_CARRIER_UNAVAILABLE', `${text}; or take the carrier 'udp'`, {
    cause,
  });
}

let loaded: NativeSockets | undefined;

/**
 * The system's sockets through koffi, which is loaded with the first call.
 *
 * @throws RserpoolError `ERR_RSERPOOL_CARRIER_UNAVAILABLE`, which says what to do.
 */
export function nativeSockets(): NativeSockets {
  loaded ??= loadNativeSockets();
  return loaded;
}

function loadNativeSockets(): NativeSockets {
  if (process.platform !== 'linux')
    throw unsupported(`${what} are for Linux, and this is ${process.platform}`);
  if (!knownProcessors.includes(process.arch)) {
    throw unsupported(`${what} know no ${process.arch}; they know ${knownProcessors.join(', ')}`);
  }
  let koffi: Koffi;
  try {
    // Only here, and at once: who uses UDP never loads it, and binding tells right away what is missing.
    const require = createRequire(import.meta.url);
    koffi = require('koffi') as Koffi;
  } catch (error) {
    throw unsupported(
      `${what} need the optional package koffi, which cannot be loaded: npm install koffi`,
      error,
    );
  }
  const poll = koffi.node?.poll;
  if (poll === undefined) throw unsupported(`${what} need koffi 3.3 or later: npm install koffi@^3.3.4`);
  const library = koffi.load(null);
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  const receiveMessages = library.func('int recvmmsg(int, void *, uint32_t, int, void *)');
  // Each is called with as many values as its definition has parameters.
  return {
    socket: library.func('int socket(int, int, int)'),
    bind: library.func('int bind(int, void *, uint32_t)'),
    connect: library.func('int connect(int, void *, uint32_t)'),
    listen: library.func('int listen(int, int)'),
    close: library.func('int close(int)'),
    setsockopt: library.func('int setsockopt(int, int, int, void *, uint32_t)'),
    getsockopt: library.func('int getsockopt(int, int, int, void *, void *)'),
    sendto: library.func('intptr_t sendto(int, void *, size_t, int, void *, uint32_t)'),
    recvfrom: library.func('intptr_t recvfrom(int, void *, size_t, int, void *, void *)'),
    sendmsg: library.func('intptr_t sendmsg(int, void *, int)'),
    sendmmsg: library.func('int sendmmsg(int, void *, uint32_t, int)'),
    // Without a time to wait: no caller has a socket that blocks.
    recvmmsg: (...values) => receiveMessages(...values, null),
    errno: () => koffi.errno(),
    errorName: (errno) => names.get(errno) ?? `error ${errno}`,
    address: (bytes) => koffi.address(bytes),
    poll: (descriptor, callback) => poll(descriptor, { readable: true, writable: false }, callback),
  };
}
