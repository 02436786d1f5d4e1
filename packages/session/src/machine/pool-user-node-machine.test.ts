import {
  type AsapMessage,
  type AssociationId,
  parseIpAddress,
  poolHandleFromText,
  seededRandom,
} from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { PoolUserNodeMachine } from './pool-user-node-machine.ts';
import type { PoolUserNodeInput, PoolUserNodeOutput } from './pool-user-node-types.ts';
import { elementOf, messageOf } from './testing/machine.fixture.ts';

const poolHandle = poolHandleFromText('TestPool');

/** A node whose registrar answers each resolution with the same pool, and whose elements accept everybody. */
function nodeOf(identifiers: readonly number[], staleCacheValueMs = 0) {
  let last = 0;
  const machine = new PoolUserNodeMachine({
    registrars: [{ addresses: [parseIpAddress('192.0.2.100')], port: 3863 }],
    random: seededRandom(1),
    allocateAssociation: () => ++last,
    protocols: ['sctp'],
    staleCacheValueMs,
  });
  const outputs: PoolUserNodeOutput[] = [];
  const resolutions: AsapMessage[] = [];
  const reports: AsapMessage[] = [];
  let now = 0;
  const answer = (association: AssociationId, message: AsapMessage): void => {
    if (message.type === 'ASAP_ENDPOINT_UNREACHABLE') reports.push(message);
    if (message.type !== 'ASAP_HANDLE_RESOLUTION') return;
    resolutions.push(message);
    give({
      type: 'registrar',
      input: {
        type: 'message',
        association,
        reports: [],
        message: {
          type: 'ASAP_HANDLE_RESOLUTION_RESPONSE',
          subscribed: false,
          poolHandle,
          poolElements: identifiers.map((identifier) => elementOf(identifier)),
        },
      },
    });
  };
  const react = (output: PoolUserNodeOutput): void => {
    if (output.type === 'registrar' && output.output.type === 'open') {
      const { association, remote } = output.output;
      give({ type: 'registrar', input: { type: 'associationUp', association, remote, inbound: false } });
    } else if (output.type === 'registrar' && output.output.type === 'send') {
      answer(output.output.association, output.output.message);
    } else if (output.type === 'session' && output.output.type === 'open') {
      const { association } = output.output;
      give({ type: 'associationUp', association, controlChannel: true, heartbeats: true });
    }
  };
  const give = (input: PoolUserNodeInput): void => {
    machine.handle(input, now);
    const mine: PoolUserNodeOutput[] = [];
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) mine.push(output);
    outputs.push(...mine);
    for (const output of mine) react(output);
  };
  const elementsOf = (session: number): number[] =>
    outputs.flatMap((output) =>
      output.type === 'session' && output.session === session && output.output.type === 'open'
        ? [output.output.poolElement.identifier]
        : [],
    );
  const pass = (ms: number): void => {
    now += ms;
  };
  return { machine, outputs, resolutions, reports, give, elementsOf, pass };
}

describe('a pool user with many sessions', () => {
  test('RFC 5352 section 6.5.2.1: goes round over the elements although the cache answers', () => {
    const node = nodeOf([1, 2, 3], 60_000);
    for (let session = 1; session <= 6; session += 1) node.give({ type: 'openSession', session, poolHandle });
    expect(node.resolutions).toHaveLength(1);
    const chosen = [1, 2, 3, 4, 5, 6].flatMap((session) => node.elementsOf(session));
    expect(chosen).toEqual([1, 2, 3, 1, 2, 3]);
  });

  test('passes to each session what belongs to its association, and reports for it', () => {
    const node = nodeOf([1, 2]);
    node.give({ type: 'openSession', session: 1, poolHandle });
    node.give({ type: 'openSession', session: 2, poolHandle });
    const [first] = node.elementsOf(1);
    const open = node.outputs.find((output) => output.type === 'session' && output.output.type === 'open');
    const association =
      open?.type === 'session' && open.output.type === 'open' ? open.output.association : -1;
    node.give({ type: 'data', association, message: messageOf(7) });
    expect(node.outputs.at(-1)).toEqual({
      type: 'session',
      session: 1,
      output: { type: 'message', message: messageOf(7), element: elementOf(first ?? 0) },
    });
    node.give({ type: 'associationLost', association, reason: 'reset' });
    expect(node.reports).toEqual([
      { type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle, poolElementIdentifier: first },
    ]);
    expect(node.elementsOf(1)).toHaveLength(2);
    expect(node.elementsOf(2)).toHaveLength(1);
    const before = node.outputs.length;
    node.give({ type: 'data', association, message: messageOf(8) });
    expect(node.outputs).toHaveLength(before);
  });

  test('RFC 5352 section 6.9.2: what a session has reported the application does not report again', () => {
    const node = nodeOf([1, 2]);
    node.give({ type: 'openSession', session: 1, poolHandle });
    const [first = 0] = node.elementsOf(1);
    const report = { type: 'reportUnreachable', poolHandle, poolElementIdentifier: first } as const;
    node.give({ type: 'session', session: 1, input: { type: 'forceFailover', reportUnreachable: true } });
    expect(node.reports).toHaveLength(1);
    node.give(report);
    expect(node.outputs.at(-1)).toEqual({
      type: 'event',
      event: { type: 'unreachableReportDropped', poolHandle, poolElementIdentifier: first },
    });
    node.give({ type: 'resolve', request: 1, poolHandle });
    node.give(report);
    expect(
      node.reports.map((message) => 'poolElementIdentifier' in message && message.poolElementIdentifier),
    ).toEqual([first, first]);
  });

  test('answers requests of the application by their numbers, beside those of its sessions', () => {
    const node = nodeOf([1, 2]);
    for (let request = 0; request < 3; request += 1) {
      node.give({ type: 'openSession', session: request, poolHandle });
      node.give({ type: 'resolve', request, poolHandle });
      node.give({ type: 'cancel', request: -1 - request });
    }
    const answered = node.outputs.flatMap((output) => (output.type === 'resolved' ? [output.request] : []));
    expect(answered).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((session) => node.elementsOf(session).length)).toEqual([1, 1, 1]);
  });

  test('refuses a request of the application with a negative number or one that waits', () => {
    const node = nodeOf([1]);
    node.machine.handle({ type: 'resolve', request: 1, poolHandle }, 0);
    for (const request of [-1, Number.NaN, 1]) {
      expect(() => {
        node.give({ type: 'resolve', request, poolHandle });
      }).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    }
  });

  test('forgets a session that has ended, and refuses a number that is in use', () => {
    const node = nodeOf([1]);
    node.give({ type: 'openSession', session: 1, poolHandle });
    expect(() => {
      node.give({ type: 'openSession', session: 1, poolHandle });
    }).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(node.machine.sessionCount).toBe(1);
    node.give({ type: 'session', session: 1, input: { type: 'close' } });
    expect(node.machine.sessionCount).toBe(0);
    expect(node.machine.session(1)).toBeUndefined();
    node.give({ type: 'openSession', session: 1, poolHandle });
    expect(node.machine.sessionCount).toBe(1);
  });

  test('keeps the requests of the application apart from those of the sessions', () => {
    const node = nodeOf([1]);
    node.give({ type: 'openSession', session: 1, poolHandle });
    node.give({ type: 'resolve', request: 1, poolHandle });
    const answers = node.outputs.filter(({ type }) => type === 'resolved');
    expect(answers).toMatchObject([{ request: 1, pool: { poolElements: [{ identifier: 1 }] } }]);
  });

  test('shutdown ends all sessions', () => {
    const node = nodeOf([1, 2]);
    node.give({ type: 'openSession', session: 1, poolHandle });
    node.give({ type: 'openSession', session: 2, poolHandle });
    node.give({ type: 'shutdown' });
    expect(node.machine.sessionCount).toBe(0);
    expect(node.machine.nextTimeout()).toBeUndefined();
  });
});
