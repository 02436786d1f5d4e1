import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage } from '@rserpool/wire';
import { ErrorCauseCode } from '@rserpool/wire';
import { isSameEndpoint } from '../server-hunt/same-endpoint.ts';
import type { RegistrarAssociation } from './association-table.ts';
import type { OwnedElements } from './owned-elements.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';

const noInformation: Uint8Array = new Uint8Array(0);

/**
 * The registrar's side of deregistration (RFC 5352 section 3.2). An element that is not known counts as
 * deregistered; any registrar may be asked, not only the home registrar.
 */
export function deregisterElement(
  runtime: RegistrarRuntime,
  owned: OwnedElements,
  association: RegistrarAssociation,
  deregistration: Extract<AsapMessage, { type: 'ASAP_DEREGISTRATION' }>,
): void {
  const { counters, handlespace } = runtime;
  const { poolHandle, poolElementIdentifier } = deregistration;
  const identity = { poolHandle, poolElementIdentifier };
  const element = handlespace.find(poolHandle, poolElementIdentifier);
  if (element !== undefined && runtime.isStrict && !isElementItself(runtime, association, element)) {
    counters.deregistrationsRejected += 1;
    const causes = [{ code: ErrorCauseCode.rejectedDueToSecurity, information: noInformation }];
    runtime.send(association.id, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity, error: { causes } });
    runtime.emit({ type: 'deregistrationRejected', ...identity, association: association.id });
    return;
  }
  counters.deregistrations += 1;
  const known = element !== undefined;
  const removed = known ? handlespace.poolElement(element) : undefined;
  if (known) owned.during(() => handlespace.remove(element));
  runtime.send(association.id, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
  runtime.emit({ type: 'elementDeregistered', ...identity, known, association: association.id });
  if (removed !== undefined) runtime.updatePeers('delete', poolHandle, removed);
}

// Section 2.2.2: "de-registration is NOT allowed by proxy". The element is known by the association that it
// registered over, or by the transport address that was recorded then (rule 4 of section 3.1).
function isElementItself(
  runtime: RegistrarRuntime,
  association: RegistrarAssociation,
  element: ElementReference,
): boolean {
  if (association.elements.has(element)) return true;
  const { asapTransport } = runtime.handlespace.poolElement(element);
  return asapTransport !== undefined && isSameEndpoint(asapTransport, association.remote);
}
