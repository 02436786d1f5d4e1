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
  await theirs.take({ event: 'path', address: first, state: 'removed' });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  ours.say('addresses', [second, first].join(','));
  await theirs.take({ event: 'path', address: first, state: 'added' });
  await theirs.take({ event: 'path', address: first, state: 'active' });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  // From one address to another one, with nothing else: the hosts are alone on the second network for a moment.
  ours.say('addresses', first);
  await theirs.take({ event: 'path', address: second, state: 'removed' });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
}

/** A kernel only takes part where its operator has switched it on (net.sctp.addip_enable). */
addresses.peers = ['usrsctp'];

/**
 * The same with the other side's addresses. (usrsctp asks to give its first address up in a packet from that very
 * address, which RFC 5061 section 5.3 F6 forbids and F8 has refused: it keeps its first one here.)
 */
export async function theirAddresses(cell) {
  const { ours, theirs } = await cell.associate('theirs');
  await exchange(ours, theirs, { count: 5, length: 100 });
  const [first, second] = cell.addresses('theirs');
  theirs.say('remove', second);
  await remoteBecomes(ours, first);
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  theirs.say('add', second);
  await remoteBecomes(ours, [first, second].join(','));
  await ours.take({ event: 'path', address: second, state: 'active' });
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
}

theirAddresses.peers = ['usrsctp'];

async function remoteBecomes(ours, addresses) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    ours.say('remote');
    const told = await ours.take('remote');
    if (told.addresses === addresses) return;
    await delay(50);
  }
  throw new Error(`the peer's addresses do not become ${addresses}`);
}
