import { expect, it } from 'vitest';
import type { Association } from '../contract/association.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import type { Transport } from '../contract/transport.ts';
import { createFramedTcpTransport } from '../tcp/tcp-transport.ts';
import { describeTransportCompliance } from './transport-compliance.ts';

/** Runs one test of the suite by its name; the error that it ends with, or `undefined`. */
const outcomeOf = async (name: string, client: Transport): Promise<unknown> => {
  let run: (() => Promise<void>) | undefined;
  describeTransportCompliance({
    name: 'broken',
    describe: (_name, body) => body(),
    it: (title, body) => {
      if (title === name) run = body;
    },
    expect,
    create: async () => ({ client, server: createFramedTcpTransport() }),
  });
  if (run === undefined) throw new Error(`the suite has no test '${name}'`);
  try {
    await run();
    return undefined;
  } catch (error) {
    return error;
  }
};

/** A transport whose opened associations are changed. */
const broken = (change: (association: Association) => Association): Transport => {
  const transport = createFramedTcpTransport();
  return {
    ...transport,
    async bind(options): Promise<Endpoint> {
      const endpoint = await transport.bind(options);
      const connect: Endpoint['connect'] = async (remote, more) =>
        change(await endpoint.connect(remote, more));
      return new Proxy(endpoint, {
        get(target, property): unknown {
          if (property === 'connect') return connect;
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
        set: (target, property, value) => Reflect.set(target, property, value, target),
      });
    },
  };
};

const withSend = (association: Association, send: Association['send']): Association =>
  new Proxy(association, {
    get(target, property): unknown {
      if (property === 'send') return send;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, property, value) => Reflect.set(target, property, value, target),
  });

const orderTest = 'keeps the order of many messages, and their boundaries where it has them';

it('the suite passes a transport that is right', async () => {
  expect(
    await outcomeOf(
      orderTest,
      broken((association) => association),
    ),
  ).toBe(undefined);
});

it('the suite finds messages that are swapped', async () => {
  const swapping = broken((association) => {
    let held: Parameters<Association['send']>[0] | undefined;
    return withSend(association, (message) => {
      if (held === undefined) {
        held = message;
        return true;
      }
      association.send(message);
      const result = association.send(held);
      held = undefined;
      return result;
    });
  });
  expect(await outcomeOf(orderTest, swapping)).toBeInstanceOf(Error);
});

it('the suite finds a payload protocol identifier that is lost', async () => {
  const forgetting = broken((association) =>
    withSend(association, (message) => association.send({ ...message, payloadProtocolIdentifier: 0 })),
  );
  const name = 'carries payload protocol identifier, stream and order as it declares';
  expect(await outcomeOf(name, forgetting)).toBeInstanceOf(Error);
});

it('the suite finds an association that is not reused though it is declared so', async () => {
  const wasteful = broken((association) => withSend(association, (message) => association.send(message)));
  const name = 'returns an association that is up already, or opens another, as it declares';
  expect(await outcomeOf(name, wasteful)).toBeInstanceOf(Error);
});
