// What is tried with each peer. `ours` and `theirs` are two PeerProcesses on two hosts with two networks between them.
import { addresses, theirAddresses } from './addresses.mjs';
import { abortByBoth, refused, shutdownByBoth } from './endings.mjs';
import { bothDirections, fragmentation, streams, unordered } from './messages.mjs';
import { pathFailover } from './path-failover.mjs';
import { restart } from './restart.mjs';

export const scenarios = {
  // First: the guest's networks may fall silent under load, and these need both.
  'our addresses come and go': addresses,
  'their addresses come and go': theirAddresses,
  'we connect, messages in both directions, shutdown': bothDirections('ours'),
  'they connect, messages in both directions, shutdown': bothDirections('theirs'),
  'messages of 64 KiB in both directions': fragmentation,
  'streams and payload protocol identifiers': streams,
  'unordered messages': unordered,
  'each side shuts down': shutdownByBoth,
  'each side aborts': abortByBoth,
  'nobody listens': refused,
  'the peer restarts': restart,
  // Last: not every network is heard again after that.
  'one of two paths is cut': pathFailover,
};
