import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId } from '@rserpool/wire';
import type { QueuedTimer } from '@rserpool/wire/internal';
import type { ProbeReason } from './asap-registrar-event.ts';

/** An ASAP_ENDPOINT_KEEP_ALIVE that is not acknowledged yet; its timer is the time to acknowledge. */
export class ElementProbe implements QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** The element. */
  readonly element: ElementReference;
  /** Why it was sent; `periodic` within the interval. */
  reason: ProbeReason | 'periodic';
  /** The association that it was sent on, or that is being opened for it. */
  association: AssociationId;
  /** Whether that association was opened for it: if it breaks, there is nothing left to try. */
  readonly openedFor: boolean;
  /** Whether it counts for `maximumOutstandingProbes`. */
  readonly usesSlot: boolean;

  constructor(
    element: ElementReference,
    reason: ProbeReason | 'periodic',
    association: AssociationId,
    openedFor: boolean,
    usesSlot: boolean,
  ) {
    this.element = element;
    this.reason = reason;
    this.association = association;
    this.openedFor = openedFor;
    this.usesSlot = usesSlot;
  }
}

/** What the monitoring knows of one element; its timer is the interval to the next periodic keep-alive. */
export class ElementWatch implements QueuedTimer {
  timerAt = 0;
  timerOrder = 0;
  timerPlace = -1;
  /** When a broken association was last a reason to probe. */
  lastReopened: number = Number.NEGATIVE_INFINITY;
  /** The element. */
  readonly element: ElementReference;
  /** Whether this registrar is its home registrar; else it is watched for the time of one probe. */
  readonly isOwn: boolean;
  /** The association over which it is reached, while that is up. */
  association: AssociationId | undefined = undefined;
  /** The keep-alive that it has not answered. */
  probe: ElementProbe | undefined = undefined;
  /** Why it waits for its turn to be probed, if it does. */
  queuedFor: ProbeReason | 'periodic' | undefined = undefined;
  /** Whether keep-alives carry the H flag: until the element has confirmed its new home registrar. */
  isAdoption = false;

  constructor(element: ElementReference, isOwn: boolean) {
    this.element = element;
    this.isOwn = isOwn;
  }
}
