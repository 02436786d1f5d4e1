import type { AsapMessage, AssociationId, RemoteEndpoint } from '@rserpool/wire';
import { announcedEndpoints } from '../server-hunt/announced-endpoints.ts';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import { RegistrarList } from '../server-hunt/registrar-list.ts';
import { isSameEndpoint } from '../server-hunt/same-endpoint.ts';
import type { ServerHuntRuntime } from '../server-hunt/server-hunt.ts';
import { ServerHunt, serverHuntTimer } from '../server-hunt/server-hunt.ts';
import type { ServerHuntEvent, ServerHuntReason } from '../server-hunt/server-hunt-event.ts';
import type { AsapClientOptions } from './asap-client-options.ts';

const outdateTimerPrefix = 'T7-ENRPoutdate ';

/** A home registrar that was replaced. */
export interface FormerHome {
  /** The home registrar that it was. */
  readonly homeRegistrar: HomeRegistrar;
  /** Whether this machine opened the association to it, and that is still open. */
  readonly isOpenFromHere: boolean;
}

/** Whom a {@link HomeLink} tells. */
export interface HomeLinkHandlers {
  /** The hunt or the list of registrars changed. */
  event(event: ServerHuntEvent): void;
  /** A hunt found a home registrar. The association to the former one, if any, is still open. */
  found(homeRegistrar: HomeRegistrar, former: FormerHome | undefined, now: number): void;
  /** A hunt gave up. */
  noRegistrar(now: number): void;
}

/**
 * The client's side of the relation to its home registrar: which one it is, the list of registrars, and the hunt
 * for another one (RFC 5352 section 3.6).
 */
export class HomeLink {
  readonly #runtime: ServerHuntRuntime;
  readonly #options: AsapClientOptions;
  readonly #handlers: HomeLinkHandlers;
  readonly #list: RegistrarList;
  readonly #hunt: ServerHunt;
  #current: HomeRegistrar | undefined;
  #openedHere = false;
  #last: HomeRegistrar | undefined;

  constructor(runtime: ServerHuntRuntime, options: AsapClientOptions, handlers: HomeLinkHandlers) {
    this.#runtime = runtime;
    this.#options = options;
    this.#handlers = handlers;
    this.#list = new RegistrarList(options.registrars);
    this.#hunt = new ServerHunt(runtime, this.#list, {
      event: (event) => handlers.event(event),
      found: (association, registrar, remote, now) => {
        // The identifier may have been announced since the attempt began.
        const { serverIdentifier } = this.#list.find(registrar.remote) ?? registrar;
        const homeRegistrar = { association, remote, serverIdentifier };
        const former = this.adopt(homeRegistrar, true);
        handlers.found(homeRegistrar, former, now);
      },
      gaveUp: (now) => handlers.noRegistrar(now),
      isExcluded: (remote) =>
        this.#current?.remote !== undefined && isSameEndpoint(this.#current.remote, remote),
    });
  }

  /** The home registrar, while there is an association to it. */
  get current(): HomeRegistrar | undefined {
    return this.#current;
  }

  /** Whether a hunt is on. */
  get isHunting(): boolean {
    return this.#hunt.isActive;
  }

  /** Starts a hunt, unless one is on. */
  seek(reason: ServerHuntReason, now: number): void {
    this.#hunt.start(reason, this.#last?.remote, now);
  }

  /** Ends a hunt that is not needed any more. */
  stopSeeking(): void {
    this.#hunt.stop();
  }

  /** Makes a registrar the home registrar, ends the hunt, and returns the one before, where it is another. */
  adopt(homeRegistrar: HomeRegistrar, openedHere: boolean): FormerHome | undefined {
    const last = this.#last;
    const isOpenFromHere = this.#current !== undefined && this.#openedHere;
    this.#current = homeRegistrar;
    this.#last = homeRegistrar;
    this.#openedHere = openedHere;
    this.#hunt.stop();
    if (last === undefined || last.association === homeRegistrar.association) return undefined;
    return { homeRegistrar: last, isOpenFromHere };
  }

  /** Notes the identifier of the home registrar. */
  identify(serverIdentifier: number): void {
    if (this.#current === undefined) return;
    this.#current = { ...this.#current, serverIdentifier };
    this.#last = this.#current;
  }

  /** Gives up a home registrar that does not answer: the association is aborted, and the next hunt avoids it. */
  abandon(): void {
    const former = this.#current;
    if (former === undefined) return;
    this.#runtime.close(former.association, true);
    this.#current = undefined;
  }

  /** Closes the association to the home registrar gracefully; the next request hunts for one. */
  release(): HomeRegistrar | undefined {
    const former = this.#current;
    if (former === undefined) return undefined;
    this.#runtime.close(former.association, false);
    this.#current = undefined;
    return former;
  }

  /** An association that this machine opened is up. */
  associationUp(association: AssociationId, remote: RemoteEndpoint, now: number): void {
    // Nobody waits for it any more where the hunt ended between the shell's report and this input.
    if (!this.#hunt.associationUp(association, remote, now)) this.#runtime.close(association, true);
  }

  /** An association is gone. Returns the home registrar if it was the one to it. */
  associationLost(association: AssociationId, reason: string): HomeRegistrar | undefined {
    if (this.#hunt.associationLost(association, reason)) return undefined;
    const lost = this.#current;
    if (lost === undefined || lost.association !== association) return undefined;
    this.#current = undefined;
    return lost;
  }

  /** An announcement came in (section 3.6). */
  announced(
    announce: Extract<AsapMessage, { type: 'ASAP_SERVER_ANNOUNCE' }>,
    source: RemoteEndpoint,
    now: number,
  ): void {
    if (this.#options.listenToAnnounces === false) return;
    const { announcedPort, registrarOutdateMs } = this.#runtime.timing;
    const transport = this.#options.announcedTransport ?? 'sctp';
    const { serverIdentifier } = announce;
    for (const remote of announcedEndpoints(announce, source, transport, announcedPort)) {
      const learnt = this.#list.learn(serverIdentifier, remote);
      if (learnt === undefined) continue;
      if (learnt.registrar.learnt) {
        this.#runtime.timers.set(outdateTimerPrefix + String(learnt.registrar.key), now + registrarOutdateMs);
      }
      this.#identifyCurrent(serverIdentifier, remote);
      if (learnt.isNew) this.#handlers.event({ type: 'registrarLearnt', serverIdentifier, remote });
      this.#hunt.announced(learnt.registrar);
    }
  }

  /** Runs one of this link's timers; returns whether it was one. */
  timeout(timer: string, now: number): boolean {
    if (timer === serverHuntTimer) {
      this.#hunt.timeout(now);
      return true;
    }
    if (!timer.startsWith(outdateTimerPrefix)) return false;
    const outdated = this.#list.outdate(Number(timer.slice(outdateTimerPrefix.length)));
    if (outdated?.serverIdentifier !== undefined) {
      const { serverIdentifier, remote } = outdated;
      this.#handlers.event({ type: 'registrarOutdated', serverIdentifier, remote });
    }
    return true;
  }

  /** T5 and T7, as far as they run. */
  *timerNames(): Iterable<string> {
    yield serverHuntTimer;
    for (const registrar of this.#list.all()) yield outdateTimerPrefix + String(registrar.key);
  }

  /** Ends everything: the hunt's associations and the one to the home registrar are closed. */
  shutdown(): void {
    this.#hunt.stop();
    if (this.#current !== undefined) this.#runtime.close(this.#current.association, false);
    this.#current = undefined;
  }

  #identifyCurrent(serverIdentifier: number, remote: RemoteEndpoint): void {
    const current = this.#current;
    if (current?.remote === undefined || current.serverIdentifier !== undefined) return;
    if (isSameEndpoint(current.remote, remote)) this.identify(serverIdentifier);
  }
}
