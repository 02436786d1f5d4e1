import { exchange } from './messages.mjs';

/** The peer's process dies without a word and comes back at the same port (RFC 9260 section 5.2.4, action A). */
export async function restart(cell) {
  const { ours, theirs } = await cell.associate('theirs');
  await exchange(theirs, ours, { count: 5, length: 100 });
  theirs.kill();
  const again = await cell.startTheirs();
  again.say('connect', cell.port('ours'), cell.addresses('ours').join(','));
  await again.take('up');
  await ours.take('restarted');
  await exchange(again, ours, { count: 5, length: 100 });
  await exchange(ours, again, { count: 5, length: 100 });
}
