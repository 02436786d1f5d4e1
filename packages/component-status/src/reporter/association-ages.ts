import type { Clock } from '@rserpool/transport';
import { type ComponentIdentifier, packIdentifier } from '../component-identifier.ts';
import type { ComponentAssociation } from '../component-report.ts';

/** An association whose age is not known by its owner. */
export interface SeenAssociation extends Omit<ComponentAssociation, 'durationMs'> {
  /** What tells it from others with the same receiver; nothing where there is one of each. */
  readonly key?: unknown;
}

/** Tells for how long associations have been there, counted from the first report that showed them. */
export class AssociationAges {
  readonly #clock: Clock;
  #since: Map<unknown, number> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The associations of the present report; those that are missing count anew when they come back. */
  aged(associations: readonly SeenAssociation[]): ComponentAssociation[] {
    const now = this.#clock.now();
    const since = new Map<unknown, number>();
    const aged = associations.map(({ key, ...association }) => {
      const name = key ?? nameOf(association.receiver, association.payloadProtocolIdentifier);
      const from = this.#since.get(name) ?? now;
      since.set(name, from);
      return { ...association, durationMs: now - from };
    });
    this.#since = since;
    return aged;
  }
}

const nameOf = (receiver: ComponentIdentifier, payloadProtocolIdentifier: number): string =>
  `${packIdentifier(receiver)}/${payloadProtocolIdentifier}`;
