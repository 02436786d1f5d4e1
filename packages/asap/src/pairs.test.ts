import { describe, expect, test } from 'vitest';
import { asapRegistrarTimingProfiles, asapTimingProfiles } from './timing/asap-timing-profiles.ts';
import { echo, knownElement, registrationOf, seeded } from './testing/samples.fixture.ts';
import { Scope } from './testing/scope.fixture.ts';

const lan = { timing: asapTimingProfiles.lan };
const lanRegistrar = { timing: asapRegistrarTimingProfiles.lan };

/** One registrar with living elements, all in the profile lan. */
function scopeWith(elements: number): Scope {
  const scope = new Scope();
  scope.registrar(1, { ...lanRegistrar, random: seeded(1) });
  for (let number = 1; number <= elements; number++) {
    scope.element(number, [1], { ...lan, random: seeded(number) });
    const poolElement = registrationOf(`10.1.0.${String(number)}`, number, { registrationLife: 15 });
    scope.network.input(`pe${String(number)}`, { type: 'register', poolHandle: echo, poolElement });
  }
  scope.network.run(100);
  return scope;
}

describe('pool elements and a registrar', () => {
  test('living elements stay registered, over a single association each', () => {
    const scope = scopeWith(5);
    scope.network.run(600_000);
    expect(scope.handlespace(1).elementCount).toBe(5);
    expect(scope.network.eventsOf('pr1', 'elementRemoved')).toEqual([]);
    expect(scope.network.eventsOf('pr1', 'elementExpired')).toEqual([]);
    for (let number = 1; number <= 5; number++) {
      expect(scope.network.eventsOf(`pe${String(number)}`, 'homeRegistrarLost')).toEqual([]);
    }
    expect(scope.network.associationsOf('pr1')).toBe(5);
  });

  test('a killed element is gone within milliseconds', () => {
    const scope = scopeWith(3);
    const killedAt = scope.network.now;
    scope.network.kill('pe2');
    scope.network.run(1_000);
    expect(scope.handlespace(1).elementCount).toBe(2);
    expect((scope.network.timeOf('pr1', 'elementRemoved') ?? 0) - killedAt).toBeLessThan(10);
  });

  test('a hung element is gone within a second, and registers again when it goes on', () => {
    const scope = scopeWith(3);
    scope.network.run(10_000);
    const hungAt = scope.network.now;
    scope.network.hang('pe2');
    scope.network.run(5_000);
    expect((scope.network.timeOf('pr1', 'elementRemoved') ?? Infinity) - hungAt).toBeLessThan(1_000);
    scope.network.resume('pe2');
    scope.network.run(10_000);
    expect(scope.handlespace(1).elementCount).toBe(3);
  });

  test('an association that breaks between two living ends is replaced without anybody leaving the pool', () => {
    const scope = scopeWith(3);
    scope.network.run(1_000);
    scope.network.breakAssociations('pe2', 'pr1');
    scope.network.breakAssociations('pr1', 'pe2');
    scope.network.run(10_000);
    expect(scope.network.eventsOf('pr1', 'elementRemoved')).toEqual([]);
    expect(scope.network.eventsOf('pr1', 'elementAlive')).toMatchObject([{ reason: 'associationLost' }]);
    expect(scope.network.eventsOf('pe2', 'homeRegistrarChanged').at(-1)).toMatchObject({
      reason: 'reconnected',
    });
    expect(scope.network.eventsOf('pe2', 'serverHuntStarted')).toHaveLength(1);
  });

  test('the only registrar dies and comes back empty: all elements are back', () => {
    const scope = scopeWith(3);
    scope.network.kill('pr1');
    scope.network.run(2_000);
    const machine = scope.registrar(1, { ...lanRegistrar, announce: { transports: [] } });
    scope.network.revive('pr1', machine);
    scope.network.input('pr1', { type: 'offerService' });
    scope.network.run(10_000);
    expect(scope.handlespace(1).elementCount).toBe(3);
  });

  test('an element that was registered at a registrar that died registers at the survivor after the grace', () => {
    const scope = new Scope();
    scope.registrar(1, lanRegistrar);
    scope.registrar(2, lanRegistrar);
    scope.element(1, [1, 2], lan);
    const poolElement = registrationOf('10.1.0.1', 1);
    scope.network.input('pe1', { type: 'register', poolHandle: echo, poolElement });
    scope.network.run(100);
    const home = scope.handlespace(1).elementCount === 1 ? 1 : 2;
    scope.network.kill(`pr${String(home)}`);
    scope.network.run(2_900);
    expect(scope.handlespace(3 - home).elementCount).toBe(0);
    scope.network.run(300);
    expect(scope.handlespace(3 - home).elementCount).toBe(1);
  });

  test('two registrars that both think they own an element do not fight over it for ever', () => {
    const scope = new Scope();
    scope.registrar(1, lanRegistrar);
    scope.registrar(2, lanRegistrar);
    scope.element(1, [1], lan);
    const poolElement = registrationOf('10.1.0.1', 1);
    scope.network.input('pe1', { type: 'register', poolHandle: echo, poolElement });
    scope.network.run(100);
    const second = scope.handlespace(2);
    second.register(echo, knownElement('10.1.0.1', 1, 1));
    scope.network.input('pr2', { type: 'adopt', elements: second.takeOver(1, 2) });
    scope.network.run(60_000);
    expect(scope.network.eventsOf('pe1', 'homeRegistrarChanged').length).toBeLessThan(4);
    expect(scope.network.eventsOf('pe1', 'homeRegistrarChanged').at(-1)).toMatchObject({
      homeRegistrar: { serverIdentifier: 2 },
    });
  });

  test('everybody leaves: nothing runs on', () => {
    const scope = scopeWith(3);
    for (const name of ['pe1', 'pe2', 'pe3']) scope.network.input(name, { type: 'deregister' });
    scope.network.run(1_000);
    for (const name of ['pe1', 'pe2', 'pe3']) scope.network.input(name, { type: 'shutdown' });
    scope.network.run(1_000);
    expect(scope.handlespace(1).poolCount).toBe(0);
    expect(scope.network.associationsOf('pr1')).toBe(0);
    for (const node of scope.network.nodes.values()) expect(node.machine.nextTimeout()).toBeUndefined();
  });
});

describe('pool users and registrars', () => {
  test('a user resolves, reports a dead element, and gets it no more', () => {
    const scope = scopeWith(3);
    scope.user(1, [1], { ...lan, staleCacheValueMs: 60_000 });
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(100);
    scope.network.hang('pe2');
    scope.network.input('pu1', { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 2 });
    scope.network.run(500);
    scope.network.input('pu1', { type: 'resolve', request: 2, poolHandle: echo, bypassCache: true });
    scope.network.run(100);
    const pools = scope.network.nodes.get('pu1')?.outputs.flatMap(({ output }) => {
      if (output.type !== 'resolved') return [];
      const { pool } = output as unknown as { pool: { poolElements: readonly { identifier: number }[] } };
      return [pool.poolElements.map((element) => element.identifier).sort((left, right) => left - right)];
    });
    expect(pools).toEqual([
      [1, 2, 3],
      [1, 3],
    ]);
  });

  test('a user whose registrar dies under a request is answered by another one', () => {
    const scope = new Scope();
    for (const number of [1, 2]) {
      scope.registrar(number, lanRegistrar);
      scope.handlespace(number).register(echo, knownElement('10.1.0.1', 1, 9));
    }
    const user = scope.user(1, [1, 2], lan);
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(10);
    const home = user.homeRegistrar?.remote?.addresses[0]?.[3] ?? 0;
    scope.network.input('pu1', { type: 'resolve', request: 2, poolHandle: echo });
    scope.network.kill(`pr${String(home)}`);
    scope.network.run(100);
    const resolved = scope.network.nodes
      .get('pu1')
      ?.outputs.filter(({ output }) => output.type === 'resolved');
    expect(resolved).toHaveLength(2);
  });

  test('without any registrar a request of the profile lan fails within two seconds', () => {
    const scope = new Scope();
    scope.user(1, [1, 2, 3], lan);
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(2_000);
    const outputs = scope.network.nodes.get('pu1')?.outputs ?? [];
    expect(outputs.filter(({ output }) => output.type === 'resolutionFailed')).toMatchObject([
      { output: { reason: 'noRegistrar' } },
    ]);
  });
});
