import type { AssociationParameters } from '../sctp-input.ts';
import type { Path } from './path.ts';

/**
 * Counts a timeout on a path: T3-rtx expired or a HEARTBEAT was not answered (RFC 9260 section 8.2, RFC 7829 section 4.1).
 * Its RTO doubles.
 *
 * @returns Whether the path's state has changed.
 */
export function countPathFailure(path: Path, parameters: AssociationParameters): boolean {
  const before = path.state;
  path.rto.backOff();
  // Section 8.3: the counter of an inactive path stays.
  if (path.reachability === 'inactive') return false;
  path.errorCount += 1;
  if (path.errorCount > parameters.pathMaxRetrans) path.reachability = 'inactive';
  else if (path.isConfirmed && path.errorCount > parameters.potentiallyFailedMaxRetrans) {
    path.reachability = 'potentially-failed';
  }
  return path.state !== before;
}

/**
 * The peer answered by a path (RFC 9260 sections 8.2 and 8.3): its error counter is cleared, it is active.
 *
 * @returns Whether the path's state has changed.
 */
export function pathAnswered(path: Path): boolean {
  path.errorCount = 0;
  if (path.reachability === 'active') return false;
  path.reachability = 'active';
  return true;
}
