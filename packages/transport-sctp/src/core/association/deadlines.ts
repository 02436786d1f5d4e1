import { runHeartbeatTimers, countAssociationFailure, probeSoon } from '../path/heartbeat.ts';
import { countPathFailure } from '../path/path-failure.ts';
import { never, type Path } from '../path/path.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { handleT4, isHeld } from '../address-reconfiguration/change-addresses.ts';
import { handleT1 } from './setup-timeout.ts';
import { handleT2, handleT5 } from './shutdown.ts';
import { handleSilence, silenceDeadline } from './silence.ts';

/** The earliest of all timers of an association, in milliseconds; {@link never} where none runs. */
export function earliestDeadline(association: Association): number {
  const { setup, shutdown, receiver, reconfiguration } = association;
  if (setup !== undefined) return setup.deadline;
  let earliest = Math.min(silenceDeadline(association), reconfiguration?.deadline ?? never);
  if (shutdown !== undefined) earliest = Math.min(earliest, shutdown.t2Deadline, shutdown.t5Deadline);
  // While nothing but ASCONF may be sent, that is all there is to wait for.
  if (reconfiguration !== undefined && isHeld(association)) return earliest;
  const sackDeadline = receiver?.sackDeadline;
  if (sackDeadline !== undefined && sackDeadline < earliest) earliest = sackDeadline;
  for (const path of association.paths.all) {
    const { t3Deadline } = path;
    if (t3Deadline !== undefined && t3Deadline < earliest) earliest = t3Deadline;
    if (path.heartbeatAt < earliest) earliest = path.heartbeatAt;
    if (path.heartbeatTimeoutAt < earliest) earliest = path.heartbeatTimeoutAt;
  }
  return earliest;
}

/** Keeps the timer of an association in the endpoint's queue. It may be early, then it finds nothing to do. */
export function armTimer(association: Association): void {
  const { timers } = association.core;
  const earliest = association.state === AssociationState.closed ? never : earliestDeadline(association);
  if (earliest === never) timers.stop(association);
  // A timer that is put off is left where it is: acknowledgements put T3 off all the time.
  else if (association.timerPlace < 0 || earliest < association.timerAt) timers.set(association, earliest);
}

/** Runs the timers of an association that have expired. */
export function runTimers(association: Association, now: number): void {
  const { setup } = association;
  association.core.touch(association);
  if (setup !== undefined) {
    if (setup.deadline <= now) handleT1(association, now);
    return;
  }
  const { shutdown } = association;
  if (shutdown !== undefined) {
    if (shutdown.t5Deadline <= now) handleT5(association);
    else if (shutdown.t2Deadline <= now) handleT2(association, now);
  }
  if (silenceDeadline(association) <= now) handleSilence(association, now);
  if ((association.reconfiguration?.deadline ?? never) <= now) handleT4(association, now);
  if (association.reconfiguration !== undefined && isHeld(association)) return;
  for (const path of association.paths.all) {
    if (association.state === AssociationState.closed) return;
    if (path.t3Deadline !== undefined && path.t3Deadline <= now) handleT3(association, path, now);
    if (isClosed(association)) return;
    runHeartbeatTimers(association, path, now);
  }
}

function isClosed(association: Association): boolean {
  return association.state === AssociationState.closed;
}

/** T3-rtx of a path expired (RFC 9260 section 6.3.3). */
function handleT3(association: Association, path: Path, now: number): void {
  const outcome = association.sender?.handleT3(path, now);
  if (outcome === 'window-probe') path.rto.backOff();
  if (outcome !== 'timeout') return;
  // A HEARTBEAT that waits for its answer was lost in the same silence: it is waited for again, and not counted, too.
  if (path.heartbeatTimeoutAt !== never) path.heartbeatTimeoutAt = now + 2 * path.rtoMs;
  if (countPathFailure(path, association.parameters)) {
    association.pathChanged(path);
    probeSoon(path, now);
  }
  countAssociationFailure(association);
}
