import type { Handlespace } from '@rserpool/handlespace';
import type { RegistrarNode } from '../cluster/registrar-node.ts';

/** What registrars say about one element. */
export interface Entry {
  /** The home that each registrar names, in the order of the registrars; 0 where it does not know the element. */
  readonly homes: number[];
}

/** What one registrar knows: which element has which home. */
class View {
  readonly #handlespace: Handlespace;
  readonly #homes: Map<string, number> = new Map();
  #isCurrent = false;

  constructor(handlespace: Handlespace) {
    this.#handlespace = handlespace;
    handlespace.subscribe((change) => {
      // A registration that changes neither who is there nor who owns it is most of what happens.
      if (change.kind !== 'updated' || change.previousHomeRegistrar !== undefined) this.#isCurrent = false;
    });
  }

  /** Whether nothing has changed since it was read. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** Reads the handlespace, where it has changed. */
  homes(): ReadonlyMap<string, number> {
    if (this.#isCurrent) return this.#homes;
    this.#homes.clear();
    for (const home of this.#handlespace.homeRegistrars()) {
      for (const reference of this.#handlespace.elementsOf(home)) {
        const { identifier } = this.#handlespace.poolElement(reference);
        this.#homes.set(`${textOf(this.#handlespace.poolHandle(reference))}/${identifier}`, home);
      }
    }
    this.#isCurrent = true;
    return this.#homes;
  }
}

/** What all registrars say, kept from one look to the next where nothing has changed. */
export class HandlespaceViews {
  readonly #views: WeakMap<Handlespace, View> = new WeakMap();
  #last: readonly View[] = [];
  #entries: Map<string, Entry> = new Map();

  /**
   * What is said about each element, by its pool and identifier.
   *
   * @param living - The registrars.
   */
  entries(living: readonly RegistrarNode[]): ReadonlyMap<string, Entry> {
    const views = living.map((node) => this.#viewOf(node.handlespace));
    const isSame =
      views.length === this.#last.length && views.every((view, index) => view === this.#last[index]);
    if (isSame && views.every((view) => view.isCurrent)) return this.#entries;
    const entries = new Map<string, Entry>();
    for (const [index, view] of views.entries()) {
      for (const [key, home] of view.homes()) {
        let entry = entries.get(key);
        if (entry === undefined) entries.set(key, (entry = { homes: views.map(() => 0) }));
        entry.homes[index] = home;
      }
    }
    this.#last = views;
    this.#entries = entries;
    return entries;
  }

  #viewOf(handlespace: Handlespace): View {
    let view = this.#views.get(handlespace);
    if (view === undefined) this.#views.set(handlespace, (view = new View(handlespace)));
    return view;
  }
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
