import type { ElementReference, Handlespace } from '@rserpool/handlespace';
import type { AsapMessage, AssociationId, PoolElement, RemoteEndpoint } from '@rserpool/wire';
import { randomFraction } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { AsapRegistrarTiming } from '../timing/asap-registrar-timing.ts';
import { asapRegistrarTimingProfiles } from '../timing/asap-timing-profiles.ts';
import type { AddressScope } from './address-scope.ts';
import type { AsapRegistrarCounters } from './asap-registrar-counters.ts';
import { noCounts } from './asap-registrar-counters.ts';
import type { AsapRegistrarEvent } from './asap-registrar-event.ts';
import type { AsapRegistrarLimits } from './asap-registrar-limits.ts';
import { defaultAsapRegistrarLimits } from './asap-registrar-limits.ts';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';
import type { AsapRegistrarOutput } from './asap-registrar-output.ts';

/** What every procedure of the registrar shares. */
export class RegistrarRuntime {
  /** The handlespace, shared with ENRP. */
  readonly handlespace: Handlespace;
  /** This registrar's identifier. */
  readonly serverIdentifier: number;
  /** The effective timing: the profile `rfc` with the caller's overlay. */
  readonly timing: AsapRegistrarTiming;
  /** The effective limits. */
  readonly limits: AsapRegistrarLimits;
  /** Whether addresses and deregistering elements are verified (RFC 5352 sections 2.2.1 and 2.2.2). */
  readonly isStrict: boolean;
  /** How far the addresses of elements have to reach. */
  readonly minimumAddressScope: AddressScope;
  /** What is counted. */
  readonly counters: { -readonly [Name in keyof AsapRegistrarCounters]: number } = noCounts();
  /** What the machine wants done. */
  readonly outputs: OutputQueue<AsapRegistrarOutput> = new OutputQueue();
  /** The elements of the resolution that is being answered, from index 0 on; used again for the next one. */
  readonly chosen: ElementReference[] = [];
  readonly #options: AsapRegistrarOptions;

  /** @param options - The machine's options. */
  constructor(options: AsapRegistrarOptions) {
    this.#options = options;
    this.handlespace = options.handlespace;
    this.serverIdentifier = options.serverIdentifier;
    this.timing = { ...asapRegistrarTimingProfiles.rfc, ...options.timing };
    this.limits = { ...defaultAsapRegistrarLimits, ...options.limits };
    this.isStrict = options.addressVerification !== 'off';
    this.minimumAddressScope = options.minimumAddressScope ?? 'loopback';
  }

  /** Sends a message. */
  send(association: AssociationId, message: AsapMessage): void {
    this.outputs.push({ type: 'send', association, message });
  }

  /** Opens an association and returns its number. */
  open(remote: RemoteEndpoint): AssociationId {
    const association = this.#options.allocateAssociation();
    this.outputs.push({ type: 'open', association, remote });
    return association;
  }

  /** Closes an association, gracefully or at once. */
  close(association: AssociationId, abort: boolean): void {
    this.outputs.push({ type: 'close', association, abort });
  }

  /** Reports a change of state. */
  emit(event: AsapRegistrarEvent): void {
    this.outputs.push({ type: 'event', event });
  }

  /** RFC 5353 section 3.3: has the peers told. */
  updatePeers(action: 'add' | 'delete', poolHandle: Uint8Array, poolElement: PoolElement): void {
    this.outputs.push({ type: 'handleUpdate', action, poolHandle, poolElement });
  }

  /** A time around `meanMs`, by at most `fraction` of it either way. */
  vary(meanMs: number, fraction: number): number {
    return meanMs * (1 - fraction + 2 * fraction * randomFraction(this.#options.random));
  }
}
