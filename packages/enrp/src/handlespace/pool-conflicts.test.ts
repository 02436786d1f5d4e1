import { ErrorCauseCode, UpdateAction, poolHandleFromText } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster, type Node, elementOf, viewOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const echo = poolHandleFromText('echo');

/** Registers an element of a policy at a registrar; `false` where its pool has another one. */
function register(cluster: Cluster, node: Node, identifier: number, type: 'random' | 'roundRobin'): boolean {
  const poolElement = { ...elementOf(identifier, node.identifier), policy: { type } };
  const result = node.handlespace.register(echo, poolElement);
  if (!result.ok) return false;
  cluster.input(node, { type: 'handleUpdate', action: 'add', poolHandle: echo, poolElement });
  return true;
}

/** A registrar (5) with an element of its own, and elements of the peers 3 and 9. */
function withPool(): Solo {
  const solo = new Solo().start();
  solo.peer(3);
  solo.peer(9);
  const own = elementOf(51, 5);
  solo.handlespace.register(echo, own);
  solo.input({ type: 'handleUpdate', action: 'add', poolHandle: echo, poolElement: own });
  solo.update(3, UpdateAction.addPoolElement, 31);
  solo.sent();
  solo.events();
  return solo;
}

function contradict(solo: Solo, sender: number, identifier: number): void {
  solo.receive(sender, {
    type: 'ENRP_HANDLE_UPDATE',
    takeoverSuggested: false,
    action: UpdateAction.addPoolElement,
    poolHandle: echo,
    poolElement: { ...elementOf(identifier, sender), policy: { type: 'random' } },
  });
}

describe('a pool that was founded twice, with different policies', () => {
  it('yields to a registrar with precedence: its own elements are announced as deleted', () => {
    const solo = withPool();
    contradict(solo, 9, 91);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9']);
    expect(solo.events()).toMatchObject([
      {
        type: 'poolYielded',
        homeRegistrar: 9,
        removed: 2,
        own: 1,
        causes: [{ code: ErrorCauseCode.inconsistentPoolPolicy }],
      },
    ]);
    expect(solo.sent()).toMatchObject(
      [3, 9].map((to) => ({
        to,
        type: 'ENRP_HANDLE_UPDATE',
        action: UpdateAction.deletePoolElement,
        poolElement: { identifier: 51 },
      })),
    );
    expect(solo.machine.counters).toMatchObject({ poolsYielded: 1, updatesRejected: 0 });
  });

  it('stays as it is where the other registrar has no precedence', () => {
    const solo = withPool();
    contradict(solo, 3, 32);
    expect(viewOf(solo.handlespace)).toEqual(['echo/31@3', 'echo/51@5']);
    expect(solo.machine.counters).toMatchObject({ poolsYielded: 0, updatesRejected: 1 });
  });

  it('yields to what the strongest home of the pool says of it now: what it said before is outdated', () => {
    const solo = withPool();
    solo.update(9, UpdateAction.addPoolElement, 91);
    contradict(solo, 9, 92);
    expect(viewOf(solo.handlespace)).toEqual(['echo/92@9']);
  });

  it('does not yield to what is wrong for another reason', () => {
    const solo = withPool();
    solo.receive(9, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: false,
      action: UpdateAction.addPoolElement,
      poolHandle: echo,
      poolElement: { ...elementOf(0, 9), policy: { type: 'random' } },
    });
    expect(viewOf(solo.handlespace)).toEqual(['echo/31@3', 'echo/51@5']);
  });

  it('is one pool again everywhere within three heartbeat cycles after the partition, on any schedule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 100, max: 4000 }),
        fc.integer({ min: 1, max: 25 }),
        (seed, count, cut, durationMs, maximumDelayMs) => {
          const cluster = new Cluster({ seed, delayMs: [1, maximumDelayMs] });
          const identifiers = Array.from({ length: count }, (_, index) => index + 1);
          const nodes = cluster.startAll(...identifiers);
          const side = Math.min(cut, count - 1);
          cluster.partition([identifiers.slice(0, side), identifiers.slice(side)]);
          cluster.advance(100);
          for (const node of nodes) {
            register(cluster, node, node.identifier * 10, node.identifier <= side ? 'random' : 'roundRobin');
          }
          cluster.advance(durationMs);
          cluster.heal();
          cluster.advance(3 * cluster.cycleMs);
          const views = nodes.map((node) => viewOf(node.handlespace));
          // The larger identifiers are on the second side.
          const survivors = identifiers.slice(side).map((identifier) => `echo/${identifier * 10}`);
          expect(views.map((view) => view.map((line) => line.split('@')[0]))).toEqual(
            nodes.map(() => survivors.toSorted()),
          );
          expect(views).toEqual(nodes.map(() => views[0]));
          cluster.advance(5 * cluster.cycleMs);
          expect(nodes.map((node) => viewOf(node.handlespace))).toEqual(views);
        },
      ),
      { numRuns: 100, seed: 5353 },
    );
  });

  it('is decided at once where two registrars grant the founding of it at the same time', () => {
    const cluster = new Cluster();
    const [first, second] = cluster.startAll(1, 2);
    if (first === undefined || second === undefined) throw new Error('no registrars');
    register(cluster, first, 10, 'random');
    register(cluster, second, 20, 'roundRobin');
    cluster.advance(5);
    expect([first, second].map((node) => viewOf(node.handlespace))).toEqual([['echo/20@2'], ['echo/20@2']]);
  });
});
