import { exchange, shutDown } from './messages.mjs';

export async function shutdownByBoth(cell) {
  const first = await cell.associate('ours');
  await exchange(first.ours, first.theirs, { count: 5, length: 100 });
  await shutDown(first.ours, first.theirs);
  const second = await cell.again('ours');
  await exchange(second.theirs, second.ours, { count: 5, length: 100 });
  await shutDown(second.theirs, second.ours);
}

export async function abortByBoth(cell) {
  const first = await cell.associate('ours');
  first.ours.say('abort');
  await first.theirs.take('lost');
  const second = await cell.again('ours');
  second.theirs.say('abort');
  const { reason } = await second.ours.take('lost');
  // Each path has a socket of its own: what the peer answers to a heartbeat on the other path, when it does not know
  // the association any more (RFC 9260 section 8.4), may be read before its ABORT.
  if (reason !== 'aborted' && reason !== 'reset') throw new Error(`an abort was told as '${reason}'`);
}

export async function refused(cell) {
  const { ours } = cell.start();
  await ours.take('ready');
  ours.say('connect', cell.closedPort, cell.addresses('theirs').join(','));
  await ours.take({ event: 'refused', code: 'ERR_RSERPOOL_CONNECTION_REFUSED' });
}
