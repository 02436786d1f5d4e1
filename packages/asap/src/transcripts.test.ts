import { describe, expect, test } from 'vitest';
import { asapRegistrarTimingProfiles, asapTimingProfiles } from './timing/asap-timing-profiles.ts';
import { echo, knownElement, other, registrationOf } from './testing/samples.fixture.ts';
import { Scope } from './testing/scope.fixture.ts';

// Read the difference before writing these files anew (`vitest run --project asap -u`): they are the protocol.
const testdata = (name: string): string => `./testdata/${name}.txt`;

/** Keep-alives far apart, for transcripts about something else. */
const quiet = { keepAliveIntervalMs: 10_000_000 };

describe('RFC 5352 section 3.1: registration, as a transcript', () => {
  test('an element hunts for a registrar, registers and re-registers when T4 expires', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    scope.network.showTimersOf('pe1', scope.element(1, [1]));
    scope.network.input('pe1', {
      type: 'register',
      poolHandle: echo,
      poolElement: registrationOf('10.1.0.1', 17),
    });
    scope.network.run(10_000);
    scope.network.note('T4: 20 seconds before the registration life of 300 seconds ends');
    scope.network.run(300_000);
    scope.network.note('the policy changes');
    scope.network.input('pe1', { type: 'updatePolicy', policy: { type: 'roundRobin' } });
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('registration'));
  });

  test('a registration that contradicts the pool is rejected and not repeated', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    scope.element(1, [1]);
    scope.network.showTimersOf('pe2', scope.element(2, [1]));
    scope.network.input('pe1', {
      type: 'register',
      poolHandle: echo,
      poolElement: registrationOf('10.1.0.1', 17),
    });
    scope.network.run(1_000);
    const poolElement = registrationOf('10.1.0.2', 18, { policy: { type: 'random' } });
    scope.network.input('pe2', { type: 'register', poolHandle: echo, poolElement });
    scope.network.run(60_000);
    scope.network.note('the application corrects the error');
    scope.network.input('pe2', { type: 'updatePolicy', policy: { type: 'roundRobin' } });
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('registration-rejected'));
  });
});

describe('RFC 5352 section 3.2: deregistration, as a transcript', () => {
  test('an element leaves its pool, also where the registrar hangs', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    scope.registrar(2, { timing: quiet });
    scope.network.showTimersOf('pe1', scope.element(1, [1]));
    scope.network.showTimersOf('pe2', scope.element(2, [1, 2]));
    for (const number of [1, 2]) {
      const poolElement = registrationOf(`10.1.0.${String(number)}`, number);
      scope.network.input(`pe${String(number)}`, { type: 'register', poolHandle: echo, poolElement });
    }
    scope.network.run(1_000);
    scope.network.input('pe1', { type: 'deregister' });
    scope.network.run(1_000);
    scope.network.note('the home registrar of the second element hangs');
    scope.network.hang(scope.handlespace(1).elementCount === 1 ? 'pr1' : 'pr2');
    scope.network.input('pe2', { type: 'deregister' });
    scope.network.run(40_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('deregistration'));
  });

  test('the registration life of an element runs out, and it registers again', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    // T4 later than the end of the life, so that the life runs out.
    const timing = { minimumReregistrationIntervalMs: 30_000 };
    scope.network.showTimersOf('pe1', scope.element(1, [1], { timing }));
    const poolElement = registrationOf('10.1.0.1', 17, { registrationLife: 20 });
    scope.network.input('pe1', { type: 'register', poolHandle: echo, poolElement });
    scope.network.run(31_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('expiry'));
  });
});

describe('RFC 5352 section 3.3: handle resolution, as a transcript', () => {
  test('a known and an unknown pool are resolved, and the cache answers while it is fresh', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    scope.handlespace(1).register(echo, knownElement('10.1.0.1', 17, 1));
    scope.handlespace(1).register(echo, knownElement('10.1.0.2', 18, 1));
    scope.network.showTimersOf('pu1', scope.user(1, [1], { staleCacheValueMs: 5_000 }));
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(1_000);
    scope.network.input('pu1', { type: 'resolve', request: 2, poolHandle: other });
    scope.network.run(1_000);
    scope.network.note('fresh');
    scope.network.input('pu1', { type: 'resolve', request: 3, poolHandle: echo });
    scope.network.run(10_000);
    scope.network.note('stale');
    scope.network.input('pu1', { type: 'resolve', request: 4, poolHandle: echo });
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('resolution'));
  });

  test('a registrar hangs: T1 expires, the request is sent again, and a hunt in parallel finds another one', async () => {
    const scope = new Scope();
    const timing = asapTimingProfiles.lan;
    scope.registrar(1, { timing: quiet });
    scope.registrar(2, { timing: quiet, announce: { transports: [] } });
    for (const number of [1, 2]) scope.handlespace(number).register(echo, knownElement('10.1.0.1', 17, 9));
    scope.network.showTimersOf('pu1', scope.user(1, [1], { timing }));
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(100);
    scope.network.note('another registrar offers its service');
    scope.network.input('pr2', { type: 'offerService' });
    scope.network.run(600);
    scope.network.hang('pr1');
    scope.network.input('pu1', { type: 'resolve', request: 2, poolHandle: echo });
    scope.network.run(800);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('resolution-hunt'));
  });
});

describe('RFC 5352 section 2.2.5: dynamic updates, as a transcript', () => {
  test('a pool is followed while elements come, change and go, until it is gone, and when it is there again', async () => {
    const scope = new Scope();
    scope.registrar(1, { timing: quiet });
    for (const number of [1, 2]) scope.element(number, [1]);
    const register = (number: number): void => {
      const poolElement = registrationOf(`10.1.0.${String(number)}`, number);
      scope.network.input(`pe${String(number)}`, { type: 'register', poolHandle: echo, poolElement });
    };
    register(1);
    scope.network.run(1_000);
    scope.network.showTimersOf('pu1', scope.user(1, [1]));
    scope.network.input('pu1', { type: 'watch', watch: 1, poolHandle: echo });
    scope.network.run(1_000);
    scope.network.note('an element comes: the update is sent at once');
    register(2);
    scope.network.run(100);
    scope.network.note('two changes soon after: one update, a second after the one before');
    for (const number of [1, 2])
      scope.network.input(`pe${String(number)}`, { type: 'updatePolicy', policy: { type: 'roundRobin' } });
    scope.network.input('pe2', { type: 'deregister' });
    scope.network.run(2_000);
    scope.network.note('the last element leaves: a negative answer, and no more updates');
    scope.network.input('pe1', { type: 'deregister' });
    scope.network.run(1_000);
    scope.network.note('the pool is there again: nobody tells, so that the user has to ask');
    register(1);
    scope.network.run(12_000);
    scope.network.note('the watch ends: only the end of the association ends the updates');
    scope.network.input('pu1', { type: 'unwatch', watch: 1 });
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('updates'));
  });

  test('the registrar dies: the next one is asked anew, and what changed meanwhile is told', async () => {
    const scope = new Scope();
    for (const number of [1, 2]) {
      scope.registrar(number, { timing: quiet });
      scope.handlespace(number).register(echo, knownElement('10.1.0.1', 17, 9));
    }
    scope.network.showTimersOf('pu1', scope.user(1, [1, 2]));
    scope.network.input('pu1', { type: 'watch', watch: 1, poolHandle: echo });
    scope.network.run(1_000);
    const home = scope.network.associationsOf('pr1') === 1 ? 1 : 2;
    scope.network.note('meanwhile an element comes, of which the first registrar cannot tell any more');
    scope.network.kill(`pr${String(home)}`);
    scope.handlespace(3 - home).register(echo, knownElement('10.1.0.2', 18, 9));
    scope.network.run(1_000);
    scope.network.note('updates go on');
    scope.handlespace(3 - home).remove(scope.handlespace(3 - home).find(echo, 17) ?? -1);
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('updates-new-home'));
  });
});

describe('RFC 5352 section 9.1: limits, as a transcript', () => {
  test('a user asks for more than it may: errors, no updates, and reports that do not count', async () => {
    const scope = new Scope();
    scope.registrar(1, {
      timing: quiet,
      limits: {
        maximumResolutionsPerSecond: 2,
        maximumReportsPerSecond: 3,
        maximumKeepAlivesPerSecond: 2,
        maximumSubscriptionsPerAssociation: 0,
      },
    });
    scope.element(1, [1]);
    const poolElement = registrationOf('10.1.0.1', 1);
    scope.network.input('pe1', { type: 'register', poolHandle: echo, poolElement });
    scope.network.run(1_000);
    scope.user(1, [1]);
    scope.network.note('no room for subscriptions: the A flag is 0');
    scope.network.input('pu1', { type: 'watch', watch: 1, poolHandle: echo });
    scope.network.run(100);
    scope.network.note('the second and the third resolution within a second: the third is refused');
    for (const request of [1, 2]) {
      scope.network.input('pu1', { type: 'resolve', request, poolHandle: echo });
      scope.network.run(100);
    }
    scope.network.note('four reports at once: one counts, two cause keep-alives, the last is dropped');
    for (let report = 1; report <= 4; report++) {
      scope.network.input('pu1', { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
    }
    scope.network.run(100);
    scope.network.note('after a second it may again');
    scope.network.run(1_000);
    scope.network.input('pu1', { type: 'resolve', request: 3, poolHandle: echo });
    scope.network.input('pu1', { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
    scope.network.run(100);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('limits'));
  });
});

describe('RFC 5352 section 3.4: endpoint keep-alive, as a transcript', () => {
  test('a registrar dies, and the one that took over is adopted by the H flag', async () => {
    const scope = new Scope();
    scope.registrar(1);
    const second = scope.registrar(2);
    scope.network.showTimersOf('pe1', scope.element(1, [1, 2]));
    scope.network.input('pe1', {
      type: 'register',
      poolHandle: echo,
      poolElement: registrationOf('10.1.0.1', 17),
    });
    scope.network.run(100);
    const home = scope.handlespace(1).elementCount === 1 ? 1 : 2;
    const survivor = scope.handlespace(3 - home);
    const element = survivor.register(echo, knownElement('10.1.0.1', 17, home));
    scope.network.run(6_000);
    scope.network.kill(`pr${String(home)}`);
    scope.network.run(1_000);
    scope.network.note('ENRP takes over');
    const elements = survivor.takeOver(home, 3 - home);
    expect(element.ok && elements).toEqual(element.ok && [element.element]);
    scope.network.input(`pr${String(3 - home)}`, { type: 'adopt', elements });
    scope.network.run(8_000);
    expect(second.counters.keepAlivesAcknowledged).toBeGreaterThan(0);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('keep-alive'));
  });
});

describe('RFC 5352 section 3.5: unreachable endpoints, as a transcript', () => {
  test('reports have an element probed: a living one stays until there are too many, a dead one goes', async () => {
    const scope = new Scope();
    scope.registrar(1, {
      timing: { ...quiet, maximumBadReports: asapRegistrarTimingProfiles.rfc.maximumBadReports },
    });
    scope.element(1, [1]);
    scope.element(2, [1]);
    scope.user(1, [1]);
    for (const number of [1, 2]) {
      const poolElement = registrationOf(`10.1.0.${String(number)}`, number);
      scope.network.input(`pe${String(number)}`, { type: 'register', poolHandle: echo, poolElement });
    }
    scope.network.run(100);
    for (let report = 1; report <= 4; report++) {
      scope.network.note(`report ${String(report)} about a living element`);
      scope.network.input('pu1', { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
      scope.network.run(1_500);
    }
    scope.network.note('a hanging element is reported');
    scope.network.hang('pe2');
    scope.network.input('pu1', { type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 2 });
    scope.network.run(6_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('unreachable'));
  });
});

describe('RFC 5352 section 3.6: server hunt, as a transcript', () => {
  test('most registrars do not answer: three are tried at once, T5 doubles, others follow', async () => {
    const scope = new Scope();
    for (const number of [1, 2, 3, 4, 5]) scope.registrar(number);
    for (const number of [1, 2, 3, 4]) scope.network.silence(`pr${String(number)}`);
    scope.network.kill('pr5');
    scope.network.showTimersOf('pu1', scope.user(1, [1, 2, 3, 4, 5]));
    scope.network.input('pu1', { type: 'resolve', request: 1, poolHandle: echo });
    scope.network.run(12_000);
    scope.network.note(
      'a sixth registrar is announced: it lives, and is tried at once in the place of another',
    );
    scope.registrar(6, { announce: { transports: [] } });
    scope.network.input('pr6', { type: 'offerService' });
    scope.network.run(1_000);
    await expect(scope.network.transcript()).toMatchFileSnapshot(testdata('server-hunt'));
  });
});
