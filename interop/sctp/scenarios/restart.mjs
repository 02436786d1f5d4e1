import { exchange } from './messages.mjs';

/** The peer loses its state without a word and comes back at the same port (RFC 9260 section 5.2.4, action A). */
export async function restart(cell) {
  const { ours, theirs } = await cell.associate('theirs');
  await exchange(theirs, ours, { count: 5, length: 100 });
  const again = await forget(cell, theirs);
  again.say('connect', cell.port('ours'), cell.addresses('ours').join(','));
  await again.take('up');
  await ours.take('restarted');
  await exchange(again, ours, { count: 5, length: 100 });
  await exchange(ours, again, { count: 5, length: 100 });
}

/** A kernel ends the associations of a process that dies, so nobody must hear its last word. */
async function forget(cell, theirs) {
  if (theirs.kind !== 'kernel') {
    theirs.kill();
    return cell.startTheirs();
  }
  for (const path of [0, 1]) cell.cut(path);
  theirs.say('abort');
  await theirs.take('aborted');
  for (const path of [0, 1]) cell.mend(path);
  return theirs;
}
