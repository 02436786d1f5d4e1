import type { AsapMessage } from '@rserpool/wire';
import { nameAt } from './addresses.ts';
import { describeTransmission } from './describe-transmission.ts';
import type { LinkEnd, Transmission } from './link-end.ts';
import type { RunCounters } from './run-counters.ts';
import type { RunTrace } from './run-trace.ts';

/** Counts and traces the messages that components send. */
export class MessageCount {
  readonly #counters: RunCounters;
  readonly #trace: RunTrace;

  /**
   * @param counters - What is counted.
   * @param trace - Where it is noted.
   */
  constructor(counters: RunCounters, trace: RunTrace) {
    this.#counters = counters;
    this.#trace = trace;
  }

  /**
   * A message is sent.
   *
   * @param from - The sender's end of the association.
   * @param transmission - The message.
   */
  sent(from: LinkEnd, transmission: Transmission): void {
    const { protocol } = transmission;
    if (protocol === 'data') this.#counters.applicationPackets += 1;
    else if (protocol === 'asap') this.#asap(transmission.message);
    else this.#counters.enrpPackets += 1;
    if (!this.#trace.isOn) return;
    const to = from.peer?.owner.name ?? nameAt(from.remote);
    const { what, detail } = describeTransmission(transmission, this.#trace);
    this.#trace.message(from.owner.name, to, what, detail);
  }

  #asap({ type }: AsapMessage): void {
    const counters = this.#counters;
    switch (type) {
      case 'ASAP_COOKIE':
        counters.cookies += 1;
        return;
      case 'ASAP_COOKIE_ECHO':
        counters.cookieEchoes += 1;
        return;
      case 'ASAP_HANDLE_RESOLUTION':
        counters.handleResolutions += 1;
        break;
      case 'ASAP_ENDPOINT_UNREACHABLE':
        counters.unreachableReports += 1;
        break;
      default:
    }
    counters.asapPackets += 1;
  }
}
