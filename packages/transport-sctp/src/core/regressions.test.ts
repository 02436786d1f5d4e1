import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { SctpEndpointMachine } from './endpoint/sctp-endpoint-machine.ts';
import { runScript } from './testing/scripted-peer.fixture.ts';
import {
  connectedPair,
  deliveredOn,
  makePair,
  numberedMessage,
  upFrom,
} from './testing/sctp-pair.fixture.ts';
import { hmacSha256 } from './testing/simulated-endpoint.fixture.ts';

// What other implementations of SCTP got wrong most, each as a test.

/** Random numbers right below 2^32, so that initial TSNs are there. */
function nearTheWrap(): () => number {
  let count = 0;
  return () => 0xffff_ffff - (count++ % 16);
}

describe('regression 1: serial numbers at their wrap', () => {
  it.each([1, 2, 3, 10, 40])('gaps are reported across 2^32 when the first TSN is 2^32 - %d', (below) => {
    expect(
      runScript(
        `established
        < DATA tsn=1
        > SACK cum=1 gaps=
        < DATA tsn=3 ssn=2
        > SACK cum=1 gaps=2-2
        < DATA tsn=5 ssn=4; DATA tsn=6 ssn=5
        > SACK cum=1 gaps=2-2,4-5
        < DATA tsn=2 ssn=1
        > SACK cum=3 gaps=2-3
        = message
        < DATA tsn=4 ssn=3
        > SACK cum=6 gaps=
        < DATA tsn=2 ssn=1
        > SACK cum=6 gaps= dups=2`,
        { peerInitialTsn: 2 ** 32 - below },
      ),
    ).toBeUndefined();
  });

  it('everything arrives once and in order while TSNs of both sides wrap, with loss, repetition and other orders', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { network, client, server, association, serverAssociation } = connectedPair({
        seed,
        random: nearTheWrap,
        faults: { loss: 0.1, duplication: 0.1, reordering: 0.3, delayMs: 5 },
      });
      for (const number of upFrom(0, 200)) client.send(association, numberedMessage(number, 200));
      for (const number of upFrom(0, 200)) server.send(serverAssociation, numberedMessage(number, 200));
      network.runUntil(() => server.messages.length === 200 && client.messages.length === 200, 600_000);
      expect([seed, deliveredOn(server), deliveredOn(client)]).toEqual([
        seed,
        upFrom(0, 200),
        upFrom(0, 200),
      ]);
    }
  });

  it('stream sequence numbers wrap: 65600 messages on one stream, in order', () => {
    const { network, client, server, association } = connectedPair({ faults: { loss: 0.001 } });
    for (let start = 0; start < 65_600; start += 3280) {
      for (const number of upFrom(start, 3280)) client.send(association, numberedMessage(number, 4));
      network.runUntil(() => server.messages.length === start + 3280, 600_000);
    }
    expect(deliveredOn(server)).toEqual(upFrom(0, 65_600));
  });
});

describe('regression 2: a lost COOKIE ACK', () => {
  it('is repeated for each COOKIE ECHO that comes again while the association is up, and data goes on', () => {
    expect(
      runScript(`established
        user send len=8
        > DATA tsn=1
        < COOKIE-ECHO
        > COOKIE-ACK
        < COOKIE-ECHO; SACK cum=1
        > COOKIE-ACK
        = acknowledged bytes=8
        wait 5000`),
    ).toBeUndefined();
  });

  it('makes the COOKIE ECHO come again until Max.Init.Retransmits', () => {
    expect(
      runScript(`given maxInitRetransmits=2
        user associate
        > INIT
        < INIT-ACK
        > COOKIE-ECHO
        wait 1000
        > COOKIE-ECHO
        wait 2000
        > COOKIE-ECHO
        wait 3999
        > nothing
        wait 1
        = associationLost reason=setup-timeout`),
    ).toBeUndefined();
  });
});

describe('regression 3: a late or repeated INIT', () => {
  it('is answered and changes nothing of an association that is up (section 5.2.2)', () => {
    expect(
      runScript(`established
        < DATA tsn=1
        > SACK cum=1
        < INIT tag=12345
        > INIT-ACK | tag=12345
        < DATA tsn=2 ssn=1
        wait 200
        > SACK cum=2
        = message
        = message
        = nothing`),
    ).toBeUndefined();
  });

  it('with another verification tag than 0 is not taken (section 8.5.1 A)', () => {
    expect(
      runScript(`< INIT | tag=77
        > nothing
        established
        < INIT | tag=endpoint
        > nothing
        < DATA tsn=1
        > SACK cum=1`),
    ).toBeUndefined();
  });
});

describe('regression 4: a window of zero', () => {
  it('never stops an exchange for good, however slowly the reader reads', () => {
    const { network, client, server, association, serverAssociation } = connectedPair({
      serverParameters: { receiveWindowBytes: 4000 },
      faults: { loss: 0.05, delayMs: 5 },
    });
    server.reads = false;
    for (const number of upFrom(0, 60)) client.send(association, numberedMessage(number, 900));
    let read = 0;
    for (let turn = 0; turn < 400 && read < 60; turn++) {
      network.run(2000);
      const message = server.messages[read];
      if (message === undefined) continue;
      read++;
      server.consume(serverAssociation, message.data.length);
      // Nobody is told more than what the reader was offered: 4000 bytes, and the packet that a probe may be.
      expect(server.messages.length - read).toBeLessThanOrEqual(6);
    }
    expect(deliveredOn(server)).toEqual(upFrom(0, 60));
  });

  it('takes the missing chunk although the window is full of what came after it', () => {
    expect(
      runScript(`given receiveWindowBytes=1500
        established
        < DATA tsn=2 ssn=1 len=500
        > SACK cum=0 gaps=2-2
        < DATA tsn=3 ssn=2 len=500
        > SACK cum=0 gaps=2-3
        < DATA tsn=4 ssn=3 len=500
        > SACK cum=0
        < DATA tsn=1 ssn=0 len=500
        > SACK
        = message`),
    ).toBeUndefined();
  });

  it('is probed with one chunk, which is repeated without ending the association (section 6.1 A)', () => {
    expect(
      runScript(`given associationMaxRetrans=3 pathMaxRetrans=3
        connected
        user send len=100
        > DATA tsn=1
        < SACK cum=1 rwnd=0
        user send len=100 more
        user send len=100
        wait 999
        > nothing
        wait 1
        > DATA tsn=2
        < SACK cum=1 rwnd=0
        wait 2000
        > DATA tsn=2
        < SACK cum=1 rwnd=0
        wait 4000
        > DATA tsn=2
        < SACK cum=1 rwnd=0
        wait 8000
        > DATA tsn=2
        < SACK cum=1 rwnd=0
        wait 16000
        > DATA tsn=2
        < SACK cum=2 rwnd=10000
        > DATA tsn=3
        < SACK cum=3`),
    ).toBeUndefined();
  });
});

describe('regression 4: a window of zero on several paths', () => {
  it('is probed although data takes another path in the meantime', () => {
    expect(
      runScript(
        `< INIT params=000500080a000002000500080a000102
        > INIT-ACK
        < COOKIE-ECHO
        > COOKIE-ACK
        wait 100
        user send len=100
        > DATA tsn=1 | to=1
        < SACK cum=1 rwnd=0
        user send len=100
        wait 500
        user primary 2
        wait 999
        > nothing
        wait 1
        > DATA tsn=2 | to=2
        < SACK cum=2 rwnd=1000 | from=2`,
        { addresses: 2 },
      ),
    ).toBeUndefined();
  });
});

describe('regression 5: timers', () => {
  it('T1 begins with RTO.Initial of 1 second and doubles up to RTO.Max', () => {
    expect(
      runScript(`given rtoMaxMs=3000
        user associate
        > INIT
        wait 999
        > nothing
        wait 1
        > INIT
        wait 1999
        > nothing
        wait 1
        > INIT
        wait 3000
        > INIT
        wait 2999
        > nothing
        wait 1
        > INIT`),
    ).toBeUndefined();
  });

  it('T3 doubles up to RTO.Max and gives up after Association.Max.Retrans', () => {
    const exchange = `given rtoMaxMs=3000 associationMaxRetrans=3
      connected
      heartbeats lost
      user send
      > DATA tsn=1
      wait 1000
      > DATA tsn=1
      wait 2000
      > DATA tsn=1
      wait 3000
      > DATA tsn=1
      wait 2999
      > nothing
      wait 1
      = sendFailed
      = associationLost reason=unreachable`;
    expect(runScript(exchange)).toBeUndefined();
  });

  it('a measured round trip ends the doubling, one of a repeated chunk does not count (section 6.3.1, C5)', () => {
    expect(
      runScript(`connected
        heartbeats lost
        user send
        > DATA tsn=1
        wait 1000
        > DATA tsn=1
        < SACK cum=1
        user send
        > DATA tsn=2
        wait 1999
        > nothing
        < SACK cum=2
        user send
        > DATA tsn=3
        # a round trip of 0 ms (RTTVAR at least 1), then of 1999 ms: RTO = 249.9 + 4 * 500.5
        wait 2251
        > nothing
        wait 1
        > DATA tsn=3
        < SACK cum=3`),
    ).toBeUndefined();
  });

  it('T3 gives up although HEARTBEATs are answered: what is lost may be what is long (section 8.1)', () => {
    const { network, client, association } = connectedPair({ parameters: { associationMaxRetrans: 4 } });
    network.filter = ({ bytes }) => bytes.length < 500;
    client.send(association, numberedMessage(1, 1000));
    network.runUntil(() => client.events.at(-1)?.type === 'associationLost', 600_000);
    expect(client.events.at(-1)).toMatchObject({ type: 'associationLost', reason: 'unreachable' });
  });

  it('T3 runs off although new messages are sent all the time', () => {
    expect(
      runScript(`connected
        user send
        > DATA tsn=1
        wait 500
        user send
        > DATA tsn=2
        wait 499
        user send
        > DATA tsn=3
        wait 1
        > DATA tsn=1; DATA tsn=2; DATA tsn=3`),
    ).toBeUndefined();
  });

  it('T2 sends SHUTDOWN again, and a repeated SHUTDOWN is answered again', () => {
    expect(
      runScript(`connected
        user shutdown
        > SHUTDOWN
        wait 1000
        > SHUTDOWN
        wait 2000
        > SHUTDOWN
        < SHUTDOWN-ACK
        > SHUTDOWN-COMPLETE`),
    ).toBeUndefined();
    expect(
      runScript(`established
        < SHUTDOWN
        > SHUTDOWN-ACK
        < SHUTDOWN
        > SHUTDOWN-ACK
        wait 1000
        > SHUTDOWN-ACK
        < SHUTDOWN-COMPLETE
        = associationLost reason=closed-by-peer`),
    ).toBeUndefined();
  });

  it('an endpoint without an association has none', () => {
    const { network, client, server, association } = connectedPair();
    client.handle({ type: 'abort', association });
    network.run(10);
    expect([client.nextTimeout(), server.nextTimeout()]).toEqual([undefined, undefined]);
  });
});

describe('regression 6: bookkeeping of what is outstanding', () => {
  it('a chunk is retransmitted fast after three reports, once, and the window is free again afterwards', () => {
    expect(
      runScript(`connected
        user send len=10
        > DATA tsn=1
        < SACK cum=1
        user send
        > DATA tsn=2
        user send
        > DATA tsn=3
        user send
        > DATA tsn=4
        user send
        > DATA tsn=5
        < SACK cum=1 gaps=2-2
        < SACK cum=1 gaps=2-3
        > nothing
        < SACK cum=1 gaps=2-4
        > DATA tsn=2
        < SACK cum=1 gaps=2-4
        > nothing
        < SACK cum=5
        = acknowledged bytes=16
        wait 60000`),
    ).toBeUndefined();
  });

  it('two idle ends send nothing to one another', () => {
    const { network, client, server, association } = connectedPair({
      parameters: { heartbeatIntervalMs: 0 },
    });
    client.send(association, numberedMessage(1, 100));
    network.run(1000);
    client.keepsPackets = true;
    server.keepsPackets = true;
    network.run(600_000);
    expect([client.sent.length, server.sent.length]).toEqual([0, 0]);
  });

  it.each([
    { name: 'that ends before it starts', sack: 'SACK cum=1 gaps=3-2' },
    { name: 'that starts at 0', sack: 'SACK cum=1 gaps=0-1' },
    { name: 'beyond what was sent', sack: 'SACK cum=1 gaps=2-60000' },
    { name: 'on top of another', sack: 'SACK cum=1 gaps=2-3,2-3' },
    { name: 'without a SACK that was sent: a cumulative TSN beyond it', sack: 'SACK cum=9' },
    { name: 'behind an old cumulative TSN', sack: 'SACK cum=0 gaps=2-2' },
  ])('a gap ack block $name acknowledges nothing that was not sent, and the messages arrive', ({ sack }) => {
    const run = runScript(`connected
        user send
        > DATA tsn=1
        < SACK cum=1
        user send
        > DATA tsn=2
        user send
        > DATA tsn=3
        < ${sack}
        wait 1000
        > DATA tsn=2; DATA tsn=3
        < SACK cum=3
        = acknowledged
        wait 60000`);
    // The peer broke the protocol: going on and aborting are both right, believing it is not.
    const aborted = /> ABORT/.test(run ?? '');
    expect(aborted ? undefined : run).toBeUndefined();
  });
});

describe('regression 7: several streams', () => {
  it('nothing is left behind: fragments of eight streams in both kinds, with loss and other orders', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { network, client, server, association } = connectedPair({
        seed,
        faults: { loss: 0.05, reordering: 0.5, delayMs: 3 },
      });
      for (const number of upFrom(0, 160)) {
        client.send(association, numberedMessage(number, 100 + (number % 7) * 900), number % 8);
      }
      for (const number of upFrom(1000, 40)) client.send(association, numberedMessage(number, 3000), 9, true);
      network.runUntil(() => server.messages.length === 200, 600_000);
      for (let stream = 0; stream < 8; stream++) {
        const sent = upFrom(0, 160).filter((number) => number % 8 === stream);
        expect([seed, stream, deliveredOn(server, stream)]).toEqual([seed, stream, sent]);
      }
      expect([...deliveredOn(server, 9)].sort((left, right) => left - right)).toEqual(upFrom(1000, 40));
    }
  });

  it('a fragment is never joined to a neighbour of another message', () => {
    expect(
      runScript(`established
        < DATA tsn=2 flags=E ssn=0 len=5
        > SACK cum=0
        < DATA tsn=4 flags=B sid=1 ssn=0 len=6
        > SACK cum=0
        < DATA tsn=3 sid=2 ssn=0 len=3
        > SACK cum=0
        < DATA tsn=1 flags=B ssn=0 len=7
        > SACK cum=4
        < DATA tsn=5 flags=E sid=1 ssn=0 len=8
        wait 200
        > SACK cum=5
        = message stream=2 len=3
        = message stream=0 len=12
        = message stream=1 len=14`),
    ).toBeUndefined();
  });
});

describe('regression 8: when a SACK is sent', () => {
  it('with every second packet, not every second chunk, and after 200 ms at the latest', () => {
    expect(
      runScript(`established
        < DATA tsn=1
        > SACK cum=1
        < DATA tsn=2 ssn=1; DATA tsn=3 ssn=2; DATA tsn=4 ssn=3
        > nothing
        wait 199
        > nothing
        wait 1
        > SACK cum=4
        < DATA tsn=5 ssn=4
        > nothing
        < DATA tsn=6 ssn=5
        > SACK cum=6
        wait 1000`),
    ).toBeUndefined();
  });

  it('at once for a gap, for a duplicate, and where the sender wants it (I bit)', () => {
    expect(
      runScript(`established
        < DATA tsn=1
        > SACK cum=1
        < DATA tsn=3 ssn=2
        > SACK cum=1 gaps=2-2
        < DATA tsn=2 ssn=1
        > SACK cum=3
        < DATA tsn=3 ssn=2
        > SACK cum=3 dups=3
        < DATA tsn=4 ssn=3 flags=IBE
        > SACK cum=4`),
    ).toBeUndefined();
  });
});

describe('regression 9: several addresses', () => {
  it('an address that never answers is never used for data', () => {
    const pair = makePair({ addresses: 2, parameters: { heartbeatIntervalMs: 1000 } });
    const { network, client, server } = pair;
    network.cut('10.0.1.2');
    client.keepsPackets = true;
    const association = client.associate(server);
    network.run(5000);
    for (const number of upFrom(0, 50)) client.send(association, numberedMessage(number, 1000));
    network.run(60_000);
    expect(deliveredOn(server)).toEqual(upFrom(0, 50));
    const toDead = client.sent.filter(({ destination }) => destination[2] === 1);
    expect(toDead.length).toBeGreaterThan(0);
    // Type 4 is HEARTBEAT; nothing longer than one goes there.
    expect(toDead.every(({ bytes }) => bytes[12] === 4 && bytes.length < 100)).toBe(true);
  });

  it('packets leave from the address that belongs to the path', () => {
    const { network, client, server, association, serverAssociation } = connectedPair({ addresses: 2 });
    client.keepsPackets = true;
    server.keepsPackets = true;
    for (const number of upFrom(0, 20)) client.send(association, numberedMessage(number, 1000));
    client.handle({ type: 'setPrimary', association, address: parseIpAddress('10.0.1.2') });
    server.send(serverAssociation, numberedMessage(0, 100));
    network.run(100_000);
    const pairs = new Set(
      [...client.sent, ...server.sent].map(({ source, destination }) => `${source[2]}-${destination[2]}`),
    );
    expect([...pairs].sort()).toEqual(['0-0', '1-1']);
  });

  it('no message is lost and data moves within the first timeout when a path is cut', () => {
    const { network, client, server, association } = connectedPair({ addresses: 2 });
    for (const number of upFrom(0, 100)) client.send(association, numberedMessage(number, 1000));
    network.run(3);
    network.cut('10.0.0.2');
    const before = network.now;
    network.runUntil(() => server.messages.length === 100, 60_000);
    expect(deliveredOn(server)).toEqual(upFrom(0, 100));
    // RTO.Min is a second: one timeout moves the rest, and the other path starts with a small window.
    expect(network.now - before).toBeLessThan(2000);
    expect(client.statesOf('10.0.0.2')).toContain('potentially-failed');
  });

  it('the loopback address is told to nobody who is not on it', () => {
    const machine = new SctpEndpointMachine({
      port: 5000,
      addresses: ['127.0.0.1', '198.51.100.1', 'fe80::1'].map(parseIpAddress),
      listen: false,
      allocate: () => 2,
      random: nearTheWrap(),
      hmac: hmacSha256,
      encapsulationPort: () => 9899,
    });
    machine.handle(
      {
        type: 'associate',
        association: 1,
        remote: { addresses: [parseIpAddress('203.0.113.7')], port: 7000 },
      },
      0,
    );
    const output = machine.poll();
    const hex =
      output?.type === 'packet'
        ? [...output.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
        : '';
    expect(hex.slice(24, 26)).toBe('01');
    expect(hex).not.toContain('000500087f000001');
    expect(hex).not.toContain('00060014fe80');
  });
});
