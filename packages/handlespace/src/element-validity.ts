import {
  type ErrorCause,
  type PolicyParameter,
  type PoolElement,
  type SctpTransport,
  TransportUse,
  type UserTransport,
} from '@rserpool/wire';
import { invalidPolicy, invalidPoolElement, invalidTransport } from './registration-causes.ts';

/**
 * Who brings an element. A pool element that registers can correct what is wrong, so everything is checked; what
 * a peer announces has been accepted there (RFC 5353 section 3.3.1 replaces without asking), so only what this
 * handlespace could not work with is refused.
 */
export type ElementOrigin = 'registration' | 'peer';

const none: readonly ErrorCause[] = [];

/**
 * Looks for values that no pool element may have (RFC 5352 section 3.1 rule 5).
 *
 * @param element - The element.
 * @param type - The type of its policy.
 * @param origin - Who brings it.
 * @returns A cause for each offending parameter; empty where all values are valid.
 */
export function invalidValues(
  element: PoolElement,
  type: PolicyParameter['type'],
  origin: ElementOrigin,
): readonly ErrorCause[] {
  const registers = origin === 'registration';
  const hasInvalidField =
    element.identifier === 0 ||
    (registers && element.registrationLife < -1) ||
    (!registers && element.homeRegistrar === 0);
  const hasInvalidTransport = registers && !isUsable(element.userTransport);
  // Nearly always; then nothing is allocated.
  if (!hasInvalidField && !hasInvalidTransport && type !== 'unknown') return none;
  const causes: ErrorCause[] = [];
  if (hasInvalidField) causes.push(invalidPoolElement(element));
  if (hasInvalidTransport) causes.push(invalidTransport(element.userTransport));
  if (element.policy.type === 'unknown') causes.push(invalidPolicy(element.policy));
  return causes;
}

/**
 * Whether an element that was encoded the usual way has no {@link invalidValues}: it has an SCTP transport with an
 * address, and a policy that is known.
 *
 * @param element - The element.
 * @param origin - Who brings it.
 */
export function isUsuallyValid(element: PoolElement, origin: ElementOrigin): boolean {
  if (element.identifier === 0) return false;
  if (origin !== 'registration') return element.homeRegistrar !== 0;
  const { port, transportUse } = element.userTransport as SctpTransport;
  return element.registrationLife >= -1 && port !== 0 && isKnownUse(transportUse);
}

/** RFC 5354 section 3.4: at least one address, and one of two uses. Port 0 is no port that anybody could be reached at. */
function isUsable(transport: UserTransport): boolean {
  if (transport.protocol !== 'opaque' && transport.port === 0) return false;
  if (transport.protocol !== 'sctp') return true;
  return isKnownUse(transport.transportUse) && transport.addresses.length > 0;
}

function isKnownUse(transportUse: number): boolean {
  return transportUse === TransportUse.dataOnly || transportUse === TransportUse.dataPlusControl;
}
