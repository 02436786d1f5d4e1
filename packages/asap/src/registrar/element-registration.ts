import type { AsapMessage, ErrorCause, PoolElement, UserTransport } from '@rserpool/wire';
import { encodeTransportParameter, ErrorCauseCode } from '@rserpool/wire';
import type { RegistrarAssociation } from './association-table.ts';
import type { ElementMonitor } from './element-monitor.ts';
import type { OwnedElements } from './owned-elements.ts';
import type { RegistrarRuntime } from './registrar-runtime.ts';
import { type AddressRule, refusedAddresses, verifyUserTransport } from './verify-user-transport.ts';

const noInformation: Uint8Array = new Uint8Array(0);
const noCauses: readonly ErrorCause[] = [];

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
    const isBound = known !== undefined && this.#monitor.associationOf(known) === association.id;
    if (!isBound && association.elements.size >= limits.maximumRegistrationsPerAssociation) {
      this.#reject(association, registration, [cause(ErrorCauseCode.lackOfResources)]);
      return;
    }
    const rule = this.#addressRule(association);
    const userTransport = verifyUserTransport(poolElement.userTransport, rule);
    if (userTransport !== poolElement.userTransport) {
      const addresses = refusedAddresses(poolElement.userTransport, rule);
      const poolElementIdentifier = poolElement.identifier;
      const identity = { poolHandle, poolElementIdentifier, association: association.id };
      this.#runtime.emit({ type: 'addressesRefused', ...identity, addresses });
    }
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
    this.#owned.registered(result.element, poolElement.registrationLife, now);
    this.#monitor.registered(result.element, association, now);
    const isModified = userTransport !== poolElement.userTransport;
    if (isModified) this.#runtime.counters.registrationsModified += 1;
    const warnings = isModified ? [invalidTransport(poolElement.userTransport)] : noCauses;
    this.#grant(association, poolHandle, accepted, warnings, previousHomeRegistrar);
  }

  #addressRule({ remote }: RegistrarAssociation): AddressRule {
    const { isStrict, minimumAddressScope } = this.#runtime;
    return { remote: isStrict ? remote : undefined, minimumScope: minimumAddressScope };
  }

  // Rule 4: this registrar becomes the owner and records where the registration came from.
  #accepted(
    poolElement: PoolElement,
    userTransport: UserTransport,
    association: RegistrarAssociation,
  ): PoolElement {
    const { identifier, registrationLife, policy, unknownParameters } = poolElement;
    const homeRegistrar = this.#runtime.serverIdentifier;
    const { asapTransport } = association;
    const accepted = { identifier, homeRegistrar, registrationLife, userTransport, policy, asapTransport };
    return unknownParameters === undefined ? accepted : { ...accepted, unknownParameters };
  }

  #grant(
    association: RegistrarAssociation,
    poolHandle: Uint8Array,
    accepted: PoolElement,
    warnings: readonly ErrorCause[],
    previousHomeRegistrar: number | undefined,
  ): void {
    const poolElementIdentifier = accepted.identifier;
    this.#runtime.counters.registrations += 1;
    const type = 'ASAP_REGISTRATION_RESPONSE';
    const response: AsapMessage =
      warnings.length === 0
        ? { type, rejected: false, poolHandle, poolElementIdentifier }
        : { type, rejected: false, poolHandle, poolElementIdentifier, error: { causes: warnings } };
    this.#runtime.send(association.id, response);
    this.#runtime.emit({
      type: 'elementRegistered',
      poolHandle,
      poolElementIdentifier,
      reregistration: previousHomeRegistrar !== undefined,
      previousHomeRegistrar,
      association: association.id,
    });
    this.#runtime.updatePeers('add', poolHandle, accepted);
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
