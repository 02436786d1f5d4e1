// The reference's servers and clients on our registrar.
import { dump, eventually, expect, expectEqual, ourRegistrar, theirServer, theirUser } from '../parties.mjs';

const registrarIdentifier = 0x12000001;
const [first, second] = [0x22000001, 0x22000002];

const setUp = (scope, settings = {}) =>
  ourRegistrar(scope, 'r1', { identifier: registrarIdentifier, ...settings });

const named = (identifier) => `-identifier=0x${identifier.toString(16)}`;

const isRegistered = (poolElementIdentifier) => ({ event: 'elementRegistered', poolElementIdentifier });

const isRemoved = (poolElementIdentifier) => ({ event: 'elementRemoved', poolElementIdentifier });

async function registration(scope) {
  const registrar = await setUp(scope);
  const server = await theirServer(scope, 'p1', 'echo', {
    registrar,
    options: [named(first), '-rereginterval=1000'],
  });
  await registrar.take(isRegistered(first));
  await registrar.take({ ...isRegistered(first), reregistration: true });
  const [entry] = await dump(scope, registrar);
  expectEqual(
    { pool: entry?.pool, policy: entry?.policy, home: entry?.home, lifeMs: entry?.lifeMs },
    { pool: 'EchoPool', policy: 'RoundRobin', home: registrarIdentifier, lifeMs: 3000 },
    'what hsdump shows of our handlespace',
  );
  server.kill('INT');
  await registrar.take({ event: 'elementDeregistered', poolElementIdentifier: first });
  expectEqual((await registrar.ask({ do: 'counts' })).elements, 0, 'elements after the deregistration');
}

/** Each policy that rspserver takes, and what has to come of it. */
const policies = {
  RoundRobin: { type: 'roundRobin' },
  'WeightedRoundRobin:3': { type: 'weightedRoundRobin', weight: 3 },
  Random: { type: 'random' },
  'WeightedRandom:3': { type: 'weightedRandom', weight: 3 },
  'Priority:5': { type: 'priority', priority: 5 },
  LeastUsed: { type: 'leastUsed' },
  'LeastUsedDegradation:0.125': { type: 'leastUsedWithDegradation', loadDegradation: 0x20000000 },
  'PriorityLeastUsed:0.125': { type: 'priorityLeastUsed', loadDegradation: 0x20000000 },
  RandomizedLeastUsed: { type: 'randomizedLeastUsed' },
  'WeightedRandomDPF:3:0.125': { type: 'weightedRandomDistance', weight: 3 },
  'LeastUsedDPF:0.125': { type: 'leastUsedDistance' },
};

async function everyPolicy(scope) {
  const registrar = await setUp(scope);
  for (const [index, policy] of Object.keys(policies).entries()) {
    await theirServer(scope, 'p1', 'echo', {
      registrar,
      options: [`-policy=${policy}`, `-poolhandle=Pool-${index}`, named(first + index)],
    });
  }
  for (const index of Object.keys(policies).keys()) await registrar.told(isRegistered(first + index));
  const pools = await registrar.ask({ do: 'pools' });
  for (const [index, expected] of Object.values(policies).entries()) {
    const pool = pools.find(({ poolHandle }) => poolHandle === `Pool-${index}`);
    const { policy } = pool.poolElements[0];
    const same = Object.fromEntries(Object.keys(expected).map((key) => [key, policy[key]]));
    expectEqual(same, expected, `the policy ${expected.type}`);
  }
  return { policies: pools.length };
}

async function death(scope) {
  const registrar = await setUp(scope, {
    timing: { asap: { keepAliveIntervalMs: 500, keepAliveTimeoutMs: 1500 } },
  });
  const killed = await theirServer(scope, 'p1', 'echo', { registrar, options: [named(first)] });
  const hung = await theirServer(scope, 'p2', 'echo', { registrar, options: [named(second)] });
  await registrar.told(isRegistered(first));
  await registrar.told(isRegistered(second));
  killed.kill();
  await registrar.told(isRemoved(first));
  expectEqual(registrar.all(isRemoved(second)).length, 0, 'removals of the one that answers');
  hung.kill('STOP');
  await registrar.told(isRemoved(second));
  expectEqual((await registrar.ask({ do: 'counts' })).elements, 0, 'elements that are left');
}

async function terminal(scope) {
  const registrar = await setUp(scope);
  await theirServer(scope, 'p1', 'echo', { registrar, options: [named(first)] });
  await theirServer(scope, 'p1', 'daytime', { registrar, options: [named(second)] });
  await registrar.told(isRegistered(first));
  await registrar.told(isRegistered(second));
  const echo = await theirUser(scope, 'u1', 'rspterminal', { registrar, options: ['-poolhandle=EchoPool'] });
  await saysUntil(echo, 'hello', /from PE \$22000001> hello/);
  const daytime = await theirUser(scope, 'u1', 'rspterminal', {
    registrar,
    options: ['-poolhandle=DaytimePool'],
  });
  await saysUntil(daytime, 'when', /from PE \$22000002> .*20\d\d/);
}

/** Says it again and again until there is an answer: what is typed before there is a session may be lost. */
async function saysUntil(program, text, answer, shower = program) {
  await eventually(
    () => {
      program.say(text);
      return shower.all(answer).length;
    },
    (count) => count > 0,
    `${shower.name} shows ${answer}`,
    60_000,
  );
}

async function discard(scope) {
  const registrar = await setUp(scope);
  const server = await theirServer(scope, 'p1', 'discard', { registrar, options: [named(first)] });
  await registrar.told(isRegistered(first));
  const user = await theirUser(scope, 'u1', 'rspterminal', {
    registrar,
    options: ['-poolhandle=DiscardPool'],
  });
  await saysUntil(user, 'into the void', /discard.* \d+ bytes/i, server);
}

async function unknownPool(scope) {
  const registrar = await setUp(scope);
  const user = await theirUser(scope, 'u1', 'rspterminal', {
    registrar,
    options: ['-poolhandle=NoSuchPool', '-loglevel=5', '-logcolor=off'],
  });
  await user.take(/did not find new pool element/);
  expect(!registrar.hasEnded, 'our registrar is there');
}

async function failureReport(scope) {
  // Nobody but users finds out: keep-alives are far apart.
  const registrar = await setUp(scope, {
    timing: { asap: { keepAliveIntervalMs: 600_000, keepAliveTimeoutMs: 600_000 } },
  });
  await theirServer(scope, 'p1', 'echo', { registrar, options: [named(first)] });
  await registrar.told(isRegistered(first));
  await scope.cut('p1');
  await theirUser(scope, 'u1', 'rspterminal', { registrar, options: ['-poolhandle=EchoPool'] });
  await registrar.take({ event: 'unreachableReported', poolElementIdentifier: first }, 90_000);
}

async function pingPongFailover(scope) {
  const registrar = await setUp(scope);
  const servers = {};
  for (const [name, identifier] of [
    ['p1', first],
    ['p2', second],
  ]) {
    servers[identifier] = await theirServer(scope, name, 'pingpong', {
      registrar,
      options: [named(identifier)],
    });
    await registrar.told(isRegistered(identifier));
  }
  const user = await theirUser(scope, 'u1', 'pingpongclient', { registrar, options: ['-interval=200'] });
  const ack = /Ack #(\d+) from PE \$([\da-f]+) \(reply #(\d+)\)/;
  let served;
  for (let count = 0; count < 4; count += 1) served = await user.take(ack);
  const identifier = Number.parseInt(served[2], 16);
  servers[identifier].kill();
  const other = identifier === first ? second : first;
  const after = await user.take(
    (line) => typeof line === 'string' && ack.exec(line)?.[2] === other.toString(16).padStart(8, '0'),
    90_000,
  );
  // The element that goes on numbers its replies from the cookie of the first.
  const [, , , reply] = ack.exec(after);
  expect(Number(reply) > Number(served[3]), `reply ${reply} goes on after reply ${served[3]}`);
  return { before: served[3], after: reply };
}

async function calcAppFailover(scope) {
  const registrar = await setUp(scope);
  const servers = {};
  for (const [name, identifier] of [
    ['p1', first],
    ['p2', second],
  ]) {
    servers[identifier] = await theirServer(scope, name, 'calcapp', {
      registrar,
      options: [named(identifier), '-capcapacity=1000000', '-capcookiemaxtime=0.5', '-policy=LeastUsed'],
    });
    await registrar.told(isRegistered(identifier));
  }
  const user = await theirUser(scope, 'u1', 'calcappclient', {
    registrar,
    // A mean: hardly any is over before its server is killed.
    options: ['-jobsize=16000000', '-jobinterval=1'],
  });
  const [, job] = await user.take(/Job #(\d+) accepted/, 90_000);
  // What the servers print may come later than what the client does.
  const busy = await Promise.race(
    [first, second].map(async (identifier) => {
      await servers[identifier].told(/SESSION_ADD/, 90_000);
      return identifier;
    }),
  );
  servers[busy].kill();
  await user.take(/FAILOVER/, 90_000);
  await user.take(new RegExp(`Job #${job} completed`), 120_000);
  return { job };
}

async function announces(scope) {
  const registrar = await setUp(scope, { multicast: true });
  await theirServer(scope, 'p1', 'echo', { options: [named(first)] });
  await registrar.told(isRegistered(first), 60_000);
  const user = await theirUser(scope, 'u1', 'rspterminal', { options: ['-poolhandle=EchoPool'] });
  await saysUntil(user, 'hello', /from PE \$22000001> hello/);
}

async function registrarLoss(scope) {
  const registrar = await setUp(scope, { multicast: true });
  const other = await ourRegistrar(scope, 'r2', { identifier: 0x12000002, multicast: true });
  await theirServer(scope, 'p1', 'echo', { options: [named(first), '-rereginterval=1000'] });
  const home = await Promise.race(
    [registrar, other].map(async (each) => {
      await each.told(isRegistered(first), 60_000);
      return each;
    }),
  );
  home.kill();
  const left = home === registrar ? other : registrar;
  await left.told(isRegistered(first), 60_000);
}

export const theirClients = {
  'rspserver registers with us, re-registers, deregisters; hsdump shows it': registration,
  'rspserver registers with every policy that it offers': everyPolicy,
  'rspserver is killed, another one hangs': death,
  'rspterminal talks to echo and daytime': terminal,
  'rspterminal feeds discard': discard,
  'rspterminal asks for an unknown pool': unknownPool,
  'rspterminal reports an element as unreachable': failureReport,
  'rspserver and rspterminal hear of us by our announces': announces,
  'rspserver loses our registrar': registrarLoss,
  'pingpongclient fails over by cookie': pingPongFailover,
  'calcappclient fails over by cookie': calcAppFailover,
};
