import { type Association, createMemoryNetwork, type MemoryNetwork, realClock } from '@rserpool/transport';
import {
  decodeEnrpMessage,
  encodeEnrpMessage,
  type EnrpMessage,
  EnrpPayloadProtocolIdentifier,
  parseIpAddress,
  parseRemoteEndpoint,
  type PoolElement,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { type HandlespaceDump, readHandlespace } from './read-handlespace.ts';

const registrar = 0x11223344;
const addresses = [parseIpAddress('10.0.0.1')];
const transport = { protocol: 'sctp', port: 9901, transportUse: 0, addresses } as const;
const element: PoolElement = {
  identifier: 7,
  homeRegistrar: registrar,
  registrationLife: 60,
  userTransport: transport,
  policy: { type: 'roundRobin' },
  asapTransport: transport,
};

let network: MemoryNetwork;
let asked: EnrpMessage[];

beforeEach(() => {
  network = createMemoryNetwork({ clock: realClock, random: seededRandom(1), delayMs: 0 });
  asked = [];
});

/** A registrar by hand that rejects the first requests for its list. */
async function startRegistrar(rejections: number): Promise<void> {
  let left = rejections;
  const endpoint = await network.host('10.0.0.1').transport.bind({ port: 9901 });
  const answer = (message: EnrpMessage): EnrpMessage | undefined => {
    const header = { senderIdentifier: registrar, receiverIdentifier: message.senderIdentifier };
    if (message.type === 'ENRP_PRESENCE' && message.replyRequired) {
      const serverInformation = { identifier: registrar, transport };
      return { type: 'ENRP_PRESENCE', ...header, replyRequired: false, serverInformation };
    }
    if (message.type === 'ENRP_LIST_REQUEST') {
      left -= 1;
      return { type: 'ENRP_LIST_RESPONSE', ...header, rejected: left >= 0, servers: [] };
    }
    if (message.type !== 'ENRP_HANDLE_TABLE_REQUEST') return undefined;
    const poolEntries = [{ poolHandle: poolHandleFromText('P'), poolElements: [element] }];
    return { type: 'ENRP_HANDLE_TABLE_RESPONSE', ...header, rejected: false, moreToSend: false, poolEntries };
  };
  endpoint.onAssociation = (association: Association) => {
    association.handlers = {
      message: ({ data }) => {
        const decoded = decodeEnrpMessage(data);
        if (!decoded.ok) return;
        asked.push(decoded.message);
        const reply = answer(decoded.message);
        if (reply === undefined) return;
        association.send({
          data: encodeEnrpMessage(reply),
          payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
        });
      },
    };
  };
}

async function read(isDialable: boolean): Promise<HandlespaceDump> {
  const { transport: own } = network.host('10.0.0.2');
  const options = { transport: own, addresses: undefined, timeoutMs: 60_000, isDialable };
  return await readHandlespace(parseRemoteEndpoint('10.0.0.1:9901'), {
    ...options,
    signal: new AbortController().signal,
  });
}

describe('reading the handlespace of a registrar', () => {
  it('asks again where the registrar has just started and rejects', async () => {
    await startRegistrar(1);
    const { registrar: from, pools, owners } = await read(false);
    expect(from).toBe(registrar);
    expect(pools).toMatchObject([{ poolElements: [{ identifier: 7 }] }]);
    expect(owners).toMatchObject([{ identifier: registrar, elements: 1 }]);
    expect(asked.filter(({ type }) => type === 'ENRP_LIST_REQUEST')).toHaveLength(2);
  });

  it.each([
    ['no port, so that nobody dials what is gone in a moment', false],
    ['its port where the registrar wants one', true],
  ])('tells %s', async (_, isDialable) => {
    await startRegistrar(0);
    await read(isDialable);
    const [presence] = asked.filter((message) => message.type === 'ENRP_PRESENCE');
    expect((presence?.serverInformation?.transport.port ?? 0) !== 0).toBe(isDialable);
  });
});
