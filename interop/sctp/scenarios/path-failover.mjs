import assert from 'node:assert/strict';
import { exchange } from './messages.mjs';

/** A network goes away under a session: what was sent arrives by the other one (RFC 9260 sections 6.4 and 8.2). */
export async function pathFailover(cell) {
  const { ours, theirs } = await cell.associate('ours');
  await exchange(ours, theirs, { count: 5, length: 100 });
  await exchange(theirs, ours, { count: 5, length: 100 });
  cell.cut(0);
  const began = performance.now();
  await exchange(ours, theirs, { count: 20, length: 1000 });
  await exchange(theirs, ours, { count: 20, length: 1000 });
  const failoverMs = Math.round(performance.now() - began);
  const { address } = await ours.told({ event: 'path', state: 'inactive' });
  assert.equal(address, cell.addresses('theirs')[0]);
  return { failoverMs };
}
