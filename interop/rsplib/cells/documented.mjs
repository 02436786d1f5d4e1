// What does not work, as documentation: defects of the reference, and a scope without the profile `rsplib`. A cell is
// documented as long as it shows what it describes, and fails as soon as it does not any more.
import {
  dump,
  eventually,
  expectEqual,
  ourRegistrar,
  registeredElement,
  theirRegistrar,
  theirServer,
} from '../parties.mjs';

/** rspserver 3.4.4 takes its own option for an unknown one: the service cannot be had. */
async function chargen(scope) {
  const registrar = await ourRegistrar(scope, 'r1');
  const server = await theirServer(scope, 'p1', 'chargen', { registrar });
  const [said] = await server.take(/Unknown Character Generator parameter: -chargen/);
  await server.ended();
  return { said };
}

/** Their registrar takes our seconds for milliseconds: 120 s become 0.12 s. */
async function secondsWithoutProfile(scope) {
  const registrar = await theirRegistrar(scope, 'r1', { identifier: 0x11000001 });
  const near = { registrars: [registrar.asap], profile: 'rfc' };
  await registeredElement(scope, 'p1', near, {
    identifier: 0x21000001,
    poolHandle: 'EchoPool',
    registrationLifeMs: 120_000,
  });
  const [entry] = await dump(scope, registrar);
  expectEqual(entry?.lifeMs, 120, 'the life that their registrar reads, in milliseconds');
  return { lifeMs: entry.lifeMs };
}

/** Their registrar's peers drop such an element at once: they alone let entries expire. */
async function peersDropWithoutProfile(scope) {
  const first = await theirRegistrar(scope, 'r1', { identifier: 0x11000001 });
  const second = await theirRegistrar(scope, 'r2', {
    identifier: 0x11000002,
    options: [`-peer=${first.enrp}`],
  });
  await first.told(/registrar is ready/);
  await second.told(/registrar is ready/);
  const near = { registrars: [first.asap], profile: 'rfc' };
  await registeredElement(scope, 'p1', near, {
    identifier: 0x21000001,
    poolHandle: 'EchoPool',
    registrationLifeMs: 120_000,
  });
  expectEqual((await dump(scope, first)).length, 1, 'elements at its home registrar');
  await eventually(
    () => dump(scope, second),
    (entries) => entries.length === 0,
    'the other registrar has dropped it',
  );
}

export const documented = {
  'rspserver -chargen: rejects its own option (defect of rsplib)': chargen,
  'without the profile rsplib: lives in seconds are read as milliseconds': secondsWithoutProfile,
  'without the profile rsplib: their peers drop our elements': peersDropWithoutProfile,
};
