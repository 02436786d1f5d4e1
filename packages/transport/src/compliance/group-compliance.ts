import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';
import type { Group, GroupNetwork, JoinGroupOptions } from '../contract/group.ts';
import { errorCode } from './harness.ts';
import type { TestFramework } from './suite.ts';

/** Groups under test. */
export interface GroupFixture {
  /** Two members' networks; the same one twice where both are on this host. */
  readonly networks: readonly [GroupNetwork, GroupNetwork];
  /** The group to use. */
  readonly group: IpAddress;
  /** A port that nobody else uses. */
  readonly port: number;
  /** More options for each member, such as the interface. */
  readonly options?: readonly [Partial<JoinGroupOptions>, Partial<JoinGroupOptions>];
  /**
   * True where the interface itself gives back what is sent, as the system's loopback interface does, whatever the
   * option says.
   */
  readonly alwaysLoopsBack?: boolean;
  /** Lets time pass until a promise settles; see `TransportFixture.pass`. */
  readonly pass?: <Value>(promise: Promise<Value>) => Promise<Value>;
}

/** Options of {@link describeGroupCompliance}. */
export interface GroupComplianceOptions extends TestFramework {
  /** The name, for the title. */
  readonly name: string;
  /** Makes a fresh fixture; called once for each test. */
  readonly create: () => Promise<GroupFixture>;
}

interface Datagram {
  readonly data: Uint8Array;
  readonly source: RemoteEndpoint;
}

/** The next datagrams of a group, up to one with a certain first byte. */
const receivedUpTo = (group: Group, lastByte: number): Promise<Datagram[]> =>
  new Promise((resolve) => {
    const all: Datagram[] = [];
    group.onDatagram = (data, source) => {
      all.push({ data, source });
      if (data[0] === lastByte) resolve(all);
    };
  });

/**
 * Certifies a {@link GroupNetwork}. On a network that loses datagrams it fails.
 *
 * @param options - The framework's functions, and how to make the groups.
 */
export function describeGroupCompliance(options: GroupComplianceOptions): void {
  const { describe, it, expect } = options;

  const withGroups = async (
    body: (
      fixture: GroupFixture,
      join: (member: 0 | 1, more?: Partial<JoinGroupOptions>) => Promise<Group>,
    ) => Promise<void>,
  ): Promise<void> => {
    const fixture = await options.create();
    const joined: Group[] = [];
    const join = async (member: 0 | 1, more: Partial<JoinGroupOptions> = {}): Promise<Group> => {
      const base = { group: fixture.group, port: fixture.port };
      const group = await fixture.networks[member].join({ ...base, ...fixture.options?.[member], ...more });
      joined.push(group);
      return group;
    };
    try {
      await body(fixture, join);
    } finally {
      await Promise.all(joined.map((group) => group.close()));
    }
  };

  const passWith =
    (fixture: GroupFixture) =>
    <Value>(promise: Promise<Value>): Promise<Value> =>
      fixture.pass === undefined ? promise : fixture.pass(promise);

  describe(`group compliance: ${options.name}`, () => {
    it('delivers a datagram to all members, the sender included, with its source', () =>
      withGroups(async (fixture, join) => {
        const pass = passWith(fixture);
        const sender = await join(0);
        const other = await join(1);
        const received = [receivedUpTo(sender, 9), receivedUpTo(other, 9)];
        sender.send(Uint8Array.of(9, 8, 7));
        for (const promise of received) {
          const [datagram] = await pass(promise);
          expect(datagram?.data).toEqual(Uint8Array.of(9, 8, 7));
          expect(datagram?.source.port).toBe(sender.localPort);
          expect(datagram?.source.addresses.length).toBe(1);
        }
      }));

    it('sends from the port that was asked for', () =>
      withGroups(async (fixture, join) => {
        const free = await join(0);
        const { localPort } = free;
        await free.close();
        const sender = await join(0, { localPort });
        const other = await join(1);
        const received = receivedUpTo(other, 1);
        sender.send(Uint8Array.of(1));
        const [datagram] = await passWith(fixture)(received);
        expect([sender.localPort, datagram?.source.port]).toEqual([localPort, localPort]);
      }));

    it('keeps groups at other ports apart', () =>
      withGroups(async (fixture, join) => {
        const here = await join(0);
        const elsewhere = await join(0, { port: fixture.port + 1 });
        const other = await join(1);
        const received = receivedUpTo(other, 2);
        const receivedElsewhere = receivedUpTo(elsewhere, 1);
        elsewhere.send(Uint8Array.of(1));
        await passWith(fixture)(receivedElsewhere);
        here.send(Uint8Array.of(2));
        expect((await passWith(fixture)(received)).length).toBe(1);
      }));

    it('spares this host where loopback is off', () =>
      withGroups(async (fixture, join) => {
        if (fixture.alwaysLoopsBack === true) return;
        const silent = await join(0, { loopback: false });
        const loud = await join(0);
        const received = receivedUpTo(loud, 2);
        silent.send(Uint8Array.of(1));
        loud.send(Uint8Array.of(2));
        expect((await passWith(fixture)(received)).length).toBe(1);
      }));

    it('delivers nothing to a member that left, and lets it send nothing', () =>
      withGroups(async (fixture, join) => {
        const left = await join(0);
        const stayed = await join(0);
        let late = 0;
        left.onDatagram = () => {
          late += 1;
        };
        await left.close();
        const received = receivedUpTo(stayed, 3);
        stayed.send(Uint8Array.of(3));
        await passWith(fixture)(received);
        expect(late).toBe(0);
        expect(await errorCode(() => left.send(Uint8Array.of(1)))).toBe('ERR_RSERPOOL_GROUP_CLOSED');
      }));

    it('refuses what it cannot do', () =>
      withGroups(async (_fixture, join) => {
        const invalid = 'ERR_RSERPOOL_INVALID_ARGUMENT';
        expect(await errorCode(() => join(0, { port: 0 }))).toBe(invalid);
        expect(await errorCode(() => join(0, { group: new Uint8Array(3) }))).toBe(invalid);
        expect(await errorCode(() => join(0, { signal: AbortSignal.abort() }))).toBe('ERR_RSERPOOL_ABORTED');
        const group = await join(0);
        const code = await errorCode(() => group.send(new Uint8Array(65_508)));
        expect(code).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
      }));
  });
}
