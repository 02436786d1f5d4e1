import { describe, expect, test } from 'vitest';
import { runScript } from '../testing/scripted-peer.fixture.ts';
import { SimulatedEndpoint } from '../testing/simulated-endpoint.fixture.ts';
import { SimulatedNetwork } from '../testing/simulated-network.fixture.ts';
import { ChunkType } from '../wire/chunk-type.ts';

const twoAddresses = { addresses: 2 } as const;
const inboundWithTwo = `
  < INIT params=000500080a000102
  > INIT-ACK
  < COOKIE-ECHO
  > COOKIE-ACK`;

describe('RFC 9260 section 5.4: path verification', () => {
  test('an address that only a list told is probed at once, and confirmed by the right answer', () => {
    const script = `
      heartbeats shown
      ${inboundWithTwo}
      > HEARTBEAT | to=2
      < HEARTBEAT-ACK | from=2
      = pathChanged address=10.0.1.2 state=active primary=false
      wait 5000
      > nothing`;
    expect(runScript(script, twoAddresses)).toBeUndefined();
  });

  test('it is probed once an RTO that doubles, and becomes inactive without ever having carried data', () => {
    const script = `
      given pathMaxRetrans=2
      heartbeats shown
      ${inboundWithTwo}
      > HEARTBEAT | to=2
      wait 1000
      > HEARTBEAT | to=2
      user send len=4
      > DATA tsn=1 | to=1
      < SACK cum=1
      wait 2000
      > HEARTBEAT | to=2
      = nothing
      wait 4000
      = pathChanged address=10.0.1.2 state=inactive
      > nothing`;
    expect(runScript(script.replace('= nothing', '= acknowledged'), twoAddresses)).toBeUndefined();
  });

  test('an answer that the peer made up confirms nothing', () => {
    const forged = `0001001800000002${'00'.repeat(16)}`;
    const script = `
      heartbeats shown
      ${inboundWithTwo}
      > HEARTBEAT | to=2
      < CHUNK type=5 hex=${forged} | from=2
      < CHUNK type=5 hex=00010004 | from=2
      = associationUp
      = nothing`;
    expect(runScript(script, twoAddresses)).toBeUndefined();
  });

  test('HB.Max.Burst: one unconfirmed address after the other is probed', () => {
    const network = new SimulatedNetwork(1);
    const client = new SimulatedEndpoint(network, {
      addresses: ['10.0.0.1', '10.0.1.1', '10.0.2.1', '10.0.3.1'],
      seed: 1,
    });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    server.keepsPackets = true;
    client.associate(server);
    network.run(20);
    const probes = () => server.sent.filter(({ bytes }) => bytes[12] === ChunkType.heartbeat).length;
    expect(probes()).toBe(1);
    network.run(1000);
    expect(probes()).toBe(2);
    network.run(1000);
    expect(probes()).toBe(3);
    expect(['10.0.1.1', '10.0.2.1', '10.0.3.1'].map((address) => server.statesOf(address))).toEqual([
      ['active'],
      ['active'],
      ['active'],
    ]);
  });
});

describe('RFC 9260 section 8.3: path heartbeat', () => {
  test('HEARTBEAT is answered with everything that was in it, by the way that it came', () => {
    const script = `
      heartbeats lost
      ${inboundWithTwo}
      < HEARTBEAT info=00112233445566778899
      > HEARTBEAT-ACK info=00112233445566778899 | to=1
      < HEARTBEAT | from=2
      > HEARTBEAT-ACK | to=2`;
    expect(runScript(script, twoAddresses)).toBeUndefined();
  });

  test('idle paths are asked every HB.interval and an RTO, give or take half of it', () => {
    const network = new SimulatedNetwork(3);
    const parameters = { heartbeatIntervalMs: 5000 };
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1, parameters });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    client.associate(server);
    network.run(100);
    const times: number[] = [];
    network.filter = ({ bytes, source }) => {
      if (bytes[12] === ChunkType.heartbeat && source[3] === 1) times.push(network.now);
      return true;
    };
    network.run(600_000);
    const periods = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(periods.length).toBeGreaterThan(95);
    expect(Math.min(...periods)).toBeGreaterThan(5500);
    expect(Math.max(...periods)).toBeLessThan(6510);
    expect(Math.max(...periods) - Math.min(...periods)).toBeGreaterThan(500);
  });

  test('a path that carries data is not asked', () => {
    const network = new SimulatedNetwork(3);
    const parameters = { heartbeatIntervalMs: 1000 };
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1, parameters });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    const association = client.associate(server);
    network.run(100);
    client.keepsPackets = true;
    for (let round = 0; round < 100; round++) {
      client.send(association, new Uint8Array([1]));
      network.run(100);
    }
    expect(client.sent.filter(({ bytes }) => bytes[12] === ChunkType.heartbeat)).toEqual([]);
  });

  test('HB.interval 0 turns them off', () => {
    const script = `
      heartbeats shown
      given heartbeatIntervalMs=0
      connected
      wait 1000000
      > nothing`;
    expect(runScript(script)).toBeUndefined();
  });

  test('they end with SHUTDOWN', () => {
    const script = `
      heartbeats shown
      given heartbeatIntervalMs=100 associationMaxRetrans=2
      connected
      user shutdown
      > SHUTDOWN
      < HEARTBEAT
      > HEARTBEAT-ACK
      wait 1000
      > SHUTDOWN
      wait 2000
      > SHUTDOWN`;
    expect(runScript(script)).toBeUndefined();
  });

  test('they do not begin again while it is shut down, whatever the network or the application says', () => {
    const network = new SimulatedNetwork(3);
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1 });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    const association = client.associate(server);
    network.run(100);
    network.cut('10.0.0.2');
    client.handle({ type: 'shutdown', association });
    client.keepsPackets = true;
    const address = new Uint8Array([10, 0, 0, 2]);
    client.handle({ type: 'unreachable', address });
    client.handle({ type: 'requestHeartbeat', association, address });
    network.run(10_000);
    expect(client.sent.map(({ bytes }) => bytes[12])).toEqual([ChunkType.shutdown, ChunkType.shutdown]);
  });

  test('the application may ask for one', () => {
    const network = new SimulatedNetwork(3);
    const client = new SimulatedEndpoint(network, { addresses: ['10.0.0.1'], seed: 1 });
    const server = new SimulatedEndpoint(network, { addresses: ['10.0.0.2'], seed: 2 });
    const association = client.associate(server);
    network.run(100);
    client.keepsPackets = true;
    client.handle({ type: 'requestHeartbeat', association, address: new Uint8Array([10, 0, 0, 2]) });
    expect(client.sent.map(({ bytes }) => bytes[12])).toEqual([ChunkType.heartbeat]);
  });
});

describe('RFC 9260 section 3.2: unknown chunks', () => {
  test.each([
    [0x3f, '', false],
    [0x7f, '> ERROR causes=6', false],
    [0xbe, '', true],
    [0xfe, '> ERROR causes=6', true],
  ])('type %d is reported with [%s], and what is behind it is read: %s', (type, report, goesOn) => {
    const sack = goesOn ? 'SACK cum=1' : '';
    const answer = [report, sack].filter((part) => part !== '').join('; ');
    const script = `
      connected
      < CHUNK type=${type} hex=01020304; DATA tsn=1
      ${answer === '' ? '> nothing' : `> ${answer.replace(/^> /, '')}`}`;
    expect(runScript(script)).toBeUndefined();
  });
});
