import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage, ErrorCause, PoolElement, SctpTransport, UserTransport } from '@rserpool/wire';
import { encodeTransportParameter, ErrorCauseCode, TransportUse } from '@rserpool/wire';
import type { RegistrarAssociation } from './association-table.ts';
import type { ElementMonitor } from './element-monitor.ts';
import type { OwnedElements } from './owned-elements.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';
import { verifyUserTransport } from './verify-user-transport.ts';

const noInformation: Uint8Array = new Uint8Array(0);

type Registration = Extract<AsapMessage, { type: 'ASAP_REGISTRATION' }>;

/** The registrar's side of registration (RFC 5352 section 3.1, rules 1 to 5). */
export class ElementRegistration {
  readonly #runtime: RegistrarRuntime;
  readonly #monitor: ElementMonitor;
  readonly #owned: OwnedElements;

  constructor(runtime: RegistrarRuntime, monitor: ElementMonitor, owned: OwnedElements) {
    this.#runtime = runtime;
    this.#monitor = monitor;
    this.#owned = owned;
  }

  /** An ASAP_REGISTRATION came in. */
  register(association: RegistrarAssociation, registration: Registration, now: number): void {
    const { handlespace, limits } = this.#runtime;
    const { poolHandle, poolElement } = registration;
    const known = handlespace.find(poolHandle, poolElement.identifier);
    const isBound = known !== undefined && association.elements.has(known);
    if (!isBound && association.elements.size >= limits.maximumRegistrationsPerAssociation) {
      this.#reject(association, registration, [cause(ErrorCauseCode.lackOfResources)]);
      return;
    }
    const userTransport = this.#verified(poolElement.userTransport, association);
    if (userTransport === undefined) {
      this.#reject(association, registration, [cause(ErrorCauseCode.rejectedDueToSecurity)]);
      return;
    }
    const previousHomeRegistrar = known === undefined ? undefined : handlespace.homeRegistrar(known);
    const accepted = this.#accepted(poolElement, userTransport, association);
    const result = this.#owned.during(() => handlespace.register(poolHandle, accepted));
    if (!result.ok) {
      this.#reject(association, registration, result.causes);
      return;
    }
    this.#owned.settle(now);
    this.#owned.startExpiry(result.element, now);
    this.#monitor.registered(result.element, association, now);
    const isModified = userTransport !== poolElement.userTransport;
    const warnings = isModified ? [invalidTransport(poolElement.userTransport)] : [];
    this.#grant(association, result.element, warnings, previousHomeRegistrar);
  }

  #verified(userTransport: UserTransport, association: RegistrarAssociation): UserTransport | undefined {
    if (!this.#runtime.isStrict) return userTransport;
    return verifyUserTransport(userTransport, association.remote);
  }

  // Rule 4: this registrar becomes the owner and records where the registration came from.
  #accepted(
    poolElement: PoolElement,
    userTransport: UserTransport,
    association: RegistrarAssociation,
  ): PoolElement {
    const { addresses, port } = association.remote;
    const transportUse = TransportUse.dataOnly;
    const asapTransport: SctpTransport = { protocol: 'sctp', port, transportUse, addresses };
    return { ...poolElement, homeRegistrar: this.#runtime.serverIdentifier, userTransport, asapTransport };
  }

  #grant(
    association: RegistrarAssociation,
    element: ElementReference,
    warnings: readonly ErrorCause[],
    previousHomeRegistrar: number | undefined,
  ): void {
    const { counters, handlespace } = this.#runtime;
    const poolHandle = handlespace.poolHandle(element);
    const poolElement = handlespace.poolElement(element);
    const poolElementIdentifier = poolElement.identifier;
    counters.registrations += 1;
    this.#runtime.send(association.id, {
      type: 'ASAP_REGISTRATION_RESPONSE',
      rejected: false,
      poolHandle,
      poolElementIdentifier,
      ...(warnings.length === 0 ? {} : { error: { causes: warnings } }),
    });
    this.#runtime.emit({
      type: 'elementRegistered',
      poolHandle,
      poolElementIdentifier,
      reregistration: previousHomeRegistrar !== undefined,
      previousHomeRegistrar,
      association: association.id,
    });
    this.#runtime.updatePeers('add', poolHandle, poolElement);
  }

  #reject(
    association: RegistrarAssociation,
    { poolHandle, poolElement }: Registration,
    causes: readonly ErrorCause[],
  ): void {
    const poolElementIdentifier = poolElement.identifier;
    this.#runtime.counters.registrationsRejected += 1;
    this.#runtime.send(association.id, {
      type: 'ASAP_REGISTRATION_RESPONSE',
      rejected: true,
      poolHandle,
      poolElementIdentifier,
      error: { causes },
    });
    this.#runtime.emit({
      type: 'registrationRejected',
      poolHandle,
      poolElementIdentifier,
      causes,
      association: association.id,
    });
  }
}

function cause(code: number): ErrorCause {
  return { code, information: noInformation };
}

// Section 2.2.3: with the R flag 0 this warns that some of the values have been modified.
function invalidTransport(userTransport: UserTransport): ErrorCause {
  return { code: ErrorCauseCode.invalidValues, information: encodeTransportParameter(userTransport) };
}
