import { createRegistrar, type Registrar } from '@rserpool/registrar';
import { createPoolElement, createPoolUser, type ServedSession } from '@rserpool/session';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { describe, expect, it } from 'vitest';

const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
/** Supervision that a busy machine does not trip over. */
const patient = { transport, profile: 'rfc' } as const;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Waits until an event has made something true. */
async function until(registrar: Registrar, isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise<void>((resolve) => {
      const stop = registrar.onEvent(() => {
        stop();
        resolve();
      });
    });
  }
}

/** Two registrars that know each other. */
async function twoRegistrars(): Promise<readonly [Registrar, Registrar]> {
  const endpoints = { asap: { transport, port: 0 }, enrp: { transport, port: 0 }, profile: 'lan' } as const;
  const first = await createRegistrar(endpoints);
  const second = await createRegistrar({ ...endpoints, peers: [first.enrpEndpoint] });
  await until(first, () => first.peers.length > 0);
  return [first, second];
}

/** Counts, and gives its state to the user. */
async function count(session: ServedSession): Promise<void> {
  let number = Number(text(session.restoredState ?? new Uint8Array()) || 0);
  for await (const _message of session) {
    number += 1;
    session.setCookie(String(number));
    session.send(String(number));
  }
}

describe('over SCTP, with real sockets', () => {
  it('two registrars keep one handlespace: an element registers with one, a pool user asks the other', async () => {
    const [first, second] = await twoRegistrars();
    await using element = await createPoolElement({
      ...patient,
      poolHandle: 'EchoPool',
      registrars: [first.asapEndpoint],
    });
    await element.registered();
    await using user = await createPoolUser({ ...patient, registrars: [second.asapEndpoint] });
    for await (const { elements } of user.watch('EchoPool')) {
      if (elements.length === 0) continue;
      const { identifier, port } = element;
      expect(elements).toMatchObject([{ identifier, protocol: 'sctp', port }]);
      break;
    }
    await Promise.all([first.close(), second.close()]);
  });

  it('a session goes on with its cookie at another element when its element aborts', async () => {
    const [registrar, other] = await twoRegistrars();
    const registrars = [registrar.asapEndpoint, other.asapEndpoint];
    const serving = new Map<number, ServedSession>();
    const elements = [];
    for (const identifier of [1, 2]) {
      const element = await createPoolElement({
        ...patient,
        poolHandle: 'CounterPool',
        registrars,
        identifier,
      });
      void element.serve(async (session) => {
        serving.set(identifier, session);
        await count(session);
      });
      await element.registered();
      elements.push(element);
    }
    const user = await createPoolUser({ ...patient, sessionTransports: { sctp: transport }, registrars });
    const session = await user.connect('CounterPool', { resend: 'sinceCookie' });
    const answers = session[Symbol.asyncIterator]();
    const next = async (): Promise<string> => text((await answers.next()).value?.data ?? new Uint8Array());
    session.send('next');
    expect(await next()).toBe('1');
    const first = session.element?.identifier ?? 0;
    serving.get(first)?.abort();
    session.send('next');
    expect(await next()).toBe('2');
    expect(session.element?.identifier).toBe(3 - first);
    await user.close();
    for (const element of elements) await element.close();
    await Promise.all([registrar.close(), other.close()]);
  });
});
