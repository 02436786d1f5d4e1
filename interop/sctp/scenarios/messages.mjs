import assert from 'node:assert/strict';
import { digest, pattern } from '../peers/pattern.mjs';

const ascending = (left, right) => left - right;

/** Sends and checks that all arrive, whole, in order and as they were sent. */
export async function exchange(from, to, { count, length, stream = 0, ppid = 11, ordered = true }) {
  from.say('send', count, length, stream, ppid, ordered ? 1 : 0);
  const messages = await to.messages(count);
  const seen = messages.map((message) => message.digest);
  const sent = Array.from({ length: count }, (_, number) => digest(pattern(number, length)));
  if (ordered) assert.deepEqual(seen, sent);
  else assert.deepEqual(seen.toSorted(ascending), sent.toSorted(ascending));
  for (const message of messages) {
    assert.equal(message.length, length);
    assert.equal(message.stream, stream);
    assert.equal(message.ppid, ppid);
    assert.equal(message.unordered, !ordered);
  }
}

/** One side shuts down, and both tell that it is done. */
export async function shutDown(by, other) {
  by.say('shutdown');
  await other.take(other.kind === 'usrsctp' ? 'end' : { event: 'lost', reason: 'closed-by-peer' });
  if (by.kind !== 'usrsctp') await by.take('closed');
}

export const bothDirections = (by) => async (cell) => {
  const { ours, theirs } = await cell.associate(by);
  await exchange(ours, theirs, { count: 100, length: 100 });
  await exchange(theirs, ours, { count: 100, length: 100 });
  await shutDown(ours, theirs);
};

export async function fragmentation(cell) {
  const { ours, theirs } = await cell.associate('ours');
  await exchange(ours, theirs, { count: 20, length: 65_536 });
  await exchange(theirs, ours, { count: 20, length: 65_536 });
}

export async function streams(cell) {
  const { ours, theirs } = await cell.associate('ours');
  for (const [stream, ppid] of [
    [0, 11],
    [1, 12],
    [7, 0],
    [9, 0xffffffff],
  ]) {
    await exchange(ours, theirs, { count: 10, length: 3000, stream, ppid });
    await exchange(theirs, ours, { count: 10, length: 3000, stream, ppid });
  }
}

export async function unordered(cell) {
  const { ours, theirs } = await cell.associate('ours');
  await exchange(ours, theirs, { count: 50, length: 2000, ordered: false });
  await exchange(theirs, ours, { count: 50, length: 2000, ordered: false });
}
