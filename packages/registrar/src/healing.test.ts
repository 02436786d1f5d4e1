import { asapTimingProfiles } from '@rserpool/asap';
import { seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualScope } from './testing/virtual-scope.fixture.ts';

/** Three cycles of PEER-HEARTBEAT-CYCLE in the profile `lan`, each with its jitter. */
const threeCyclesMs = 945;

/** An element that hunts when the network heals waits for the end of its round: that is not what is tested here. */
const shortRounds = { maximumServerHuntTimeoutMs: asapTimingProfiles.lan.serverHuntTimeoutMs };

/** Whether every element is where it thinks it is, in the view of every registrar, and nothing else is there. */
function isInPlace(scope: VirtualScope): boolean {
  const expected = [...scope.elements.values()].map(({ identifier, machine }) => {
    const [, , , host] = machine.homeRegistrar?.remote?.addresses[0] ?? [];
    const home = scope.living().find((registrar) => registrar.host[1] === host);
    return `pool${identifier % 3}/${identifier}@${home?.identifier}`;
  });
  const view = expected.toSorted().join(' ');
  return scope.living().every(({ identifier }) => scope.view(identifier).join(' ') === view);
}

function sides(names: readonly string[], random: () => number): string[][] {
  const [left, right]: [string[], string[]] = [[], []];
  for (const name of names) (random() % 2 === 0 ? left : right).push(name);
  // Some paths stay: an element may reach registrars that do not reach each other.
  for (const name of names) if (name.startsWith('E') && random() % 4 === 0) left.push(name);
  return [left, right];
}

/** Ends a registrar, and starts it anew at once, with another identifier. */
function restart(
  scope: VirtualScope,
  host: number,
  step: number,
  hosts: readonly number[],
  hung: Set<string>,
): void {
  scope.kill(`R${host}`);
  hung.delete(`R${host}`);
  const peers = hosts.filter((other) => other !== host);
  scope.registrar(host + 10 * (step + 1), peers, { host });
}

/** Lets registrars and elements be separated and stopped at random; then all is well again. */
function run(
  seed: number,
  registrars: number,
  elements: number,
  steps: number,
  maximumDelayMs: number,
): VirtualScope {
  const scope = new VirtualScope({ seed, maximumDelayMs });
  const random = seededRandom(seed);
  const identifiers = Array.from({ length: registrars }, (_, index) => index + 1);
  for (const identifier of identifiers) {
    scope.registrar(identifier, identifiers.slice(0, identifier - 1));
    scope.advance(60);
  }
  scope.advance(700);
  for (let index = 1; index <= elements; index += 1)
    scope.element(100 + index, `pool${(100 + index) % 3}`, identifiers, { type: 'roundRobin' }, shortRounds);
  scope.advance(200);
  const names = [
    ...identifiers.map((identifier) => `R${identifier}`),
    ...[...scope.elements.keys()].map((identifier) => `E${identifier}`),
  ];
  const hung = new Set<string>();
  for (let step = 0; step < steps; step += 1) {
    const action = random() % 7;
    const name = names[random() % names.length] ?? 'R1';
    if (action <= 1) scope.partition(sides(names, random));
    else if (action === 2) scope.heal();
    else if (action === 6) restart(scope, identifiers[random() % registrars] ?? 1, step, identifiers, hung);
    else if (action === 3) scope.breakAssociations(name, names[random() % names.length] ?? 'R1');
    else if (hung.delete(name)) scope.resume(name);
    else {
      scope.hang(name);
      hung.add(name);
    }
    scope.advance(random() % 1500);
  }
  scope.heal();
  for (const name of hung) scope.resume(name);
  for (const { identifier, events } of scope.elements.values()) {
    const last = events.findLast(({ type }) => type === 'registered' || type === 'registrationFailed');
    // What has given up is for the application to start anew.
    if (last?.type === 'registrationFailed') {
      scope.tell(identifier, { type: 'updatePolicy', policy: { type: 'roundRobin' } });
    }
  }
  return scope;
}

describe('registrars and pool elements after any sequence of partitions, stops and restarts', () => {
  it('agree within three heartbeat cycles: every living element is there, at the home registrar that it knows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0x7fffffff }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (seed, registrars, elements, steps, maximumDelayMs) => {
          const scope = run(seed, registrars, elements, steps, maximumDelayMs);
          scope.advance(threeCyclesMs);
          for (let cycle = 0; cycle < 10; cycle += 1) {
            scope.advance(300);
            expect(isInPlace(scope)).toBe(true);
          }
        },
      ),
      { numRuns: 150, seed: 5353 },
    );
  });
});
