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
  await second.ours.take({ event: 'lost', reason: 'aborted' });
}

export async function refused(cell) {
  const { ours } = cell.start();
  await ours.take('ready');
  ours.say('connect', cell.closedPort, cell.addresses('theirs').join(','));
  await ours.take({ event: 'refused', code: 'ERR_RSERPOOL_CONNECTION_REFUSED' });
}
