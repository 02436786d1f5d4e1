import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { formatIpAddress, type IpAddress, parseIpAddress } from '@rserpool/wire';

/** CLONE_NEWNET. */
const newNetwork = 0x40000000;

/** The addresses of the two hosts; the first of each are one path, the second ones the other. */
export interface HostAddresses {
  readonly here: readonly IpAddress[];
  readonly there: readonly IpAddress[];
}

/** Two hosts with two links between them, each in a network namespace of its own, on one thread. */
export interface NetworkPair {
  /** IPv4 on both links, or IPv6 on the second one. */
  readonly ipv4: HostAddresses;
  readonly mixed: HostAddresses;
  /** An address of nobody, to which packets go and from which nothing comes. */
  readonly silent: IpAddress;
  /** Does something, such as opening sockets, on the other host. */
  there<Result>(action: () => Promise<Result>): Promise<Result>;
  /** The same, for what takes no time. */
  thereAtOnce<Result>(action: () => Result): Result;
  /** Cuts the links that lead to an address of the other host, or heals them. */
  setPath(address: IpAddress, isOpen: boolean): void;
  /** Heals all. */
  heal(): void;
}

interface Namespaces {
  unshare(flags: number): number;
  setns(descriptor: number, flags: number): number;
}

const nobodysHardware = '02:00:00:00:00:99';
/** Several commands of ip, with one process; `force` goes on after one that fails. */
const ip = (lines: readonly string[], ...options: readonly '-force'[]): void => {
  execFileSync('ip', [...options, '-batch', '-'], {
    input: lines.join('\n'),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
};

const own = (): number => openSync('/proc/thread-self/ns/net', 'r');
const texts = (link: number, host: number): readonly [string, string] => [
  `10.77.${link}.${host}`,
  `fd77:${link}::${host}`,
];

const configure = (side: string, host: number): void => {
  const links = [0, 1].flatMap((link) => [
    `link set ${side}${link} up`,
    `address add ${texts(link, host)[0]}/24 dev ${side}${link}`,
    `address add ${texts(link, host)[1]}/64 dev ${side}${link} nodad`,
  ]);
  ip(['link set lo up', ...links]);
};

const addressesOf = (host: number, second: 0 | 1): readonly IpAddress[] => [
  parseIpAddress(texts(0, host)[0]),
  parseIpAddress(texts(1, host)[second]),
];

/**
 * Puts this thread into a network namespace of its own, with links to another one: whatever is sent there neither meets
 * nor disturbs anybody else's packets. It stays there for good.
 *
 * @returns Why that is not possible here, or the hosts.
 */
export function createNetworkPair(): NetworkPair | string {
  if (process.platform !== 'linux') return `this is ${process.platform}, not Linux`;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as {
      load(path: null): { func(definition: string): (...values: number[]) => number };
    };
    const library = koffi.load(null);
    return connected({
      unshare: library.func('int unshare(int)'),
      setns: library.func('int setns(int, int)'),
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function connected(system: Namespaces): NetworkPair | string {
  if (system.unshare(newNetwork) !== 0) return 'network namespaces are not permitted to this process';
  const here = own();
  system.unshare(newNetwork);
  const there = own();
  const enter = (descriptor: number): void => {
    if (system.setns(descriptor, newNetwork) !== 0) throw new Error('cannot enter a network namespace');
  };
  const target = `/proc/${process.pid}/fd/${here}`;
  ip([0, 1].map((link) => `link add b${link} type veth peer name a${link} netns ${target}`));
  configure('b', 2);
  enter(here);
  configure('a', 1);
  process.once('exit', () => {
    closeSync(here);
    closeSync(there);
  });

  /** A neighbour that is said to be somebody else gets nothing; nor does it hear of that. */
  const setNeighbour = (side: string, link: number, host: number, isOpen: boolean): void => {
    const lines = texts(link, host).map((address) =>
      isOpen
        ? `neighbour delete ${address} dev ${side}${link}`
        : `neighbour replace ${address} dev ${side}${link} lladdr ${nobodysHardware} nud permanent`,
    );
    ip(lines, '-force');
  };
  const cut = new Set<number>();
  const setLink = (link: number, isOpen: boolean): void => {
    if (cut.has(link) !== isOpen) return;
    if (isOpen) cut.delete(link);
    else cut.add(link);
    setNeighbour('a', link, 2, isOpen);
    inside(() => setNeighbour('b', link, 1, isOpen));
  };
  const inside = <Result>(action: () => Result): Result => {
    enter(there);
    try {
      return action();
    } finally {
      enter(here);
    }
  };
  setNeighbour('a', 0, 9, false);
  return {
    ipv4: { here: addressesOf(1, 0), there: addressesOf(2, 0) },
    mixed: { here: addressesOf(1, 1), there: addressesOf(2, 1) },
    silent: parseIpAddress(texts(0, 9)[0]),
    async there(action) {
      enter(there);
      try {
        return await action();
      } finally {
        enter(here);
      }
    },
    thereAtOnce: inside,
    setPath: (address, isOpen) => {
      const link = [0, 1].find((number) => texts(number, 2).includes(formatIpAddress(address)));
      if (link !== undefined) setLink(link, isOpen);
    },
    heal: () => {
      for (const link of [0, 1]) setLink(link, true);
    },
  };
}
