// Our pool elements and pool users on the reference's registrar.
import {
  dump,
  eventually,
  expect,
  expectEqual,
  ourElements,
  ourUser,
  registeredElement,
  theirRegistrar,
} from '../parties.mjs';

const registrarIdentifier = 0x11000001;

async function setUp(scope, options = [], settings = {}) {
  const registrar = await theirRegistrar(scope, 'r1', { identifier: registrarIdentifier, options });
  return { registrar, near: { registrars: [registrar.asap], ...settings } };
}

/** Where an element of ours is in their handlespace. */
async function entryOf(scope, registrar, identifier) {
  return (await dump(scope, registrar)).find((entry) => entry.identifier === identifier);
}

async function registration(scope) {
  const { registrar, near } = await setUp(scope);
  const identifier = 0x21000001;
  await registeredElement(scope, 'p1', near, {
    identifier,
    poolHandle: 'EchoPool',
    registrationLifeMs: 90_000,
  });
  const entry = await entryOf(scope, registrar, identifier);
  expect(entry !== undefined, 'their handlespace has no such element');
  const { pool, policy, home, lifeMs } = entry;
  expectEqual(
    { pool, policy, home, lifeMs },
    { pool: 'EchoPool', policy: 'RoundRobin', home: registrarIdentifier, lifeMs: 90_000 },
    'the entry in their handlespace',
  );
  return { lifeMs };
}

async function deregistration(scope) {
  const { registrar, near } = await setUp(scope);
  const element = await ourElements(scope, 'p1', {
    ...near,
    elements: [
      { identifier: 0x21000001, poolHandle: 'EchoPool' },
      { identifier: 0x21000002, poolHandle: 'EchoPool' },
    ],
  });
  for (const identifier of [0x21000001, 0x21000002]) await element.told({ event: 'registered', identifier });
  await element.ask({ do: 'close', identifier: 0x21000001 });
  await element.told({ event: 'deregistered', identifier: 0x21000001 });
  const left = await dump(scope, registrar);
  expectEqual(
    left.map((entry) => entry.identifier),
    [0x21000002],
    'what is left in their handlespace',
  );
}

async function resolution(scope) {
  const { near } = await setUp(scope);
  const identifiers = Array.from({ length: 6 }, (_, index) => 0x21000001 + index);
  const elements = await ourElements(scope, 'p1', {
    ...near,
    elements: identifiers.map((identifier) => ({ identifier, poolHandle: 'EchoPool' })),
  });
  for (const identifier of identifiers) await elements.told({ event: 'registered', identifier });
  // The profile asks for as many as there are; without the option the registrar's own maximum counts (-maxhresitems).
  const user = await ourUser(scope, 'u1', near);
  const plain = await ourUser(scope, 'u2', { ...near, profile: 'rfc' });
  const counts = {};
  for (const [asking, items] of [
    ['no option', undefined],
    ['1', 1],
    ['4', 4],
    ['99', 99],
    ['all', undefined],
  ]) {
    const asked = asking === 'no option' ? plain : user;
    const pool = await asked.ask({ do: 'resolve', poolHandle: 'EchoPool', items });
    counts[asking] = pool.elements.length;
    expectEqual(pool.policy.type, 'roundRobin', 'the policy of the pool');
    expectEqual(
      pool.elements.every(
        ({ identifier, addresses }) => identifiers.includes(identifier) && addresses.length === 1,
      ),
      true,
      'elements that were resolved',
    );
  }
  expectEqual(counts, { 1: 1, 4: 4, 99: 6, 'no option': 3, all: 6 }, 'elements for each number of items');
  return counts;
}

async function unknownPool(scope) {
  const { near } = await setUp(scope);
  const user = await ourUser(scope, 'u1', near);
  const outcome = await user.ask({ do: 'resolve', poolHandle: 'NoSuchPool' }).catch((error) => error);
  expectEqual(outcome.code, 'ERR_RSERPOOL_UNKNOWN_POOL_HANDLE', 'the error of an unknown pool');
}

async function keepAlives(scope) {
  const options = ['-endpointkeepalivetransmissioninterval=500', '-endpointkeepalivetimeoutinterval=1500'];
  const { registrar, near } = await setUp(scope, options);
  const element = await registeredElement(scope, 'p1', near, {
    identifier: 0x21000001,
    poolHandle: 'EchoPool',
  });
  const other = await registeredElement(scope, 'p2', near, {
    identifier: 0x21000002,
    poolHandle: 'EchoPool',
  });
  for (let count = 0; count < 5; count += 1) await other.take({ event: 'keepAliveAcknowledged' });
  // Hung, it answers no more.
  element.kill('STOP');
  await eventually(
    () => dump(scope, registrar),
    (entries) => entries.every(({ identifier }) => identifier !== 0x21000001),
    'a hung element leaves their handlespace',
  );
  const left = await dump(scope, registrar);
  expectEqual(
    left.map(({ identifier }) => identifier),
    [0x21000002],
    'who has answered is there',
  );
}

async function failureReport(scope) {
  const { registrar, near } = await setUp(scope);
  await registeredElement(scope, 'p1', near, { identifier: 0x21000001, poolHandle: 'EchoPool' });
  const user = await ourUser(scope, 'u1', near);
  // They remove it at the third report (-maxbadpereports).
  for (let report = 1; report <= 3; report += 1) {
    const before = await dump(scope, registrar);
    expectEqual(before.length, 1, `elements before report ${report}`);
    await user.ask({ do: 'resolve', poolHandle: 'EchoPool' });
    await user.ask({ do: 'report', poolHandle: 'EchoPool', identifier: 0x21000001 });
  }
  await eventually(
    () => dump(scope, registrar),
    (entries) => entries.length === 0,
    'the third report removes the element',
  );
}

async function policyConflict(scope) {
  const { near } = await setUp(scope);
  await registeredElement(scope, 'p1', near, { identifier: 0x21000001, poolHandle: 'EchoPool' });
  const other = await ourElements(scope, 'p2', {
    ...near,
    elements: [{ identifier: 0x21000002, poolHandle: 'EchoPool', policy: { type: 'random' } }],
  });
  const { causes } = await other.take({ event: 'registrationRejected' });
  expectEqual(
    causes.map(({ code }) => code),
    [5],
    'the cause: Inconsistent Pool Policy',
  );
}

async function registrarLoss(scope) {
  const { registrar, near } = await setUp(scope);
  const second = await theirRegistrar(scope, 'r2', {
    identifier: 0x11000002,
    options: [`-peer=${registrar.enrp}`],
  });
  const registrars = [registrar.asap, second.asap];
  const element = await ourElements(scope, 'p1', {
    ...near,
    registrars,
    elements: [{ identifier: 0x21000001, poolHandle: 'EchoPool' }],
  });
  await element.take({ event: 'registered' });
  const [{ home }] = await dump(scope, registrar);
  const [lost, left] = home === registrarIdentifier ? [registrar, second] : [second, registrar];
  lost.kill();
  await element.take({ event: 'homeRegistrarLost' });
  const leftIdentifier = left === registrar ? registrarIdentifier : 0x11000002;
  await eventually(
    () => dump(scope, left),
    ([entry]) => entry?.home === leftIdentifier,
    'the registrar that is left has it as its own',
  );
  const user = await ourUser(scope, 'u1', { ...near, registrars });
  const pool = await user.ask({ do: 'resolve', poolHandle: 'EchoPool' });
  expectEqual(
    pool.elements.map(({ identifier }) => identifier),
    [0x21000001],
    'what is resolved after it',
  );
}

async function announces(scope) {
  const { registrar } = await setUp(scope);
  const element = await registeredElement(
    scope,
    'p1',
    { multicast: true },
    { identifier: 0x21000001, poolHandle: 'EchoPool' },
  );
  const user = await ourUser(scope, 'u1', { multicast: true });
  const pool = await user.ask({ do: 'resolve', poolHandle: 'EchoPool' });
  expectEqual(pool.elements.length, 1, 'elements that were resolved');
  expect(!element.hasEnded && !registrar.hasEnded, 'both are there');
}

/** Each policy that the reference has, with the values that it is registered with first and then. */
const half = 0x80000000;
const eighth = 0x20000000;
const policies = [
  [{ type: 'roundRobin' }, {}],
  [{ type: 'weightedRoundRobin', weight: 3 }, { weight: 7 }],
  [{ type: 'random' }, {}],
  [{ type: 'weightedRandom', weight: 3 }, { weight: 7 }],
  [{ type: 'priority', priority: 3 }, { priority: 7 }],
  [{ type: 'leastUsed', load: half }, { load: eighth }],
  [{ type: 'leastUsedWithDegradation', load: half, loadDegradation: eighth }, { load: eighth }],
  [{ type: 'priorityLeastUsed', load: half, loadDegradation: eighth }, { load: eighth }],
  [{ type: 'randomizedLeastUsed', load: half }, { load: eighth }],
  [{ type: 'priorityLeastUsedWithDegradation', load: half, loadDegradation: eighth }, { load: eighth }],
  [{ type: 'weightedRandomDistance', weight: 3, weightDistanceFactor: eighth, distance: 100 }, { weight: 7 }],
  [{ type: 'leastUsedDistance', load: half, loadDistanceFactor: eighth, distance: 100 }, { load: eighth }],
  [
    {
      type: 'leastUsedWithDegradationDistance',
      load: half,
      loadDegradation: eighth,
      loadDistanceFactor: eighth,
      distance: 100,
    },
    { load: eighth },
  ],
];

async function reregistration(scope) {
  const { registrar, near } = await setUp(scope);
  const elements = policies.map(([policy], index) => ({
    identifier: 0x21000001 + index,
    poolHandle: `Pool-${index}`,
    policy,
  }));
  const program = await ourElements(scope, 'p1', { ...near, elements });
  for (const { identifier } of elements) await program.told({ event: 'registered', identifier });
  for (const [index, [policy, change]] of policies.entries()) {
    const { identifier } = elements[index];
    const done = program.lines.length;
    await program.ask({ do: 'update', identifier, policy: { ...policy, ...change } });
    await program.told(
      (line) =>
        line.event === 'registered' && line.identifier === identifier && program.lines.indexOf(line) >= done,
    );
  }
  const entries = await dump(scope, registrar);
  const user = await ourUser(scope, 'u1', near);
  for (const [index, [policy, change]] of policies.entries()) {
    const { identifier, poolHandle } = elements[index];
    const entry = entries.find((each) => each.identifier === identifier);
    expect(entry !== undefined, `their handlespace has no element with ${policy.type}`);
    const expected = { ...policy, ...change };
    const value = expected.weight ?? expected.priority ?? expected.load;
    if (value !== undefined) {
      const shown = value < 1000 ? `w=${value} ` : `($${value.toString(16).padStart(8, '0')})`;
      expect(entry.text.includes(shown), `${policy.type} is not as re-registered: ${entry.text}`);
    }
    const pool = await user.ask({ do: 'resolve', poolHandle });
    const { distance: _measured, ...policyThere } = pool.elements[0]?.poolElement.policy ?? {};
    // The distance is what their registrar has measured itself.
    const { distance: _ours, ...expectedThere } = expected;
    expectEqual(policyThere, expectedThere, `${policy.type} as it comes back`);
  }
  return { policies: policies.length };
}

export const ourClients = {
  'our element registers with rspregistrar': registration,
  'our element deregisters': deregistration,
  'our elements re-register with every policy': reregistration,
  'our user resolves with and without the item option': resolution,
  'our user asks for an unknown pool': unknownPool,
  'our element answers keep-alives, a hung one is removed': keepAlives,
  'our user reports an element as unreachable': failureReport,
  'our element with another policy is rejected': policyConflict,
  'our element and user hear of rspregistrar by its announces': announces,
  'our element loses its rspregistrar': registrarLoss,
};
