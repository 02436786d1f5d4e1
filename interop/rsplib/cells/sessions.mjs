// Sessions across: our users on their servers, their users on our servers, and failovers between them.
import {
  expect,
  expectEqual,
  ourElements,
  ourRegistrar,
  ourUser,
  theirRegistrar,
  theirServer,
  theirUser,
} from '../parties.mjs';

const ourIdentifier = 0x21000001;
const theirIdentifier = 0x22000001;
const ownRegistrar = 0x11000001;
const leastUsed = { type: 'leastUsed', load: 0 };

/** Only a kernel tells that a process has died; the profile takes 45 s to notice that an element is silent. */
const timing = { heartbeatIntervalMs: 500, heartbeatMaximumMissed: 6 };

const named = (identifier) => `-identifier=0x${identifier.toString(16)}`;

/** A picture small enough for a guest, and slow enough to be cut. */
const picture = {
  width: 240,
  height: 160,
  maxIterations: 400,
  algorithm: 1,
  c1real: -1.5,
  c1imag: 1.5,
  c2real: 1.5,
  c2imag: -1.5,
  n: 2,
};

/**
 * Their server and ours in one pool, on their registrar. Who registers first serves first.
 *
 * @returns The registrar, and each program by its identifier.
 */
async function mixedPool(scope, isOursFirst, { service, theirService, theirOptions = [], ...ourOptions }) {
  const registrar = await theirRegistrar(scope, 'r1', { identifier: ownRegistrar });
  const programs = {};
  const start = {
    async theirs() {
      const options = [named(theirIdentifier), ...theirOptions];
      const theirs = await theirServer(scope, 'p1', theirService, { registrar, options });
      await theirs.told(/Registration result is: okay/);
      programs[theirIdentifier] = theirs;
    },
    async ours() {
      const elements = [{ identifier: ourIdentifier, service, ...ourOptions }];
      const ours = await ourElements(scope, 'p2', { registrars: [registrar.asap], elements });
      await ours.told({ event: 'registered', identifier: ourIdentifier });
      programs[ourIdentifier] = ours;
    },
  };
  for (const who of isOursFirst ? ['ours', 'theirs'] : ['theirs', 'ours']) await start[who]();
  return { registrar, programs };
}

const otherThan = (identifier) => (identifier === ourIdentifier ? theirIdentifier : ourIdentifier);

/** Our user plays ping-pong with a pool of both; whoever serves first is killed, then there is only the other one. */
const pingPongOfOurs = (isOursFirst) => async (scope) => {
  const { registrar, programs } = await mixedPool(scope, isOursFirst, {
    service: 'pingPong',
    theirService: 'pingpong',
    poolHandle: 'PingPongPool',
  });
  const user = await ourUser(scope, 'u1', { registrars: [registrar.asap], timing });
  const summary = user.ask(
    { do: 'pingPong', poolHandle: 'PingPongPool', count: 100, intervalMs: 200 },
    120_000,
  );
  let before;
  for (let count = 0; count < 5; count += 1) before = await user.take({ event: 'reply' });
  const { element } = await user.told({ event: 'connected' });
  programs[element.identifier].kill();
  const failover = await user.take({ event: 'failoverComplete' }, 90_000);
  expectEqual(failover.to.identifier, otherThan(element.identifier), 'the element after the failover');
  expectEqual(failover.withCookie, true, 'whether the state was brought along');
  const after = await user.take({ event: 'reply' });
  expect(
    after.replyNumber > before.replyNumber,
    `reply ${after.replyNumber} goes on after reply ${before.replyNumber}`,
  );
  const { replies } = await summary;
  return { first: element.identifier === ourIdentifier ? 'ours' : 'theirs', replies };
};

/** The client of the reference on a pool of both. */
const pingPongOfTheirs = (isOursFirst) => async (scope) => {
  const { registrar, programs } = await mixedPool(scope, isOursFirst, {
    service: 'pingPong',
    theirService: 'pingpong',
    poolHandle: 'PingPongPool',
  });
  const user = await theirUser(scope, 'u1', 'pingpongclient', { registrar, options: ['-interval=200'] });
  const ack = /Ack #(\d+) from PE \$([\da-f]+) \(reply #(\d+)\)/;
  let served;
  for (let count = 0; count < 5; count += 1) served = await user.take(ack);
  const identifier = Number.parseInt(served[2], 16);
  programs[identifier].kill();
  const other = otherThan(identifier);
  const after = await user.take(
    (line) => typeof line === 'string' && Number.parseInt(ack.exec(line)?.[2], 16) === other,
    90_000,
  );
  const [, , , reply] = ack.exec(after);
  expect(Number(reply) > Number(served[3]), `reply ${reply} goes on after reply ${served[3]}`);
  return { first: identifier === ourIdentifier ? 'ours' : 'theirs', before: served[3], after: reply };
};

/** Our user has a job calculated; the element that does it is killed in the middle. */
const calcAppOfOurs = (isOursFirst) => async (scope) => {
  const { registrar, programs } = await mixedPool(scope, isOursFirst, {
    service: 'calcApp',
    serviceOptions: { capacity: 1_000_000, cookieMaximumTimeMs: 500 },
    theirService: 'calcapp',
    theirOptions: ['-capcapacity=1000000', '-capcookiemaxtime=0.5', '-policy=LeastUsed'],
    poolHandle: 'CalcAppPool',
    policy: leastUsed,
  });
  const user = await ourUser(scope, 'u1', { registrars: [registrar.asap], timing });
  const done = user.ask(
    {
      do: 'calcApp',
      poolHandle: 'CalcAppPool',
      jobIdentifier: 1,
      jobSize: 5_000_000,
      keepAliveIntervalMs: 1000,
    },
    120_000,
  );
  const { element } = await user.take({ event: 'connected' });
  await user.take({ event: 'cookieStored' });
  await user.take({ event: 'cookieStored' });
  programs[element.identifier].kill();
  const failover = await user.take({ event: 'failoverComplete' }, 90_000);
  expectEqual(failover.withCookie, true, 'whether the state was brought along');
  await done;
  return { first: element.identifier === ourIdentifier ? 'ours' : 'theirs' };
};

/** Our user has a picture computed by both in turn, and gets the same as from one. */
const fractalOfOurs = (isOursFirst) => async (scope) => {
  const { registrar, programs } = await mixedPool(scope, isOursFirst, {
    service: 'fractal',
    serviceOptions: { pauseMs: 20, cookieMaximumPackets: 5 },
    theirService: 'fractal',
    theirOptions: ['-fgpcookiemaxpackets=5'],
    poolHandle: 'FractalGeneratorPool',
  });
  const user = await ourUser(scope, 'u1', { registrars: [registrar.asap], timing });
  const done = user.ask({ do: 'fractal', poolHandle: 'FractalGeneratorPool', parameter: picture }, 120_000);
  const { element } = await user.take({ event: 'connected' });
  await user.take({ event: 'row' });
  programs[element.identifier].kill();
  const { isSame, rows } = await done;
  expectEqual(isSame, true, 'whether the picture is the one that is computed here');
  return { first: element.identifier === ourIdentifier ? 'ours' : 'theirs', rows };
};

/** rspterminal on our echo, daytime, chargen and discard services, with our registrar. */
async function terminalOnOurs(scope) {
  const registrar = await ourRegistrar(scope, 'r1', { identifier: ownRegistrar });
  const services = { echo: 'EchoPool', daytime: 'DaytimePool', chargen: 'CharGenPool' };
  const identifiers = Object.fromEntries(
    Object.keys(services).map((name, index) => [name, ourIdentifier + index]),
  );
  const elements = await ourElements(scope, 'p1', {
    registrars: [registrar.asap],
    elements: Object.entries(services).map(([service, poolHandle]) => ({
      identifier: identifiers[service],
      poolHandle,
      service,
    })),
  });
  for (const [service, poolHandle] of Object.entries(services)) {
    const identifier = identifiers[service];
    await elements.told({ event: 'registered', identifier });
    const user = await theirUser(scope, 'u1', 'rspterminal', {
      registrar,
      options: [`-poolhandle=${poolHandle}`],
    });
    const typing = setInterval(() => user.say('hello'), 500);
    const shown = new RegExp(`from PE \\$${identifier.toString(16)}> .`);
    await user.take(shown, 60_000).finally(() => clearInterval(typing));
    user.kill();
  }
}

const ways = { 'from theirs to ours': false, 'from ours to theirs': true };

const bothWays = (what, run) =>
  Object.fromEntries(Object.entries(ways).map(([way, isOursFirst]) => [`${what} ${way}`, run(isOursFirst)]));

export const sessions = {
  ...bothWays('our ping-pong user in a mixed pool, failover by cookie', pingPongOfOurs),
  ...bothWays('pingpongclient in a mixed pool, failover by cookie', pingPongOfTheirs),
  ...bothWays('our CalcApp user in a mixed pool, failover by cookie', calcAppOfOurs),
  ...bothWays('our fractal user in a mixed pool, failover by cookie', fractalOfOurs),
  'rspterminal on our echo, daytime and chargen': terminalOnOurs,
};
