// The two workloads over anything that has messages. A link is what each implementation gives:
//   send(bytes)      false (or a promise) when it wants a pause; the bytes are not touched afterwards
//   ready()          a promise: sending may go on after `send` said false
//   onMessage        set here: is given each message that arrives
import { headerLength, kinds, message, numberOf, putNumber, readReport, report } from './message.mjs';

/** How many messages are sent before others get their turn. */
const burst = 64;

/** Answers to both workloads. */
export function answer(link) {
  let arrived = 0;
  let misplaced = 0;
  link.onMessage = (bytes) => {
    if (bytes[0] === kinds.echo) link.send(bytes);
    else if (bytes[0] === kinds.end) link.send(report(arrived, misplaced));
    else {
      if (numberOf(bytes) !== arrived) misplaced += 1;
      arrived += 1;
    }
  };
}

/** One way, as many as go; counted where they arrive. */
export async function flood(link, bytes, ms) {
  const reported = new Promise((resolve) => {
    link.onMessage = (answered) => resolve(readReport(answered));
  });
  const began = performance.now();
  let sent = 0;
  do {
    for (let i = 0; i < burst; i += 1) {
      const numbered = message(kinds.numbered, bytes);
      putNumber(numbered, sent);
      sent += 1;
      const taken = link.send(numbered);
      if (taken === false) await link.ready();
      else if (taken !== undefined && taken !== true) await taken;
    }
  } while (performance.now() - began < ms);
  await link.send(message(kinds.end, headerLength));
  const { arrived, misplaced } = await reported;
  return { sent, arrived, misplaced, seconds: (performance.now() - began) / 1000 };
}

/** One at a time, there and back. */
export function roundTrip(link, bytes, ms) {
  const times = [];
  const began = performance.now();
  let sentAt = began;
  return new Promise((resolve) => {
    link.onMessage = () => {
      const now = performance.now();
      times.push(now - sentAt);
      if (now - began >= ms) {
        times.sort((left, right) => left - right);
        const at = (share) => Math.round(10_000 * times[Math.floor((times.length - 1) * share)]) / 10;
        resolve({ count: times.length, seconds: (now - began) / 1000, p50Us: at(0.5), p99Us: at(0.99) });
        return;
      }
      sentAt = now;
      link.send(message(kinds.echo, bytes));
    };
    link.send(message(kinds.echo, bytes));
  });
}
