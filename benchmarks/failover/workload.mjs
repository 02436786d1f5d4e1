// The workload that every peer gets: one request at a time, the next one 10 ms after the answer to the last. After
// half a second the server that answers is hit by a signal. What counts is the longest pause between two answers after
// that, and which requests never got one.
import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 10;
const settleMs = 500;
const afterwards = 20;

/**
 * @param {object} peer
 * @param {(sequence: number) => Promise<{ server: number }>} peer.request - One request; rejects where it is lost.
 * @param {(pid: number, signal: string) => void} peer.hit - Sends the signal to the server with that pid.
 * @param {() => number | undefined} [peer.noticedAt] - When the peer itself noticed, where it tells.
 * @param {string} signal
 * @param {number} capMs - A wait longer than this counts as never.
 */
export async function runWorkload(peer, signal, capMs) {
  let sequence = 0;
  let serving;
  const begin = performance.now();
  while (performance.now() - begin < settleMs) {
    serving = (await peer.request(sequence++)).server;
    await pause(pauseMs);
  }
  const hitAt = performance.now();
  peer.hit(serving, signal);

  let failed = 0;
  let hung = 0;
  let later = 0;
  let firstFailureAt;
  let lastAnswerAt = hitAt;
  let standstill = 0;
  while (later < afterwards && performance.now() - hitAt < capMs) {
    const outcome = await Promise.race([
      peer.request(sequence++).then(
        ({ server }) => ({ server }),
        (error) => ({ error }),
      ),
      pause(hitAt + capMs - performance.now()).then(() => ({ hung: true })),
    ]);
    const now = performance.now();
    if (outcome.hung) {
      hung += 1;
    } else if (outcome.error) {
      failed += 1;
      firstFailureAt ??= now;
    } else {
      standstill = Math.max(standstill, now - lastAnswerAt);
      lastAnswerAt = now;
      if (outcome.server !== serving) later += 1;
    }
    await pause(pauseMs);
  }
  const noticedAt = peer.noticedAt?.() ?? firstFailureAt;
  return {
    signal,
    detectMs: noticedAt === undefined ? null : Math.round((noticedAt - hitAt) * 10) / 10,
    standstillMs: later === 0 || hung > 0 ? null : Math.round(standstill * 10) / 10,
    requestsFailed: failed,
    requestsHung: hung,
  };
}
