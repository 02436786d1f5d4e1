import type { ElementReference } from '@rserpool/handlespace';
import type { AssociationId } from '@rserpool/wire';
import type { ProbeReason } from './asap-registrar-event.ts';

/** An ASAP_ENDPOINT_KEEP_ALIVE that is not acknowledged yet. */
export interface ElementProbe {
  /** Why it was sent; `periodic` within the interval. */
  reason: ProbeReason | 'periodic';
  /** The association that it was sent on, or that is being opened for it. */
  association: AssociationId;
  /** Whether that association was opened for it: if it breaks, there is nothing left to try. */
  readonly openedFor: boolean;
  /** Whether it counts for `maximumOutstandingProbes`. */
  readonly usesSlot: boolean;
}

/** What the monitoring knows of one element. */
export interface ElementWatch {
  /** The element. */
  readonly element: ElementReference;
  /** Whether this registrar is its home registrar; else it is watched for the time of one probe. */
  readonly isOwn: boolean;
  /** The association over which it is reached, while that is up. */
  association: AssociationId | undefined;
  /** The keep-alive that it has not answered. */
  probe: ElementProbe | undefined;
  /** Why it waits for its turn to be probed, if it does. */
  queuedFor: ProbeReason | 'periodic' | undefined;
  /** Whether keep-alives carry the H flag: until the element has confirmed its new home registrar. */
  isAdoption: boolean;
  /** When a broken association was last a reason to probe. */
  lastReopened: number;
}
