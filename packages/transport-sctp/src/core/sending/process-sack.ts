import { sackCumulativeTsn, sackDuplicates, sackReceiverWindow } from '../wire/chunks/sack.ts';
import { type GapNews, isSackPlausible, revokeUnreported, takeGapBlocks } from './gap-blocks.ts';
import type { SackOutcome } from './sack-outcome.ts';
import type { SendingState } from './sending-state.ts';
import { probeRepairedLoss } from './tail-probe.ts';
import { markTimedLosses } from './timed-loss.ts';

// What the SACK that is processed came to: one object each for all of them, as there is one SACK at a time.
const outcome: { -readonly [Field in keyof SackOutcome]: SackOutcome[Field] } = {
  valid: true,
  acknowledgedBytes: 0,
  newCumulative: false,
  fastRetransmit: false,
};
const gaps: GapNews = { hasNew: false, highestNew: 0, highest: 0, hasRevoked: false };

/** Processes a SACK chunk at `offset` of a packet (RFC 9260 section 6.2.1). */
export function processSack(
  state: SendingState,
  bytes: Uint8Array,
  offset: number,
  length: number,
  now: number,
): SackOutcome {
  begin(state, isSackPlausible(bytes, offset, length, state.outstanding));
  if (!outcome.valid) return outcome;
  const cumulative = sackCumulativeTsn(bytes, offset) | 0;
  if (((cumulative + 1 - state.outstanding.first) | 0) < 0) return outcome;
  advance(state, cumulative, now);
  takeGapBlocks(bytes, offset, state.outstanding, now, gaps);
  openWindows(state);
  detectLosses(state, bytes, offset, now);
  state.peerWindow = Math.max(0, sackReceiverWindow(bytes, offset) - state.outstanding.flightUserBytes);
  answerProbe(state);
  end(state, now);
  return outcome;
}

/** Processes the cumulative TSN ack of a SHUTDOWN chunk. */
export function processCumulativeTsn(state: SendingState, tsn: number, now: number): SackOutcome {
  const cumulative = tsn | 0;
  begin(state, ((state.outstanding.next - 1 - cumulative) | 0) >= 0);
  if (!outcome.valid || ((cumulative + 1 - state.outstanding.first) | 0) <= 0) return outcome;
  advance(state, cumulative, now);
  openWindows(state);
  end(state, now);
  return outcome;
}

function begin(state: SendingState, valid: boolean): void {
  outcome.valid = valid;
  outcome.acknowledgedBytes = 0;
  outcome.newCumulative = false;
  outcome.fastRetransmit = false;
  if (valid) for (const flight of state.flights) flight.beginSack();
}

function advance(state: SendingState, cumulative: number, now: number): void {
  if (((cumulative + 1 - state.outstanding.first) | 0) <= 0) return;
  outcome.newCumulative = true;
  outcome.acknowledgedBytes = state.outstanding.releaseThrough(cumulative, now);
}

function openWindows(state: SendingState): void {
  for (const flight of state.flights) {
    if (flight.acknowledgedBytes === 0) continue;
    flight.path.congestion.acknowledged(flight.acknowledgedBytes, state.recovery.isActive);
  }
}

/** Miss indications, and what follows of them (section 7.2.4). */
function detectLosses(state: SendingState, bytes: Uint8Array, offset: number, now: number): void {
  let found = gaps.hasRevoked && revokeUnreported(bytes, offset, state.outstanding, state.recovery);
  if (state.recovery.isActive && outcome.newCumulative) {
    found = state.recovery.countMisses(gaps.highest) || found;
  } else if (gaps.hasNew) {
    found = state.recovery.countMisses(gaps.highestNew) || found;
  }
  if (state.tailLossProbes > 0)
    found = detectTimedLosses(state, sackDuplicates(bytes, offset) > 0, found, now);
  if (!found) return;
  outcome.fastRetransmit = true;
  state.recovery.begin(state.flights, now);
}

/** Losses that RFC 9260 would find later (RFC 8985). */
function detectTimedLosses(
  state: SendingState,
  hasDuplicates: boolean,
  hasLosses: boolean,
  now: number,
): boolean {
  let found = hasLosses;
  for (const flight of state.flights) {
    if (probeRepairedLoss(state.outstanding, flight, hasDuplicates) && !state.recovery.isActive) {
      flight.path.congestion.lost();
    }
    if (flight.acknowledgedBytes === 0) continue;
    flight.probes = 0;
    if (markTimedLosses(state.outstanding, flight, now, found || state.recovery.isActive)) found = true;
  }
  return found;
}

function end(state: SendingState, now: number): void {
  if (outcome.newCumulative) state.recovery.advanced();
  const empty = state.outstanding.count === 0;
  if (empty) state.isProbing = false;
  state.mayProbe = false;
  // Each SACK allows so many (section 6.1 D), also where several are processed before packets are made. One for more than
  // two packets stands for several: a receiver that is busy does not send one for every second packet (section 6.2).
  let acknowledged = 0;
  for (const flight of state.flights) acknowledged += flight.acknowledgedBytes;
  state.burst += state.maxBurst * Math.max(1, Math.round(acknowledged / (2 * state.packetBytes)));
  const earliest = empty ? undefined : state.outstanding.flightOf(state.outstanding.first);
  for (const flight of state.flights) {
    const { path } = flight;
    if (empty) path.congestion.drained();
    if (flight.marked === 0) {
      flight.isForced = false;
      flight.isProbe = false;
    }
    const hasNews = flight.acknowledgedBytes > 0;
    if (hasNews) path.onAcknowledged(now, flight.roundTripMs < 0 ? undefined : flight.roundTripMs);
    if (path.congestion.flightBytes === 0) {
      flight.stopTimers();
      continue;
    }
    // Its earliest outstanding chunk was acknowledged: cumulatively, or before what waits for another path (6.3.2 R3).
    const isEarliest = hasNews && (outcome.newCumulative || flight !== earliest);
    if (isEarliest || !flight.isT3Running) flight.startT3(now);
    if (hasNews) state.scheduleProbe(flight, now);
    flight.publishDeadline();
  }
}

/** The peer dropped a window probe, as its window was full; now it has room, and need not wait for the timeout. */
function answerProbe(state: SendingState): void {
  if (!state.isProbing || state.outstanding.count === 0) return;
  state.wasProbeAnswered = true;
  const { first } = state.outstanding;
  if (state.peerWindow === 0 || !state.outstanding.isInFlight(first)) return;
  state.isProbing = false;
  const flight = state.outstanding.flightOf(first);
  state.markAll(flight, flight);
}
