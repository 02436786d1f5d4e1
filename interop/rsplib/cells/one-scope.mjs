// One scope of registrars of both implementations.
import { setTimeout as delay } from 'node:timers/promises';
import {
  dump,
  eventually,
  expect,
  expectEqual,
  ourElements,
  ourRegistrar,
  theirRegistrar,
  theirServer,
} from '../parties.mjs';

/** Of the takeover between ours and theirs the smaller identifier wins, as the profile has it. */
const ours = { r1: 0x11000001, r3: 0x11000003 };
const theirs = { r2: 0x11000002, r4: 0x11000004 };

/** Short cycles, so that a registrar that is gone is noticed within seconds. */
const theirTimers = ['-peerheartbeatcycle=1000', '-peermaxtimelastheard=5000', '-peermaxtimenoresponse=3000'];
const ourTiming = {
  enrp: { peerHeartbeatCycleMs: 1000, maxTimeLastHeardMs: 5000, maxTimeNoResponseMs: 3000 },
};

/** Where a thousand elements are, nobody asks each of them every five seconds: that is tried elsewhere. */
const rarely = 120_000;
const theirCrowdTimers = [
  ...theirTimers,
  `-endpointkeepalivetransmissioninterval=${rarely}`,
  `-endpointkeepalivetimeoutinterval=${rarely}`,
];
const ourCrowdTiming = {
  ...ourTiming,
  asap: { keepAliveIntervalMs: rarely, keepAliveTimeoutMs: rarely },
};

/** Counts of elements by their home registrar, as their registrar has them. */
async function theirHomes(scope, registrar) {
  const homes = {};
  for (const { home } of await dump(scope, registrar)) homes[home] = (homes[home] ?? 0) + 1;
  return homes;
}

const homesOf = (scope, registrar, isOurs) =>
  isOurs ? registrar.ask({ do: 'homes' }) : theirHomes(scope, registrar);

const sorted = (homes) =>
  JSON.stringify(Object.entries(homes).sort(([left], [right]) => Number(left) - Number(right)));

/** Waits until each of them knows these elements, by home registrar. */
async function agree(scope, registrars, expected, what) {
  for (const [registrar, isOurs] of registrars)
    await eventually(
      () => homesOf(scope, registrar, isOurs),
      (homes) => sorted(homes) === sorted(expected),
      `${what}, at ${registrar.name}, expected ${sorted(expected)}`,
      60_000,
    );
}

/** Two of each; how they find each other is up to the settings. */
async function fourRegistrars(scope, { multicast }) {
  const names = ['r1', 'r2', 'r3', 'r4'];
  const addresses = {};
  for (const name of names) addresses[name] = await scope.addressOf(name, name in ours);
  const peersOf = (name) =>
    names.filter((other) => other !== name).map((other) => `${addresses[other]}:9901`);
  const registrars = {};
  // All at once: they find each other in whatever order they come.
  await Promise.all(
    names.map(async (name, index) => {
      registrars[name] =
        name in ours
          ? await ourRegistrar(scope, name, {
              identifier: ours[name],
              multicast,
              timing: ourTiming,
              ...(!multicast && { peers: peersOf(name) }),
            })
          : await theirRegistrar(scope, name, {
              identifier: theirs[name],
              logLevel: 5,
              options: [
                ...theirTimers,
                // Where there is no multicast, nobody else is in its groups.
                ...(multicast
                  ? []
                  : [
                      `-asapannounce=239.0.${index + 1}.50:3863`,
                      `-enrpannounce=239.0.${index + 1}.51:9901`,
                      ...peersOf(name).map((peer) => `-peer=${peer}`),
                    ]),
              ],
            });
    }),
  );
  return registrars;
}

const allOf = (registrars) =>
  Object.entries(registrars).map(([name, registrar]) => [registrar, name in ours]);

/** Each registrar gets an element of the other implementation. */
async function elementAtEach(scope, registrars) {
  const expected = {};
  for (const [index, [name, registrar]] of Object.entries(registrars).entries()) {
    const identifier = 0x21000001 + index;
    if (name in ours) {
      expected[ours[name]] = 1;
      await theirServer(scope, `p${index}`, 'echo', {
        registrar,
        options: [`-identifier=0x${identifier.toString(16)}`, '-rereginterval=120000'],
      });
    } else {
      expected[theirs[name]] = 1;
      const element = await ourElements(scope, `p${index}`, {
        registrars: [registrar.asap],
        elements: [{ identifier, poolHandle: 'EchoPool' }],
      });
      await element.told({ event: 'registered', identifier });
    }
  }
  return expected;
}

const discovery =
  ({ multicast }) =>
  async (scope) => {
    const registrars = await fourRegistrars(scope, { multicast });
    for (const name of Object.keys(ours)) {
      const others = [...Object.values(ours), ...Object.values(theirs)].filter((each) => each !== ours[name]);
      await eventually(
        () => registrars[name].ask({ do: 'peers' }),
        (peers) => others.every((identifier) => peers.some((peer) => peer.identifier === identifier)),
        `${name} knows all others`,
        60_000,
      );
    }
    const expected = await elementAtEach(scope, registrars);
    await agree(scope, allOf(registrars), expected, 'each element is known everywhere');
  };

const crowdSize = 1000;
const fewer = 100;

async function crowd(scope, name, registrar, first, count = crowdSize) {
  const program = await scope.our('crowd', name, {
    registrar: registrar.asap,
    count,
    first,
    pools: 20,
  });
  const { accepted } = await program.told({ event: 'registered' }, 120_000);
  expectEqual(accepted, count, 'registrations');
  return program;
}

const mismatches = (registrar) =>
  registrar.all({ event: 'auditMismatch' }).filter(({ postponed }) => !postponed);

const theirMismatches = (registrar) => registrar.all(/Handle Table synchronization with peer/);

/** A thousand elements of theirs come to ours, a thousand of ours to theirs, and then all checksums are right. */
async function tables(scope) {
  const r1 = await ourRegistrar(scope, 'r1', { identifier: ours.r1, timing: ourCrowdTiming });
  await crowd(scope, 'p1', r1, 0x30000001);
  // Theirs starts with ours as its mentor, and downloads.
  const r2 = await theirRegistrar(scope, 'r2', {
    identifier: theirs.r2,
    logLevel: 5,
    options: [...theirCrowdTimers, `-peer=${r1.enrp}`],
  });
  await agree(scope, [[r2, false]], { [ours.r1]: crowdSize }, 'their registrar downloads our table');
  await crowd(scope, 'p2', r2, 0x31000001);
  const both = { [ours.r1]: crowdSize, [theirs.r2]: crowdSize };
  await agree(
    scope,
    [
      [r1, true],
      [r2, false],
    ],
    both,
    'updates get everywhere',
  );
  // Ours starts with theirs as its mentor, and downloads.
  const r3 = await ourRegistrar(scope, 'r3', {
    identifier: ours.r3,
    timing: ourCrowdTiming,
    peers: [r2.enrp],
  });
  await r3.told({ event: 'initialized' }, 90_000);
  await agree(scope, [[r3, true]], both, 'our registrar downloads their table');
  const pages = r3.all({ event: 'tablePageReceived' }).length;
  expect(pages > 1, `pages of the table: ${pages}`);
  // Equal checksums: for four heartbeat cycles nobody finds a difference. What does not happen cannot be waited for.
  const before = [mismatches(r1).length, mismatches(r3).length, theirMismatches(r2).length];
  await delay(4000);
  expectEqual(
    [mismatches(r1).length, mismatches(r3).length, theirMismatches(r2).length],
    before,
    'checksums that differ',
  );
  return { elements: 2 * crowdSize, pages };
}

/** What somebody has falsely deleted comes back by the comparison of checksums. */
async function audit(scope) {
  const r1 = await ourRegistrar(scope, 'r1', { identifier: ours.r1, timing: ourCrowdTiming });
  const r2 = await theirRegistrar(scope, 'r2', {
    identifier: theirs.r2,
    logLevel: 5,
    options: [...theirCrowdTimers, `-peer=${r1.enrp}`],
  });
  await crowd(scope, 'p1', r1, 0x30000001, fewer);
  await crowd(scope, 'p2', r2, 0x31000001, fewer);
  const both = { [ours.r1]: fewer, [theirs.r2]: fewer };
  const registrars = [
    [r1, true],
    [r2, false],
  ];
  await agree(scope, registrars, both, 'both know all elements');
  const first = theirMismatches(r2).length;
  await scope.our('forger', 'x1', {
    enrp: r2.enrp,
    owner: ours.r1,
    receiver: theirs.r2,
    poolHandle: 'Crowd-0',
    identifier: 0x30000001,
  });
  await eventually(
    () => theirMismatches(r2).length,
    (count) => count > first,
    'their registrar finds another checksum',
  );
  await scope.our('forger', 'x2', {
    enrp: r1.enrp,
    owner: theirs.r2,
    receiver: ours.r1,
    poolHandle: 'Crowd-0',
    identifier: 0x31000001,
  });
  await r1.told({ event: 'resynchronized', peer: theirs.r2 });
  await agree(scope, registrars, both, 'both know all elements again');
}

/** A registrar is cut off; the other implementation takes its elements over. Then it comes back. */
const takeover = (victim) => async (scope) => {
  const registrars = await fourRegistrars(scope, { multicast: true });
  const expected = await elementAtEach(scope, registrars);
  await agree(scope, allOf(registrars), expected, 'each element is known everywhere');
  const isOurs = victim in ours;
  const gone = isOurs ? ours[victim] : theirs[victim];
  // Its element lives on: only the registrar is gone, and takes its associations with it.
  await scope.cut(victim);
  const left = allOf(registrars).filter(([registrar]) => registrar !== registrars[victim]);
  const observer = isOurs ? registrars.r3 : registrars.r1;
  const homes = await eventually(
    () => observer.ask({ do: 'homes' }),
    (found) => !(gone in found) && Object.values(found).reduce((sum, count) => sum + count, 0) === 4,
    'its element has another home',
    90_000,
  );
  await agree(scope, left, homes, 'those that are left agree');
  await scope.mend(victim);
  await eventually(
    async () =>
      Promise.all(
        allOf(registrars).map(async ([registrar, own]) => sorted(await homesOf(scope, registrar, own))),
      ),
    (views) => new Set(views).size === 1 && Object.values(JSON.parse(views[0])).length > 0,
    'all four agree after its return',
    90_000,
  );
  const by = Object.keys(homes).map(Number);
  return { homes: by.length };
};

/** Killed without a word: its elements find another registrar; restarted, it learns everything again. */
const restart = (victim) => async (scope) => {
  const registrars = await fourRegistrars(scope, { multicast: true });
  const expected = await elementAtEach(scope, registrars);
  await agree(scope, allOf(registrars), expected, 'each element is known everywhere');
  const isOurs = victim in ours;
  const gone = isOurs ? ours[victim] : theirs[victim];
  registrars[victim].kill();
  await registrars[victim].ended();
  const left = allOf(registrars).filter(([registrar]) => registrar !== registrars[victim]);
  const observer = isOurs ? registrars.r3 : registrars.r1;
  const others = Object.fromEntries(Object.entries(expected).filter(([home]) => Number(home) !== gone));
  const isKept = (found) =>
    !(gone in found) && Object.entries(others).every(([home, count]) => found[home] >= count);
  const homes = await eventually(
    () => observer.ask({ do: 'homes' }),
    isKept,
    'nobody is at the dead one',
    90_000,
  );
  await agree(scope, left, homes, 'those that are left agree');
  const again = isOurs
    ? await ourRegistrar(scope, victim, { identifier: gone, multicast: true, timing: ourTiming })
    : await theirRegistrar(scope, victim, { identifier: gone, logLevel: 5, options: theirTimers });
  await agree(scope, [...left, [again, isOurs]], homes, 'the one that is back knows everything');
};

export const oneScope = {
  'four registrars find each other by multicast': discovery({ multicast: true }),
  'four registrars find each other by static lists': discovery({ multicast: false }),
  'tables of a thousand elements in both directions, equal checksums': tables,
  'the audit repairs a forged loss at either': audit,
  'ours is cut off, taken over, and returns': takeover('r1'),
  'theirs is cut off, taken over, and returns': takeover('r2'),
  'ours is killed and started again': restart('r1'),
  'theirs is killed and started again': restart('r2'),
};
