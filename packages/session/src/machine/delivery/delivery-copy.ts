import type { ElementLossReason } from '../attempt-failure.ts';
import type { SessionMessage } from '../session-message.ts';
import type { DeliveryFailure, DeliveryId, DeliveryTarget, Destination } from './delivery-types.ts';

/** One data_send_request and how far it is. */
export interface Delivery {
  /** The machine's own number, which is never used again. */
  readonly key: number;
  /** The caller's number. */
  readonly id: DeliveryId;
  readonly destination: Destination;
  readonly message: SessionMessage;
  readonly failover: boolean;
  readonly toLast: boolean;
  readonly toAll: boolean;
  readonly toSelf: boolean;
  /** How many copies are on their way to an association. */
  outstanding: number;
  readonly targets: DeliveryTarget[];
  readonly failures: DeliveryFailure[];
  /** Whether the application has its answer; what fails afterwards is told in events only. */
  isAnswered: boolean;
  hasBypassedCache: boolean;
}

/** One copy of a message, on its way to one target at a time. */
export interface DeliveryCopy {
  readonly delivery: Delivery;
  readonly message: SessionMessage;
  /** The elements that failed. */
  readonly tried: Set<number>;
  /** How many attempts failed. */
  attempts: number;
  lastLoss: ElementLossReason | undefined;
  /** What the element that was lost left behind for its successor: its cookie, and the order of its card. */
  cookie: Uint8Array | undefined;
  preferred: readonly number[];
  /** Whether an association took it and gave it back. */
  mayHaveArrived: boolean;
}

/**
 * A copy that has not gone anywhere.
 *
 * @param delivery - What it belongs to.
 */
export function createCopy(delivery: Delivery): DeliveryCopy {
  return {
    delivery,
    message: delivery.message,
    tried: new Set(),
    attempts: 0,
    lastLoss: undefined,
    cookie: undefined,
    preferred: [],
    mayHaveArrived: false,
  };
}
