// Who takes part in a cell: registrars, elements, users, and how to read what the reference implementation prints.

import { setTimeout as delay } from 'node:timers/promises';

/** Waits for as long as the answer of the function is not what is wanted, asking again; the last answer otherwise. */
export async function eventually(ask, isWanted, what, limitMs = 30_000) {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > end)
      throw new Error(
        `${what}: still not so after ${limitMs / 1000} s: ${JSON.stringify(answer).slice(0, 500)}`,
      );
    await delay(250);
  }
}

/** Fails where the two differ. */
export function expectEqual(actual, expected, what) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left.slice(0, 400)} instead of ${right.slice(0, 400)}`);
}

/** Fails where it is not true. */
export function expect(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

/**
 * The reference's registrar. Its mentor discovery is as short as it takes: it is silent until that is over.
 *
 * @param options - More of its options; `multicast: false` lets it announce nothing to the groups of the others.
 */
export async function theirRegistrar(scope, name, { identifier, options = [], logLevel = 3 } = {}) {
  const registrar = await scope.their(name, [
    'rspregistrar',
    '-asap=ADDRESS:3863',
    '-enrp=ADDRESS:9901',
    '-mentordiscoverytimeout=1000',
    '-logcolor=off',
    `-loglevel=${logLevel}`,
    ...(identifier === undefined ? [] : [`-identifier=0x${identifier.toString(16)}`]),
    ...options,
  ]);
  registrar.asap = `${registrar.address}:3863`;
  registrar.enrp = `${registrar.address}:9901`;
  // It has bound its sockets before it prints this.
  await registrar.told(/^ASAP Address/);
  return registrar;
}

/** Our registrar, as soon as it offers service. */
export async function ourRegistrar(scope, name, settings = {}) {
  const registrar = await scope.our('registrar', name, settings);
  registrar.asap = `${registrar.address}:3863`;
  registrar.enrp = `${registrar.address}:9901`;
  await registrar.told({ event: 'listening' });
  return registrar;
}

/** Our elements, in one program. */
export async function ourElements(scope, name, settings) {
  const elements = await scope.our('element', name, settings);
  await elements.told({ event: 'listening' });
  return elements;
}

/** Our element, as soon as it is registered. */
export async function registeredElement(scope, name, settings, options) {
  const element = await ourElements(scope, name, { ...settings, elements: [options] });
  await element.take({ event: 'registered', identifier: options.identifier });
  return element;
}

/** Our pool user. */
export async function ourUser(scope, name, settings) {
  const user = await scope.our('user', name, settings);
  await user.told({ event: 'listening' });
  return user;
}

/** One of the reference's servers. */
export async function theirServer(scope, name, service, { registrar, options = [] }) {
  return scope.their(name, [
    'rspserver',
    `-${service}`,
    // Who is told a registrar listens to no others: it would take any of those.
    ...(registrar === undefined ? [] : [`-registrar=${registrar.asap}`, '-asapannounce=off']),
    '-logcolor=off',
    '-loglevel=5',
    ...options,
  ]);
}

/** One of the reference's users, at a registrar or at whatever it hears of. */
export async function theirUser(scope, name, program, { registrar, options = [] }) {
  return scope.their(name, [
    program,
    ...(registrar === undefined ? [] : [`-registrar=${registrar.asap}`]),
    ...options,
  ]);
}

/**
 * The handlespace of a registrar as the reference's tool shows it.
 *
 * @returns `{ pool, policy, identifier, home, lifeMs, text }` of each element.
 */
export async function dump(scope, registrar) {
  const program = await scope.their('hsdump', ['hsdump', registrar.enrp]);
  await program.ended();
  return readDump(program.lines.filter((line) => typeof line === 'string'));
}

/** Reads the index of a handlespace as the reference prints it. */
export function readDump(lines) {
  const elements = [];
  let pool;
  let policy;
  let isIndex = false;
  for (const line of lines) {
    if (line.startsWith('*-- Index')) isIndex = true;
    if (/^\*-- (Selection|Ownership)/.test(line)) isIndex = false;
    if (!isIndex) continue;
    const header = / \+-- Pool "([^"]+)", Policy "([^"]+)"/.exec(line);
    if (header !== null) [, pool, policy] = header;
    const element = /idx:#\d+: \$([\da-f]{8})/.exec(line);
    if (element !== null)
      elements.push({ pool, policy, identifier: Number.parseInt(element[1], 16), text: '' });
    const current = elements.at(-1);
    if (current === undefined) continue;
    current.text += `${line.trim()}\n`;
    const home = /home=\$([\da-f]{8}) life=(\d+)ms/.exec(line);
    if (home !== null)
      Object.assign(current, { home: Number.parseInt(home[1], 16), lifeMs: Number(home[2]) });
  }
  return elements;
}
