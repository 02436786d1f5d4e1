import { bytesToHex, type PolicyParameter, parseIpAddress, type UserTransport } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { echo, makeElement, makeHandlespace, registered } from './testing/elements.fixture.ts';
import type { Handlespace } from './handlespace.ts';
import type { RegistrationResult } from './registration-result.ts';

const address = parseIpAddress('192.0.2.1');
const transports: Record<UserTransport['protocol'] | 'sctpControl', UserTransport> = {
  sctp: { protocol: 'sctp', port: 1, transportUse: 0, addresses: [address] },
  sctpControl: { protocol: 'sctp', port: 1, transportUse: 1, addresses: [address] },
  tcp: { protocol: 'tcp', port: 1, address },
  udp: { protocol: 'udp', port: 1, address },
  'udp-lite': { protocol: 'udp-lite', port: 1, address },
  dccp: { protocol: 'dccp', port: 1, serviceCode: 5, address },
  opaque: { protocol: 'opaque', data: Uint8Array.of(1, 2, 3) },
};

/** Code in decimal and information in hexadecimal digits. */
function causesOf(result: RegistrationResult): string[] {
  return result.ok
    ? []
    : result.causes.map((cause) => `${cause.code} ${bytesToHex(cause.information)}`.trim());
}

/** All pools with their elements, as text. */
function snapshot(handlespace: Handlespace): string {
  return JSON.stringify(handlespace.page(undefined, { maximumElements: 100, maximumBytes: 100_000 }));
}

describe('joining a pool (RFC 5352 section 3.1 rule 2)', () => {
  const cases: {
    name: string;
    pool: { transport: UserTransport; policy: PolicyParameter };
    joins: { transport?: UserTransport; policy?: PolicyParameter };
    causes: string[];
  }[] = [
    {
      name: 'the same type with other values is consistent',
      pool: { transport: transports.tcp, policy: { type: 'leastUsed', load: 1 } },
      joins: {
        transport: { protocol: 'tcp', port: 99, address: parseIpAddress('2001:db8::1') },
        policy: { type: 'leastUsed', load: 0xffffffff },
      },
      causes: [],
    },
    {
      name: 'another policy: the overall policy of the pool',
      pool: { transport: transports.tcp, policy: { type: 'weightedRoundRobin', weight: 7 } },
      joins: { policy: { type: 'roundRobin' } },
      causes: ['5 0008000c0000000200000007'],
    },
    {
      name: 'a standard policy where the pool has a private relative of it',
      pool: {
        transport: transports.tcp,
        policy: { type: 'leastUsedDistance', load: 1, loadDistanceFactor: 2, distance: 3 },
      },
      joins: { policy: { type: 'leastUsed', load: 1 } },
      causes: ['5 00080014b0002002000000010000000200000003'],
    },
    {
      name: 'UDP into a TCP pool',
      pool: { transport: transports.tcp, policy: { type: 'random' } },
      joins: { transport: transports.udp },
      causes: ['7 00050010000000000001000800000000'],
    },
    {
      name: 'TCP into a UDP pool',
      pool: { transport: transports.udp, policy: { type: 'random' } },
      joins: { transport: transports.tcp },
      causes: ['7 00060010000000000001000800000000'],
    },
    {
      name: 'UDP into a UDP-Lite pool',
      pool: { transport: transports['udp-lite'], policy: { type: 'random' } },
      joins: { transport: transports.udp },
      causes: ['7 00070010000000000001000800000000'],
    },
    {
      name: 'TCP into a DCCP pool',
      pool: { transport: transports.dccp, policy: { type: 'random' } },
      joins: { transport: transports.tcp },
      causes: ['7 0003001400000000000000000001000800000000'],
    },
    {
      name: 'TCP into an opaque pool',
      pool: { transport: transports.opaque, policy: { type: 'random' } },
      joins: { transport: transports.tcp },
      causes: ['7 00100004'],
    },
    {
      name: 'TCP into an SCTP pool with control channel: the type, not the use',
      pool: { transport: transports.sctpControl, policy: { type: 'random' } },
      joins: { transport: transports.tcp },
      causes: ['7 00040010000000010001000800000000'],
    },
    {
      name: 'data only into a pool with control channel',
      pool: { transport: transports.sctpControl, policy: { type: 'random' } },
      joins: { transport: transports.sctp },
      causes: ['8'],
    },
    {
      name: 'control channel into a pool for data only',
      pool: { transport: transports.sctp, policy: { type: 'random' } },
      joins: { transport: transports.sctpControl },
      causes: ['8'],
    },
    {
      name: 'everything at once',
      pool: { transport: transports.sctp, policy: { type: 'roundRobin' } },
      joins: { transport: transports.tcp, policy: { type: 'random' } },
      causes: ['5 0008000800000001', '7 00040010000000000001000800000000'],
    },
    {
      name: 'policy and use',
      pool: { transport: transports.sctp, policy: { type: 'roundRobin' } },
      joins: { transport: transports.sctpControl, policy: { type: 'random' } },
      causes: ['5 0008000800000001', '8'],
    },
  ];
  test.for(cases)('$name', ({ pool, joins, causes }) => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1, { userTransport: pool.transport, policy: pool.policy }));
    const before = snapshot(handlespace);
    const result = handlespace.register(
      echo,
      makeElement(2, {
        userTransport: joins.transport ?? pool.transport,
        policy: joins.policy ?? pool.policy,
      }),
    );
    expect(causesOf(result)).toEqual(causes);
    const changed = snapshot(handlespace) !== before;
    expect(changed).toBe(causes.length === 0);
  });
});

describe('re-registration (RFC 5352 section 3.1 rule 3)', () => {
  test('has to pass the same tests, even alone in the pool', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    const result = handlespace.register(
      echo,
      makeElement(1, { policy: { type: 'random' }, userTransport: transports.udp, homeRegistrar: 5 }),
    );
    expect(causesOf(result)).toEqual(['5 0008000800000001', '7 00050010000000000001000800000000']);
    expect(handlespace.poolElement(element)).toEqual(makeElement(1));
  });

  test('reports the policy with which the pool was founded, also when its founder has gone', () => {
    const handlespace = makeHandlespace();
    const founder = registered(
      handlespace,
      echo,
      makeElement(1, { policy: { type: 'leastUsed', load: 10 } }),
    );
    registered(handlespace, echo, makeElement(2, { policy: { type: 'leastUsed', load: 20 } }));
    registered(handlespace, echo, makeElement(1, { policy: { type: 'leastUsed', load: 30 } }));
    handlespace.remove(founder);
    const result = handlespace.register(echo, makeElement(3));
    expect(causesOf(result)).toEqual(['5 0008000c400000010000000a']);
  });
});

describe('a pool that was removed with its last element', () => {
  test('may be founded anew with everything different', () => {
    const handlespace = makeHandlespace();
    handlespace.remove(registered(handlespace, echo, makeElement(1)));
    const changed = makeElement(1, { policy: { type: 'random' }, userTransport: transports.sctpControl });
    expect(causesOf(handlespace.register(echo, changed))).toEqual([]);
  });
});

describe('invalid values (RFC 5352 section 3.1 rule 5)', () => {
  const transport = '0005001000070000' + '00010008c0000201';
  const policy = '0008000800000001';
  const cases: { name: string; poolHandle?: Uint8Array; change: object; causes: string[] }[] = [
    { name: 'empty pool handle', poolHandle: new Uint8Array(0), change: {}, causes: ['3 00090004'] },
    {
      name: 'identifier 0',
      change: { identifier: 0 },
      causes: [`3 000a0028${'00000000'}aaaa0001${'0000012c'}${transport}${policy}`],
    },
    {
      name: 'registration life below -1',
      change: { registrationLife: -2 },
      causes: [`3 000a0028${'00000007'}aaaa0001${'fffffffe'}${transport}${policy}`],
    },
    {
      name: 'identifier and life: one cause for the one parameter',
      change: { identifier: 0, registrationLife: -3 },
      causes: [`3 000a0028${'00000000'}aaaa0001${'fffffffd'}${transport}${policy}`],
    },
    { name: 'endless registration life', change: { registrationLife: -1 }, causes: [] },
    {
      name: 'unknown policy',
      change: { policy: { type: 'unknown', policyType: 0x99, data: Uint8Array.of(1, 2, 3, 4) } },
      causes: ['3 0008000c0000009901020304'],
    },
    {
      name: 'unknown Transport Use',
      change: { userTransport: { ...transports.sctp, transportUse: 2 } },
      causes: ['3 000400100001000200010008c0000201'],
    },
    {
      name: 'Transport Use and policy',
      change: {
        userTransport: { ...transports.sctp, transportUse: 9 },
        policy: { type: 'unknown', policyType: 0x99, data: new Uint8Array(0) },
      },
      causes: ['3 000400100001000900010008c0000201', '3 0008000800000099'],
    },
  ];
  test.for(cases)('$name', ({ poolHandle, change, causes }) => {
    const handlespace = makeHandlespace();
    const result = handlespace.register(poolHandle ?? echo, makeElement(7, change));
    expect(causesOf(result)).toEqual(causes);
    expect(handlespace.elementCount).toBe(causes.length === 0 ? 1 : 0);
    expect(handlespace.poolCount).toBe(causes.length === 0 ? 1 : 0);
  });

  test('port 0, where nobody could be reached, is an invalid value', () => {
    for (const { protocol, ...rest } of [transports.sctp, transports.tcp]) {
      const userTransport = { protocol, ...rest, port: 0 } as UserTransport;
      const result = makeHandlespace().register(echo, makeElement(7, { userTransport }));
      expect(result.ok ? [] : result.causes.map((cause) => cause.code)).toEqual([3]);
    }
  });

  test('an SCTP transport without an address, which no message carries, is an invalid value as well', () => {
    const userTransport: UserTransport = { protocol: 'sctp', port: 1, transportUse: 0, addresses: [] };
    const result = makeHandlespace().register(echo, makeElement(7, { userTransport }));
    expect(result.ok ? [] : result.causes.map((cause) => cause.code)).toEqual([3]);
  });

  test('a parameter that would not fit into the response is left out of the cause', () => {
    const userTransport: UserTransport = { protocol: 'opaque', data: new Uint8Array(60_000) };
    const result = makeHandlespace().register(echo, makeElement(0, { userTransport }));
    expect(causesOf(result)).toEqual(['3']);
  });
});

describe("a caller's mistakes leave nothing behind", () => {
  const mistakes: Record<string, object> = {
    'identifier out of range': { identifier: 2 ** 32 },
    'identifier not an integer': { identifier: 1.5 },
    'negative home registrar': { homeRegistrar: -1 },
    'load out of range': { policy: { type: 'leastUsed', load: 2 ** 32 } },
  };
  test.for(Object.entries(mistakes))('%s', ([, mistake]) => {
    const handlespace = makeHandlespace();
    expect(() => handlespace.register(echo, makeElement(1, mistake))).toThrow(/ERR_RSERPOOL_INVALID_/u);
    expect([handlespace.poolCount, handlespace.elementCount]).toEqual([0, 0]);
    expect(handlespace.find(echo, 1)).toBeUndefined();
    registered(handlespace, echo, makeElement(1));
    expect(handlespace.resolve(echo, 5)?.elements).toEqual([handlespace.find(echo, 1)]);
  });

  test('an update with a value out of range leaves the element as it was', () => {
    const handlespace = makeHandlespace();
    const original = makeElement(1, { policy: { type: 'leastUsed', load: 5 } });
    const element = registered(handlespace, echo, original);
    const wrong = makeElement(1, { policy: { type: 'leastUsed', load: -5 }, homeRegistrar: 3 });
    expect(() => handlespace.register(echo, wrong)).toThrow(/ERR_RSERPOOL_INVALID_POLICY/u);
    expect(handlespace.poolElement(element)).toEqual(original);
  });
});
