import {
  isSackWellFormed,
  sackCumulativeTsn,
  sackGapBlocks,
  sackGapEnd,
  sackGapStart,
} from '../wire/chunks/sack.ts';
import type { FastRecovery } from './fast-recovery.ts';
import type { Outstanding } from './outstanding.ts';

/**
 * Whether a SACK can be one of a peer that keeps to the protocol: it acknowledges nothing that was not sent, and its gap
 * ack blocks go from the lowest to the highest TSN (RFC 9260 section 6.7), so that going through them takes no longer than
 * there are chunks.
 */
export function isSackPlausible(
  bytes: Uint8Array,
  offset: number,
  length: number,
  outstanding: Outstanding,
): boolean {
  if (!isSackWellFormed(bytes, offset, length)) return false;
  const cumulative = sackCumulativeTsn(bytes, offset) | 0;
  const advance = (cumulative + 1 - outstanding.first) | 0;
  const farthest = (outstanding.next - 1 - cumulative) | 0;
  // An old one says nothing about today's chunks.
  if (advance < 0) return true;
  if (farthest < 0) return false;
  const blocks = sackGapBlocks(bytes, offset);
  let before = 0;
  for (let block = 0; block < blocks; block++) {
    const start = sackGapStart(bytes, offset, block);
    const end = sackGapEnd(bytes, offset, block);
    if (start <= before || end < start) return false;
    before = end;
  }
  return before <= farthest;
}

/** What the gap ack blocks of a SACK came to. */
export interface GapNews {
  /** Whether they acknowledged something for the first time. */
  hasNew: boolean;
  /** The Highest TSN Newly Acknowledged; of a meaning where there is one. */
  highestNew: number;
  /** The highest TSN that is reported. */
  highest: number;
  /** Whether the peer took something back that it had acknowledged. */
  hasRevoked: boolean;
}

/**
 * Takes the gap ack blocks of a plausible SACK; what its cumulative TSN ack acknowledges is released already.
 *
 * @param news - Where what they came to is written.
 */
export function takeGapBlocks(
  bytes: Uint8Array,
  offset: number,
  outstanding: Outstanding,
  now: number,
  news: GapNews,
): void {
  const cumulative = sackCumulativeTsn(bytes, offset) | 0;
  const blocks = sackGapBlocks(bytes, offset);
  news.hasNew = false;
  news.highest = cumulative;
  let reported = 0;
  for (let block = 0; block < blocks; block++) {
    const start = (cumulative + sackGapStart(bytes, offset, block)) | 0;
    const end = (cumulative + sackGapEnd(bytes, offset, block)) | 0;
    for (let tsn = start; ((end - tsn) | 0) >= 0; tsn = (tsn + 1) | 0) {
      reported += 1;
      if (outstanding.isAcknowledged(tsn)) continue;
      outstanding.acknowledge(tsn, now);
      news.hasNew = true;
      news.highestNew = tsn;
    }
    news.highest = end;
  }
  // Chunks that a gap ack block had before, and none of these has, were taken back.
  news.hasRevoked = outstanding.acknowledgedChunks > reported;
}

/**
 * Puts chunks back into flight that the gap ack blocks of a SACK do not have any more: each has missed once
 * (RFC 9260 section 6.2.1 D iii).
 *
 * @returns Whether chunks were marked for retransmission.
 */
export function revokeUnreported(
  bytes: Uint8Array,
  offset: number,
  outstanding: Outstanding,
  recovery: FastRecovery,
): boolean {
  const cumulative = sackCumulativeTsn(bytes, offset) | 0;
  const blocks = sackGapBlocks(bytes, offset);
  let block = 0;
  let found = false;
  for (let tsn = outstanding.first; tsn !== outstanding.next; tsn = (tsn + 1) | 0) {
    const distance = (tsn - cumulative) | 0;
    while (block < blocks && sackGapEnd(bytes, offset, block) < distance) block += 1;
    if (block < blocks && sackGapStart(bytes, offset, block) <= distance) continue;
    if (!outstanding.isAcknowledged(tsn)) continue;
    outstanding.revoke(tsn);
    if (recovery.missed(tsn)) found = true;
  }
  return found;
}
