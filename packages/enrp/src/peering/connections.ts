import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { endpointKey, endpointOfTransport, isSameEndpoint } from '../core/remote-endpoint.ts';
import type { Association } from './association.ts';
import type { KnownEndpoint } from './known-endpoint.ts';

/** How much the pause between attempts varies, so that registrars do not dial in step. */
const reconnectJitter = 0.1;
/**
 * So many attempts at a former peer follow each other within `reconnectMaximumMs`, so that one that was only cut off or
 * restarted is found at once; then the pause grows further: it may have gone for good.
 */
const promptAttempts = 10;

/**
 * The associations, and the endpoints to which there should be some. A registrar keeps dialling configured
 * endpoints and those of former peers, with a growing pause and an event for each attempt: registrars that were
 * started at different times, or that a partition separated, find each other that way without a group. Former peers
 * are dialled ever more rarely and given up at last; whoever comes back dials itself, or is heard of from others.
 */
export class Connections {
  readonly #core: EnrpCore;
  readonly #associations: Map<AssociationId, Association> = new Map();
  readonly #endpoints: KnownEndpoint[] = [];

  constructor(core: EnrpCore) {
    this.#core = core;
    for (const remote of core.options.peers) {
      if (!isSameEndpoint(remote, core.ownEndpoint)) this.#add(remote, true);
    }
  }

  /** The endpoints that are configured. */
  configured(): KnownEndpoint[] {
    return this.#endpoints.filter((endpoint) => endpoint.isConfigured);
  }

  get(identifier: AssociationId): Association | undefined {
    return this.#associations.get(identifier);
  }

  /** The associations that are up and at whose other end nobody is known. */
  unidentified(): AssociationId[] {
    const found: AssociationId[] = [];
    for (const { identifier, isUp, peer } of this.#associations.values()) {
      if (isUp && peer === undefined) found.push(identifier);
    }
    return found;
  }

  /** The endpoint as it is known already, or as it is now; `undefined` where there is no place for it. */
  learn(remote: RemoteEndpoint): KnownEndpoint | undefined {
    const known = this.#known(remote);
    if (known !== undefined) return known;
    if (isSameEndpoint(remote, this.#core.ownEndpoint)) return undefined;
    const learned = this.#endpoints.length - this.configured().length;
    if (learned >= this.#core.limits.maximumReconnectEndpoints) return undefined;
    return this.#add(remote, false);
  }

  /** The association to an endpoint that is up, where there is one. */
  associationTo(endpoint: KnownEndpoint): Association | undefined {
    for (const association of this.#associations.values()) {
      if (!association.isUp) continue;
      if (association.endpoint === endpoint) return association;
      if (isSameEndpoint(association.remote, endpoint.remote)) return association;
      const transport = association.peer?.serverInformation?.transport;
      if (transport !== undefined && isSameEndpoint(endpointOfTransport(transport), endpoint.remote)) {
        return association;
      }
    }
    return undefined;
  }

  /** Opens an association at once, unless there is one or an attempt runs. */
  dial(endpoint: KnownEndpoint): void {
    if (endpoint.isOpening || this.associationTo(endpoint) !== undefined) return;
    const core = this.#core;
    core.timers.stop(`reconnect:${endpoint.key}`);
    endpoint.isOpening = true;
    endpoint.attempts += 1;
    const identifier = core.options.allocateAssociation();
    this.#associations.set(identifier, {
      identifier,
      remote: endpoint.remote,
      endpoint,
      isUp: false,
      peer: undefined,
      conflictTold: false,
    });
    core.event({ type: 'associationAttempt', remote: endpoint.remote, attempt: endpoint.attempts });
    core.outputs.push({ type: 'open', association: identifier, remote: endpoint.remote });
    core.timers.set(`open:${identifier}`, core.now + core.timing.associationAttemptMs);
  }

  /** Begins to dial every endpoint that has no association. Called once, when the initialization is over. */
  maintain(): void {
    for (const endpoint of this.#endpoints) {
      if (endpoint.attempts === 0) this.dial(endpoint);
      else this.#schedule(endpoint);
    }
  }

  /** An association is up. Returns it where it is new. */
  up(identifier: AssociationId, remote: RemoteEndpoint, inbound: boolean): Association | undefined {
    const known = this.#associations.get(identifier);
    if (known === undefined) {
      if (!inbound) return undefined;
      const accepted: Association = {
        identifier,
        remote,
        endpoint: undefined,
        isUp: true,
        peer: undefined,
        conflictTold: false,
      };
      this.#associations.set(identifier, accepted);
      return accepted;
    }
    if (known.isUp) return undefined;
    known.isUp = true;
    this.#core.timers.stop(`open:${identifier}`);
    if (known.endpoint !== undefined) {
      known.endpoint.isOpening = false;
      known.endpoint.attempts = 0;
    }
    return known;
  }

  /** An association is gone, or could not be opened. */
  lost(identifier: AssociationId, reason: string): void {
    const association = this.#associations.get(identifier);
    if (association === undefined) return;
    this.#associations.delete(identifier);
    if (!association.isUp) {
      this.#failed(association, reason, true);
      return;
    }
    const { peer } = association;
    this.unbind(association);
    this.#core.signals.push({ type: 'associationLost', association, peer });
    // While it was up nobody dialled the endpoint that it came from, even where nobody had spoken on it yet.
    const remote = association.endpoint?.remote ?? peer?.endpoint;
    const endpoint = remote === undefined ? this.#known(association.remote) : this.learn(remote);
    if (endpoint === undefined) return;
    // It was reached, whoever had opened the association: its attempts count from now.
    endpoint.attempts = 0;
    this.#schedule(endpoint);
  }

  /**
   * An attempt takes too long. That alone does not make a suspected peer dead: the timer of its probe decides,
   * and until then it is dialled again.
   */
  openTimedOut(identifier: AssociationId): void {
    const association = this.#associations.get(identifier);
    if (association === undefined || association.isUp) return;
    this.#associations.delete(identifier);
    this.#core.outputs.push({ type: 'close', association: identifier, abort: true });
    this.#failed(association, 'no answer in time', false);
  }

  /**
   * A registrar appeared: where a partition has ended, the others that are dialled rarely by now may be there again.
   * Each gets one attempt at once.
   */
  wake(): void {
    if (!this.#core.isReady) return;
    for (const endpoint of this.#endpoints) {
      if (!endpoint.isConfigured && endpoint.attempts > promptAttempts) this.dial(endpoint);
    }
  }

  /** The pause is over: try again. */
  reconnect(key: string): void {
    const endpoint = this.#endpoints.find((candidate) => candidate.key === key);
    if (endpoint !== undefined) this.dial(endpoint);
  }

  /** Notes who is at the other end of an association. */
  bind(association: Association, peer: Peer): void {
    if (association.peer === peer) return;
    const former = association.peer;
    this.unbind(association);
    association.peer = peer;
    // The newest is the best sign of life: the peer may have been restarted while the old one still seems up.
    peer.associations.unshift(association.identifier);
    if (association.endpoint !== undefined) peer.endpoint ??= association.remote;
    if (former !== undefined) this.#core.signals.push({ type: 'peerReplaced', peer: former });
  }

  /** Forgets who is at the other end of an association; its next message tells anew. */
  unbind(association: Association): void {
    const position = association.peer?.associations.indexOf(association.identifier) ?? -1;
    if (position >= 0) association.peer?.associations.splice(position, 1);
    association.peer = undefined;
  }

  /** Closes everything. */
  shutdown(): void {
    for (const association of this.#associations.values()) {
      this.#core.outputs.push({
        type: 'close',
        association: association.identifier,
        abort: !association.isUp,
      });
      this.unbind(association);
    }
    this.#associations.clear();
  }

  #known(remote: RemoteEndpoint): KnownEndpoint | undefined {
    return this.#endpoints.find((endpoint) => isSameEndpoint(endpoint.remote, remote));
  }

  #add(remote: RemoteEndpoint, isConfigured: boolean): KnownEndpoint {
    const endpoint = { key: endpointKey(remote), remote, isConfigured, attempts: 0, isOpening: false };
    this.#endpoints.push(endpoint);
    return endpoint;
  }

  #failed(association: Association, reason: string, isRefused: boolean): void {
    const core = this.#core;
    core.timers.stop(`open:${association.identifier}`);
    const { endpoint, remote } = association;
    if (endpoint === undefined) return;
    endpoint.isOpening = false;
    const retryInMs = this.#schedule(endpoint);
    core.event({ type: 'associationFailed', remote, attempt: endpoint.attempts, reason, retryInMs });
    core.signals.push({ type: 'endpointFailed', endpoint, isRefused });
  }

  #schedule(endpoint: KnownEndpoint): number | undefined {
    const core = this.#core;
    if (!core.isReady || endpoint.isOpening || this.associationTo(endpoint) !== undefined) return undefined;
    if (!endpoint.isConfigured && endpoint.attempts >= core.limits.maximumReconnectAttempts) {
      this.#endpoints.splice(this.#endpoints.indexOf(endpoint), 1);
      core.timers.stop(`reconnect:${endpoint.key}`);
      core.event({ type: 'reconnectionAbandoned', remote: endpoint.remote, attempts: endpoint.attempts });
      return undefined;
    }
    const pause = this.#pauseBefore(endpoint);
    const retryInMs = Math.round(core.jittered(pause * (1 - reconnectJitter), reconnectJitter));
    core.timers.set(`reconnect:${endpoint.key}`, core.now + retryInMs);
    return retryInMs;
  }

  #pauseBefore({ attempts, isConfigured }: KnownEndpoint): number {
    const { reconnectInitialMs, reconnectMaximumMs, reconnectDormantMs } = this.#core.timing;
    const doublings = Math.min(Math.max(attempts - 1, 0), 30);
    const pause = Math.min(reconnectInitialMs * 2 ** doublings, reconnectMaximumMs);
    if (isConfigured || attempts <= promptAttempts) return pause;
    const dormant = reconnectMaximumMs * 2 ** Math.min(attempts - promptAttempts, 30);
    return Math.max(pause, Math.min(dormant, reconnectDormantMs));
  }
}
