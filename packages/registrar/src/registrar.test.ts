import {
  type Association,
  createMemoryNetwork,
  createVirtualClock,
  type Endpoint,
  type MemoryNetwork,
  type VirtualClock,
} from '@rserpool/transport';
import {
  type AsapMessage,
  AsapPayloadProtocolIdentifier,
  decodeAsapMessage,
  encodeAsapMessage,
  ErrorCauseCode,
  formatPoolHandle,
  parseIpAddress,
  type PoolElement,
  poolHandleFromText,
  type RemoteEndpoint,
  seededRandom,
  TransportUse,
} from '@rserpool/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRegistrar, type Registrar, type RegistrarEvent, type RegistrarOptions } from './index.ts';

const pool = poolHandleFromText('EchoPool');

let clock: VirtualClock;
let network: MemoryNetwork;

beforeEach(() => {
  clock = createVirtualClock();
  network = createMemoryNetwork({ clock, random: seededRandom(7), delayMs: 1 });
});

async function startRegistrar(
  address: string,
  seed: number,
  options: Partial<RegistrarOptions> = {},
): Promise<{ registrar: Registrar; events: RegistrarEvent[] }> {
  const host = network.host(address);
  const registrar = await createRegistrar({
    asap: { transport: host.transport },
    enrp: { transport: host.transport },
    profile: 'lan',
    clock: host.clock,
    random: seededRandom(seed),
    ...options,
  });
  const events: RegistrarEvent[] = [];
  registrar.onEvent((event) => events.push(event));
  return { registrar, events };
}

/** A pool element that speaks ASAP by hand: it registers, and acknowledges keep-alives. */
class HandmadeElement {
  readonly received: AsapMessage[] = [];
  readonly element: PoolElement;
  readonly endpoint: Endpoint;
  home: Association | undefined;

  constructor(address: string, endpoint: Endpoint, identifier: number) {
    this.endpoint = endpoint;
    this.element = {
      identifier,
      homeRegistrar: 0,
      registrationLife: 60,
      userTransport: {
        protocol: 'sctp',
        port: endpoint.port,
        transportUse: TransportUse.dataPlusControl,
        addresses: [parseIpAddress(address)],
      },
      policy: { type: 'roundRobin' },
    };
    endpoint.onAssociation = (association) => this.#listen(association);
  }

  static async start(address: string, identifier: number): Promise<HandmadeElement> {
    return new HandmadeElement(address, await network.host(address).transport.bind({}), identifier);
  }

  async register(registrar: RemoteEndpoint, poolHandle: Uint8Array = pool): Promise<void> {
    const connecting = this.endpoint.connect(registrar);
    await clock.advance(20);
    this.home = await connecting;
    this.#listen(this.home);
    this.send(this.home, { type: 'ASAP_REGISTRATION', poolHandle, poolElement: this.element });
    await clock.advance(20);
  }

  send(association: Association, message: AsapMessage): void {
    const data = encodeAsapMessage(message);
    association.send({ data, payloadProtocolIdentifier: AsapPayloadProtocolIdentifier });
  }

  of<Type extends AsapMessage['type']>(type: Type): Extract<AsapMessage, { type: Type }>[] {
    return this.received.filter((message) => message.type === type) as Extract<AsapMessage, { type: Type }>[];
  }

  #listen(association: Association): void {
    association.handlers = {
      message: ({ data }) => {
        const decoded = decodeAsapMessage(data);
        if (!decoded.ok) return;
        this.received.push(decoded.message);
        if (decoded.message.type !== 'ASAP_ENDPOINT_KEEP_ALIVE') return;
        const { identifier } = this.element;
        this.send(association, {
          type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
          poolHandle: pool,
          poolElementIdentifier: identifier,
        });
      },
    };
  }
}

describe('a registrar in an application', () => {
  it('is ready when it finds itself alone, and takes registrations', async () => {
    const { registrar, events } = await startRegistrar('10.0.0.1', 1);
    const ready = registrar.ready();
    await clock.advance(2000);
    await ready;
    expect(registrar.isReady).toBe(true);

    const element = await HandmadeElement.start('10.0.1.1', 77);
    await element.register(registrar.asapEndpoint);
    expect(element.of('ASAP_REGISTRATION_RESPONSE')).toMatchObject([
      { rejected: false, poolElementIdentifier: 77 },
    ]);
    expect(registrar.elementCount).toBe(1);
    expect(registrar.pools()).toMatchObject([
      {
        policy: { type: 'roundRobin' },
        poolElements: [{ identifier: 77, homeRegistrar: registrar.identifier }],
      },
    ]);
    expect(events.filter(({ type }) => type === 'elementRegistered')).toHaveLength(1);
    await registrar.close();
  });

  it('listens on the registered ports of the RFCs where none are given', async () => {
    const { registrar } = await startRegistrar('10.0.0.1', 1);
    expect(registrar.asapEndpoint.port).toBe(3863);
    expect(registrar.enrpEndpoint.port).toBe(9901);
    await registrar.close();
  });

  it('answers a resolution with the elements, and an unknown pool with the error cause', async () => {
    const { registrar } = await startRegistrar('10.0.0.1', 1);
    await clock.advance(2000);
    const element = await HandmadeElement.start('10.0.1.1', 77);
    await element.register(registrar.asapEndpoint);
    for (const poolHandle of [pool, poolHandleFromText('NoPool')]) {
      if (element.home !== undefined) {
        element.send(element.home, { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle });
      }
    }
    await clock.advance(20);
    const answers = element.of('ASAP_HANDLE_RESOLUTION_RESPONSE');
    expect(answers.map(({ poolHandle }) => formatPoolHandle(poolHandle))).toEqual(['EchoPool', 'NoPool']);
    expect(answers[0]?.poolElements.map(({ identifier }) => identifier)).toEqual([77]);
    expect(answers[1]?.error?.causes.map(({ code }) => code)).toEqual([ErrorCauseCode.unknownPoolHandle]);
    await registrar.close();
  });

  it('removes a killed element at once and a hung one after the keep-alive timeout', async () => {
    const { registrar, events } = await startRegistrar('10.0.0.1', 1);
    await clock.advance(2000);
    const killed = await HandmadeElement.start('10.0.1.1', 77);
    const hung = await HandmadeElement.start('10.0.1.2', 78);
    await killed.register(registrar.asapEndpoint);
    await hung.register(registrar.asapEndpoint);
    expect(registrar.elementCount).toBe(2);

    network.kill('10.0.1.1');
    await clock.advance(50);
    expect(registrar.elementCount).toBe(1);

    network.hang('10.0.1.2');
    await clock.runUntil(() => registrar.elementCount === 0, 1000);
    const removed = events.filter((event) => event.type === 'elementRemoved');
    expect(removed).toMatchObject([
      { poolElementIdentifier: 77, reason: 'unreachable', own: true },
      { poolElementIdentifier: 78, reason: 'keepAliveTimeout', own: true },
    ]);
    await registrar.close();
  });

  it('counts what is malformed, answers nothing it need not, and keeps the association', async () => {
    const { registrar } = await startRegistrar('10.0.0.1', 1);
    await clock.advance(2000);
    const element = await HandmadeElement.start('10.0.1.1', 77);
    await element.register(registrar.asapEndpoint);
    const before = registrar.counters.asap.malformed;
    element.home?.send({ data: Uint8Array.of(1, 2, 3), payloadProtocolIdentifier: 11 });
    element.home?.send({ data: Uint8Array.of(0x7f, 0, 0, 4), payloadProtocolIdentifier: 11 });
    await clock.advance(20);
    expect(registrar.counters.asap.malformed).toBe(before + 2);
    // 0x7f has the high bits 01: discard and report (RFC 5354 section 4).
    expect(element.of('ASAP_ERROR')).toMatchObject([
      { error: { causes: [{ code: ErrorCauseCode.unrecognizedMessage }] } },
    ]);
    if (element.home !== undefined) {
      element.send(element.home, { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: pool });
    }
    await clock.advance(20);
    expect(element.of('ASAP_HANDLE_RESOLUTION_RESPONSE')).toHaveLength(1);
    await registrar.close();
  });
});

describe('two registrars', () => {
  async function startTwo(): Promise<{
    first: Awaited<ReturnType<typeof startRegistrar>>;
    second: typeof first;
  }> {
    const first = await startRegistrar('10.0.0.1', 1);
    await clock.advance(2000);
    const second = await startRegistrar('10.0.0.2', 2, { peers: [first.registrar.enrpEndpoint] });
    await clock.advance(1000);
    return { first, second };
  }

  it('find each other and keep one handlespace', async () => {
    const { first, second } = await startTwo();
    expect(first.registrar.peers.map(({ identifier }) => identifier)).toEqual([second.registrar.identifier]);
    expect(second.registrar.peers.map(({ identifier }) => identifier)).toEqual([first.registrar.identifier]);
    const element = await HandmadeElement.start('10.0.1.1', 77);
    await element.register(first.registrar.asapEndpoint);
    await clock.advance(50);
    expect(second.registrar.pools()).toEqual(first.registrar.pools());
    expect(second.registrar.elementCount).toBe(1);
    await Promise.all([first.registrar.close(), second.registrar.close()]);
  });

  it('RFC 5353 section 3.5: the survivor takes over the elements of a killed one and adopts them by the H flag', async () => {
    const { first, second } = await startTwo();
    const element = await HandmadeElement.start('10.0.1.1', 77);
    await element.register(first.registrar.asapEndpoint);
    await clock.advance(50);
    network.kill('10.0.0.1');
    await clock.runUntil(() => second.events.some(({ type }) => type === 'takeoverServerSent'), 3000);
    await clock.advance(100);
    expect(second.events.find(({ type }) => type === 'takeoverServerSent')).toMatchObject({
      target: first.registrar.identifier,
      elements: 1,
    });
    const adoption = element.of('ASAP_ENDPOINT_KEEP_ALIVE').find(({ home }) => home);
    expect(adoption?.serverIdentifier).toBe(second.registrar.identifier);
    expect(second.registrar.pools()[0]?.poolElements[0]?.homeRegistrar).toBe(second.registrar.identifier);
    // It is monitored from now on: the element stays, because it answers.
    await clock.advance(3000);
    expect(second.registrar.elementCount).toBe(1);
    await second.registrar.close();
  });
});

describe('starting and stopping a registrar', () => {
  it('rejects an identifier that is none', async () => {
    const { transport } = network.host('10.0.0.1');
    const start = createRegistrar({ asap: { transport }, enrp: { transport }, identifier: 0 });
    await expect(start).rejects.toMatchObject({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' });
  });

  it('rejects a profile that there is not', async () => {
    await expect(startRegistrar('10.0.0.1', 1, { profile: 'moon' as never })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
      message: expect.stringContaining('allowed are rfc, lan, wan, rsplib') as string,
    });
  });

  it('in the profile rsplib announces itself to the groups of the reference implementation, from its own ports', async () => {
    const seen: string[] = [];
    for (const [group, port] of [
      ['239.0.0.50', 3863],
      ['239.0.0.51', 9901],
    ] as const) {
      const { groups } = network.host('10.0.2.1').transport;
      const member = await groups?.join({ group: parseIpAddress(group), port });
      if (member === undefined) throw new Error('the network in memory has groups');
      member.onDatagram = (_, source) => seen.push(`${group} from port ${source.port}`);
    }
    const { registrar } = await startRegistrar('10.0.0.1', 1, {
      profile: 'rsplib',
      announce: true,
      enrpGroup: true,
    });
    await clock.advance(20_000);
    expect(new Set(seen)).toEqual(new Set(['239.0.0.50 from port 3863', '239.0.0.51 from port 9901']));
    await registrar.close();
  });

  it('rejects a group that neither it nor the profile names', async () => {
    await expect(startRegistrar('10.0.0.1', 1, { enrpGroup: true })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
      message: expect.stringContaining('enrpGroup names no group') as string,
    });
  });

  it('in the profile rsplib takes no pool handle in that its peers cannot read', async () => {
    const { registrar } = await startRegistrar('10.0.0.1', 1, { profile: 'rsplib' });
    const answers: (number | undefined)[] = [];
    for (const bytes of [32, 33]) {
      const element = await HandmadeElement.start(`10.0.1.${String(bytes)}`, bytes);
      await element.register(registrar.asapEndpoint, poolHandleFromText('x'.repeat(bytes)));
      const [answer] = element.of('ASAP_REGISTRATION_RESPONSE');
      answers.push(answer?.error?.causes[0]?.code);
    }
    expect(answers).toEqual([undefined, ErrorCauseCode.lackOfResources]);
    await registrar.close();
  });

  it('releases what was bound where its settings are refused', async () => {
    const timing = { enrp: { peerHeartbeatCycleMs: 0 } };
    await expect(startRegistrar('10.0.0.1', 1, { timing })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
    });
    const { registrar } = await startRegistrar('10.0.0.1', 1);
    expect(registrar.asapEndpoint.port).toBe(3863);
  });

  it('releases what was bound where a later part fails', async () => {
    const host = network.host('10.0.0.1');
    const blocker = await host.transport.bind({ port: 9901 });
    const options = {
      asap: { transport: host.transport },
      enrp: { transport: host.transport },
      clock: host.clock,
    };
    await expect(createRegistrar(options)).rejects.toMatchObject({ code: 'ERR_RSERPOOL_ADDRESS_IN_USE' });
    await blocker.close();
    const registrar = await createRegistrar({ ...options, random: seededRandom(1) });
    await registrar.close();
  });

  it('ends waiting for it when it is closed, and with the reason of a signal', async () => {
    const { registrar } = await startRegistrar('10.0.0.1', 1, {
      peers: [{ addresses: [parseIpAddress('10.0.0.9')], port: 9901 }],
    });
    const abort = new AbortController();
    const aborted = registrar.ready({ signal: abort.signal });
    const closed = registrar.ready();
    abort.abort(new Error('no patience'));
    await expect(aborted).rejects.toThrow('no patience');
    const closing = registrar.close();
    await expect(closed).rejects.toMatchObject({ code: 'ERR_RSERPOOL_REGISTRAR_CLOSED' });
    await closing;
    await registrar.close();
    await expect(registrar.ready()).rejects.toMatchObject({ code: 'ERR_RSERPOOL_REGISTRAR_CLOSED' });
  });
});
