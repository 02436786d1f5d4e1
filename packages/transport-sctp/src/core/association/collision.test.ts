import { describe, expect, test } from 'vitest';
import type { SctpOutput } from '../sctp-output.ts';
import { runScript } from '../testing/scripted-peer.fixture.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';
import { ChunkType } from '../wire/chunk-type.ts';

const typesOf = (events: readonly SctpOutput[]) => events.map(({ type }) => type);

function two(addresses: 1 | 2 = 1) {
  const network = new SimulatedNetwork(1);
  const a = new SimulatedEndpoint(network, {
    addresses: ['10.0.0.1', '10.0.1.1'].slice(0, addresses),
    seed: 1,
  });
  const b = new SimulatedEndpoint(network, {
    addresses: ['10.0.0.2', '10.0.1.2'].slice(0, addresses),
    seed: 2,
  });
  return { network, a, b };
}

function exchange(network: SimulatedNetwork, from: SimulatedEndpoint, to: SimulatedEndpoint): void {
  const before = to.messages.length;
  const association = from.association;
  if (association === undefined) throw new Error('no association is up');
  from.send(association, new Uint8Array([1, 2, 3]));
  expect(network.runUntil(() => to.messages.length === before + 1, 5000)).toBe(true);
}

describe('RFC 9260 section 5.2.1: both sides open at the same time', () => {
  test.each([1, 2] as const)('one association comes of it, with %d addresses', (addresses) => {
    const { network, a, b } = two(addresses);
    a.associate(b);
    b.associate(a);
    network.run(5000);
    expect(typesOf(a.events).filter((type) => type === 'associationUp')).toEqual(['associationUp']);
    expect(typesOf(b.events).filter((type) => type === 'associationUp')).toEqual(['associationUp']);
    exchange(network, a, b);
    exchange(network, b, a);
  });

  test.each([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4])('also when the second one opens %d ms later', (later) => {
    const { network, a, b } = two();
    a.associate(b);
    network.run(later);
    b.associate(a);
    network.run(5000);
    exchange(network, a, b);
    exchange(network, b, a);
    expect(typesOf(a.events).filter((type) => type === 'associationUp')).toEqual(['associationUp']);
    expect(typesOf(b.events).filter((type) => type === 'associationUp')).toEqual(['associationUp']);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('also when packets are lost (seed %d)', (seed) => {
    const network = new SimulatedNetwork(seed, { loss: 0.3 });
    const a = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed });
    const b = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: seed + 100 });
    a.associate(b);
    b.associate(a);
    const isUp = () => a.association !== undefined && b.association !== undefined;
    expect(network.runUntil(isUp, 300_000)).toBe(true);
    network.faults.loss = 0;
    network.run(60_000);
    exchange(network, a, b);
    exchange(network, b, a);
  });

  test('in COOKIE-WAIT and COOKIE-ECHOED INIT is answered with the tag and the TSN of the own INIT', () => {
    const script = `
      user associate
      > INIT
      < INIT
      > INIT-ACK
      < INIT-ACK
      > COOKIE-ECHO
      < INIT
      > INIT-ACK
      < COOKIE-ECHO
      > COOKIE-ACK
      = associationUp inbound=false
      < COOKIE-ACK
      > nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('an INIT in COOKIE-ECHOED with a new address is refused, and changes nothing', () => {
    const script = `
      user associate
      > INIT
      < INIT-ACK
      > COOKIE-ECHO
      < INIT params=000500080a000102
      > ABORT t=0 causes=11
      < COOKIE-ACK
      = associationUp`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('RFC 9260 section 5.2.2: INIT for an association that is up', () => {
  test('regression: it changes nothing, however often it comes (notes 3)', () => {
    const script = `
      established
      < INIT tag=4711
      > INIT-ACK | tag=4711
      < INIT tag=4712
      > INIT-ACK | tag=4712
      < DATA tsn=1
      > SACK cum=1
      user send len=5
      > DATA tsn=1
      < SACK cum=1
      = message
      = acknowledged
      = nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('one with new addresses is refused', () => {
    const script = `
      established
      < INIT tag=4711 params=000500080a000102
      > ABORT t=0 causes=11 | tag=4711
      < DATA tsn=1
      > SACK cum=1`;
    expect(runScript(script)).toBeUndefined();
  });

  test('in SHUTDOWN-ACK-SENT it is answered with SHUTDOWN ACK (section 9.2)', () => {
    const script = `
      established
      < SHUTDOWN cum=0
      > SHUTDOWN-ACK
      < INIT tag=4711
      > SHUTDOWN-ACK`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('RFC 9260 section 5.2.4: table 12, COOKIE ECHO for an association that exists', () => {
  test('A: the peer has restarted; what was under way is told, and data flows anew', () => {
    const { network, a, b } = two(2);
    const first = a.associate(b);
    network.run(100);
    exchange(network, a, b);
    for (const address of a.addresses) network.cut(address);
    const inbound = b.association ?? 0;
    b.send(inbound, new Uint8Array([9]));
    network.run(10);
    for (const address of a.addresses) network.mend(address);
    const again = new SimulatedEndpoint(network, { addresses: a.addresses, seed: 99 });
    again.associate(b);
    network.run(100);
    expect(typesOf(again.events)[0]).toBe('associationUp');
    expect(b.events.slice(-2)).toMatchObject([
      { type: 'sendFailed', association: inbound, data: new Uint8Array([9]) },
      { type: 'associationRestarted', association: inbound },
    ]);
    exchange(network, again, b);
    b.send(inbound, new Uint8Array([10]));
    network.run(10);
    expect(again.messages.map(({ data }) => data[0])).toEqual([10]);
    expect(b.machine.statistics.invalidCookies).toBe(0);
    expect(first).toBe(1);
  });

  test('A: a restart also works when it is the side that opened that stays', () => {
    const { network, a, b } = two();
    const association = a.associate(b);
    network.run(100);
    const again = new SimulatedEndpoint(network, { addresses: b.addresses, seed: 99 });
    again.associate(a);
    network.run(100);
    expect(a.events.at(-1)).toEqual({ type: 'associationRestarted', association });
    exchange(network, again, a);
    exchange(network, a, again);
  });

  test('A in SHUTDOWN-ACK-SENT: SHUTDOWN ACK with the cause Cookie Received While Shutting Down', () => {
    const { network, a, b } = two();
    a.associate(b);
    network.run(100);
    network.filter = ({ bytes }) =>
      bytes[12] !== ChunkType.cookieEcho && bytes[12] !== ChunkType.shutdownComplete;
    const again = new SimulatedEndpoint(network, { addresses: a.addresses, seed: 99 });
    again.associate(b);
    network.run(100);
    b.keepsPackets = true;
    // The endpoint that is no more begins to shut down; its SHUTDOWN ACK is never completed.
    network.attach(new Uint8Array([10, 0, 0, 1]), a);
    a.handle({ type: 'shutdown', association: 1 });
    network.run(100);
    network.attach(new Uint8Array([10, 0, 0, 1]), again);
    network.filter = ({ bytes }) => bytes[12] !== ChunkType.shutdownComplete;
    network.run(1500);
    const answer = b.sent.map(({ bytes }) => [bytes[12], bytes[20]]);
    expect(answer).toContainEqual([ChunkType.error, ChunkType.shutdownAck]);
    expect(typesOf(b.events)).not.toContain('associationRestarted');
  });

  test('C: the own cookie that comes too late is discarded in silence', () => {
    // B answers the INIT of A before it opens itself; A's COOKIE ECHO comes when B has another tag.
    const { network, a, b } = two();
    const held: Parameters<NonNullable<SimulatedNetwork['filter']>>[0][] = [];
    network.filter = (packet) => {
      const isHeld = packet.bytes[12] === ChunkType.cookieEcho && packet.source[3] === 1;
      if (isHeld) held.push(packet);
      return !isHeld;
    };
    a.associate(b);
    network.run(2.5);
    expect(held.length).toBe(1);
    b.associate(a);
    network.run(10);
    expect(a.association).toBeDefined();
    expect(b.association).toBeDefined();
    network.filter = undefined;
    const [late] = held;
    if (late !== undefined) b.receive(late);
    expect(b.machine.statistics.invalidCookies).toBe(1);
    exchange(network, a, b);
    exchange(network, b, a);
  });

  test('D: a duplicate cookie is acknowledged again, also when it has expired', () => {
    const script = `
      established
      wait 100000
      < COOKIE-ECHO
      > COOKIE-ACK
      < DATA tsn=1
      > SACK cum=1
      = message`;
    expect(runScript(script)).toBeUndefined();
  });
});

describe('cookies that must not make an association', () => {
  test('an altered one, one from another address, and one of another port are dropped in silence', () => {
    const script = `
      < INIT
      > INIT-ACK
      < COOKIE-ECHO cookie=altered
      > nothing
      < COOKIE-ECHO | from=10.9.9.9
      > nothing
      < COOKIE-ECHO | sourcePort=7001
      > nothing
      < COOKIE-ECHO | tag=wrong
      > nothing
      < COOKIE-ECHO
      > COOKIE-ACK`;
    expect(runScript(script)).toBeUndefined();
  });

  test('an expired one is answered with Stale Cookie (section 5.1.5)', () => {
    const script = `
      < INIT
      > INIT-ACK
      wait 60001
      < COOKIE-ECHO; DATA tsn=1
      > ERROR causes=3
      = nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('a Cookie Preservative lengthens its life, by no more than as much again', () => {
    const script = (after: number, answer: string) => `
      < INIT params=00090008ffffffff
      > INIT-ACK
      wait ${after}
      < COOKIE-ECHO
      > ${answer}`;
    expect(runScript(script(119_999, 'COOKIE-ACK'))).toBeUndefined();
    expect(runScript(script(120_001, 'ERROR causes=3'))).toBeUndefined();
  });

  test('one that was used is not taken again when its association is gone', () => {
    const script = `
      established
      < ABORT
      = associationLost
      < COOKIE-ECHO
      > nothing
      = nothing
      wait 50000
      < COOKIE-ECHO
      > nothing
      = nothing`;
    expect(runScript(script)).toBeUndefined();
  });
});
