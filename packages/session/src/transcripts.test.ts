import { createHmac } from 'node:crypto';
import { encodeUtf8 } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { CookieSeal, type CookieSealOptions } from './machine/cookie-seal.ts';
import { echo, SessionNetwork, textMessage } from './machine/testing/session-network.fixture.ts';

// Read the difference before writing these files anew (`vitest run --project session -u`): they are the protocol.
const testdata = (name: string): string => `./testdata/${name}.txt`;

function sealOf(key: string): CookieSealOptions {
  return {
    authenticate: [(data) => createHmac('sha256', key).update(data).digest()],
    currentTime: () => 1_767_225_600_000,
  };
}

describe('RFC 5352 section 3.8: cookies, as a transcript', () => {
  test('a session goes on at another element with the cookie', async () => {
    const network = new SessionNetwork();
    for (const identifier of [1, 2]) network.element(identifier);
    network.clear();
    const user = network.user('pu');
    user({ type: 'openSession', session: 1, poolHandle: echo });
    network.run(100);
    user({ type: 'session', session: 1, input: { type: 'send', message: textMessage('hello') } });
    network.run(100);
    network.note('the element dies');
    network.kill('pe1');
    network.run(100);
    user({ type: 'session', session: 1, input: { type: 'send', message: textMessage('again') } });
    network.run(100);
    user({ type: 'session', session: 1, input: { type: 'close' } });
    network.run(100);
    await expect(network.transcript()).toMatchFileSnapshot(testdata('failover-with-cookie'));
  });

  test('a forged cookie is refused by every element that has the key', async () => {
    const network = new SessionNetwork();
    for (const identifier of [1, 2]) network.element(identifier, { cookieSeal: sealOf('key') });
    network.clear();
    const user = network.user('pu', { sessionTiming: { maximumFailoverAttempts: 2 } });
    const cookie = new CookieSeal(sealOf('a guess')).seal(echo, encodeUtf8('1000000'));
    user({ type: 'openSession', session: 1, poolHandle: echo, options: { cookie } });
    network.run(1000);
    await expect(network.transcript()).toMatchFileSnapshot(testdata('forged-cookie'));
  });
});

describe('RFC 5352 section 3.9: business cards, as a transcript', () => {
  test('an element and a user that is an element exchange their cards, and the order is followed', async () => {
    const network = new SessionNetwork();
    const cards = [1, 2, 3].map((identifier) => network.element(identifier));
    const own = network.element(9, {}, encodeUtf8('own'));
    network.clear();
    const user = network.user('pu', { staleCacheValueMs: 60_000, ownCard: () => own });
    const poolElements = [1, 3, 2].flatMap((identifier) => cards[identifier - 1]?.poolElements ?? []);
    user({ type: 'openSession', session: 1, poolHandle: echo, options: { preferredOrder: [1] } });
    user({ type: 'session', session: 1, input: { type: 'send', message: textMessage('hello') } });
    network.run(100);
    network.note('the element recommends 3 before 2');
    network.recommend('pe1', { poolHandle: echo, poolElements });
    network.run(100);
    network.kill('pe1');
    network.run(100);
    await expect(network.transcript()).toMatchFileSnapshot(testdata('business-cards'));
  });
});

describe('RFC 5352 section 6.5.5: delivery options, as a transcript', () => {
  test('ASAP_SEND_FAILOVER and ASAP_SEND_NO_FAILOVER where the element is dead', async () => {
    const network = new SessionNetwork();
    const [first] = network.element(1).poolElements;
    network.element(2);
    network.kill('pe1');
    network.clear();
    if (first === undefined) throw new Error('there is no element');
    const user = network.user('pu');
    const destination = { type: 'poolElement', poolHandle: echo, poolElement: first } as const;
    const message = textMessage('hello');
    user({ type: 'deliver', delivery: 1, destination, message, options: { failover: false } });
    network.run(100);
    network.note('the same with failover');
    user({ type: 'deliver', delivery: 2, destination, message });
    network.run(100);
    await expect(network.transcript()).toMatchFileSnapshot(testdata('no-failover'));
  });

  test('ASAP_SEND_TO_ALL, ASAP_SEND_TO_SELF and ASAP_SEND_TO_LAST', async () => {
    const network = new SessionNetwork();
    network.element(1);
    const own = network.element(2);
    network.element(3);
    network.clear();
    const user = network.user('pu', { ownCard: () => own });
    const destination = { type: 'pool', poolHandle: echo } as const;
    user({
      type: 'deliver',
      delivery: 1,
      destination,
      message: textMessage('to all'),
      options: { toAll: true },
    });
    network.run(100);
    network.note('and to the own element');
    const options = { toAll: true, toSelf: true };
    user({ type: 'deliver', delivery: 2, destination, message: textMessage('to self, too'), options });
    network.run(100);
    network.note('to the last one, which is the own element, as it got its copy last');
    user({
      type: 'deliver',
      delivery: 3,
      destination,
      message: textMessage('to last'),
      options: { toLast: true },
    });
    network.run(100);
    await expect(network.transcript()).toMatchFileSnapshot(testdata('to-all'));
  });
});
