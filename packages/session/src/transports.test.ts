import { Handlespace } from '@rserpool/handlespace';
import { createFramedTcpTransport, createTcpDataTransport, realClock } from '@rserpool/transport';
import { parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { createPoolElement } from './create-pool-element.ts';
import { createPoolUser } from './create-pool-user.ts';
import type { SessionEvent } from './machine/session-event.ts';
import {
  createCluster,
  elementHost,
  serveCounter,
  startRegistrar,
  textOf,
} from './testing/cluster.fixture.ts';
import { nextText } from './testing/next.fixture.ts';

describe('a pool that serves TCP itself', () => {
  test('is reached over the TCP transport, and fails over without cookies', async () => {
    const cluster = await createCluster();
    for (const host of [1, 2]) {
      const server = await cluster.network.transport(elementHost(host)).bind({ port: 8080 });
      server.onAssociation = (association) => {
        association.handlers = {
          message: ({ data }) => {
            association.send({
              data: new TextEncoder().encode(`${host}:${textOf(data)}`),
              payloadProtocolIdentifier: 0,
            });
          },
        };
      };
      await cluster.element(host, { userTransport: { protocol: 'tcp', port: 8080 } });
    }
    const events: SessionEvent[] = [];
    const user = await cluster.user(1, {
      sessionTransports: { tcp: cluster.network.transport('10.0.2.1') },
    });
    const session = await cluster.settle(
      user.connect('TestPool', { onEvent: (event) => events.push(event) }),
    );
    const first = session.element?.identifier ?? 0;
    expect(session.element).toMatchObject({ protocol: 'tcp', port: 8080, addresses: [elementHost(first)] });
    session.send('hello');
    expect(await cluster.settle(nextText(session))).toBe(`${first}:hello`);
    cluster.network.kill(elementHost(first));
    await cluster.clock.advance(100);
    session.send('again');
    expect(await cluster.settle(nextText(session))).toBe(`${3 - first}:again`);
    expect(events.find(({ type }) => type === 'failoverComplete')).toMatchObject({ withCookie: false });
  });

  test('is not served at the port of the element itself', async () => {
    const cluster = await createCluster();
    const element = await cluster.element(1, { userTransport: { protocol: 'tcp', port: 8080 } });
    const client = await cluster.network.transport('10.0.2.7').bind({ listen: false });
    const association = await cluster.settle(
      client.connect({ addresses: [parseIpAddress(elementHost(1))], port: element.port }),
    );
    const losses: string[] = [];
    association.handlers = { message: () => undefined, lost: (reason) => losses.push(reason) };
    association.send({ data: new Uint8Array(4), payloadProtocolIdentifier: 0 });
    await cluster.clock.advance(100);
    expect(losses).toEqual(['closed-by-peer']);
    expect(element.sessionCount).toBe(0);
  });
});

test('over framed TCP, with real sockets: single messages go to all elements, and each answers', async () => {
  const transport = createFramedTcpTransport();
  const random = seededRandom(8);
  const handlespace = new Handlespace({ random });
  const { clock, seed, port } = { clock: realClock, seed: 8, port: 0 };
  const registrar = await startRegistrar({ transport, clock, handlespace, seed, port, received: [] });
  const registrars = [{ addresses: registrar.localAddresses, port: registrar.port }];
  const common = { transport, registrars, profile: 'lan', random } as const;
  const created = [];
  for (const identifier of [1, 2]) {
    const element = await createPoolElement({
      ...common,
      poolHandle: 'TestPool',
      identifier,
      cookieKeys: [new Uint8Array(32).fill(7)],
    });
    void element.serve(serveCounter);
    await element.registered();
    created.push(element);
  }
  const user = await createPoolUser({ ...common, sessionTransports: { sctp: transport } });
  const { to } = await user.send('TestPool', '+', { toAll: true });
  expect(new Set(to.map(({ handle }) => handle?.element.identifier))).toEqual(new Set([1, 2]));
  const answers = new Map<number | undefined, string>();
  for await (const { data, sender } of user.messages()) {
    answers.set(sender.handle?.element.identifier, textOf(data));
    if (answers.size === 2) break;
  }
  expect(answers).toEqual(
    new Map([
      [to[0]?.handle?.element.identifier, '1'],
      [to[1]?.handle?.element.identifier, '1'],
    ]),
  );
  await user.close();
  for (const element of created) await element.close();
  await registrar.close();
});

test('over framed TCP, with real sockets: a session goes on with its cookie when its element is cut', async () => {
  const transport = createFramedTcpTransport();
  const random = seededRandom(7);
  const handlespace = new Handlespace({ random });
  const registrar = await startRegistrar({
    transport,
    clock: realClock,
    handlespace,
    seed: 7,
    port: 0,
    received: [],
  });
  const registrars = [{ addresses: registrar.localAddresses, port: registrar.port }];
  const common = { transport, registrars, profile: 'lan', random } as const;
  const elements = new Map<number, { cut: () => void }>();
  const created = [];
  for (const identifier of [1, 2]) {
    const element = await createPoolElement({ ...common, poolHandle: 'TestPool', identifier });
    void element.serve(async (session) => {
      elements.set(identifier, { cut: () => session.abort() });
      await serveCounter(session);
    });
    await element.registered();
    created.push(element);
  }
  const user = await createPoolUser({
    ...common,
    sessionTransports: { sctp: transport, tcp: createTcpDataTransport() },
  });
  const session = await user.connect('TestPool', { resend: 'sinceCookie' });
  session.send('+');
  expect(await nextText(session)).toBe('1');
  const first = session.element?.identifier ?? 0;
  elements.get(first)?.cut();
  session.send('+');
  expect(await nextText(session)).toBe('2');
  expect(session.element?.identifier).toBe(3 - first);
  await user.close();
  for (const element of created) await element.close();
  await registrar.close();
});
