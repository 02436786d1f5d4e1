import { setTimeout as delay } from 'node:timers/promises';
import { exchange } from './messages.mjs';

/**
 * Addresses come and go under a session (RFC 5061), authenticated (RFC 4895): the first of two is given up and taken
 * again, then the session stands on the second one, and at last on the first one alone.
 */
export async function addresses(cell) {
  const { ours, theirs } = await cell.associate('ours');
  await exchange(ours, theirs, { count: 5, length: 100 });
  const [first, second] = cell.addresses('ours');
  ours.say('addresses', second);
  await noticed(theirs, { removed: first, left: [second] });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  const before = theirs.events.length;
  ours.say('addresses', [second, first].join(','));
  await noticed(theirs, { added: first, left: [first, second] });
  await theirs.told({ event: 'path', address: first, state: 'active' }, { from: before });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  // From one address to another one, with nothing else: the hosts are alone on the second network for a moment.
  ours.say('addresses', first);
  await noticed(theirs, { removed: second, left: [first] });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
}

/**
 * The same with the other side's addresses. (usrsctp asks to give its first address up in a packet from that very
 * address, which RFC 5061 section 5.3 F6 forbids and F8 has refused: it keeps its first one here.)
 */
export async function theirAddresses(cell) {
  const { ours, theirs } = await cell.associate('theirs');
  await exchange(ours, theirs, { count: 5, length: 100 });
  const [first, second] = cell.addresses('theirs');
  const isOwnTransport = theirs.kind !== 'usrsctp';
  if (isOwnTransport) theirs.say('addresses', first);
  else theirs.say('remove', second);
  await remoteBecomes(ours, [first]);
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  const before = ours.events.length;
  if (isOwnTransport) theirs.say('addresses', [first, second].join(','));
  else theirs.say('add', second);
  await remoteBecomes(ours, [first, second]);
  await ours.told({ event: 'path', address: second, state: 'active' }, { from: before });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
}

/** The other side has taken notice of a change: usrsctp tells which one, a transport of ours has the outcome. */
async function noticed(theirs, { added, removed, left }) {
  if (theirs.kind !== 'usrsctp') await remoteBecomes(theirs, left);
  else if (removed !== undefined) await theirs.take({ event: 'path', address: removed, state: 'removed' });
  else await theirs.take({ event: 'path', address: added, state: 'added' });
}

async function remoteBecomes(peer, addresses) {
  const expected = addresses.toSorted().join(',');
  for (let attempt = 0; attempt < 100; attempt += 1) {
    peer.say('remote');
    const told = await peer.take('remote');
    if (told.addresses.split(',').toSorted().join(',') === expected) return;
    await delay(50);
  }
  throw new Error(`the peer's addresses do not become ${expected}`);
}
