import type { ElementReference } from '@rserpool/handlespace';
import { Handlespace } from '@rserpool/handlespace';
import type { AsapMessage } from '@rserpool/wire';
import { AsapRegistrarMachine } from '../registrar/asap-registrar-machine.ts';
import type { AsapRegistrarOptions } from '../registrar/asap-registrar-options.ts';
import { Hand, type Step } from './hand.fixture.ts';
import { echo, endpoint, middle, registrationOf } from './samples.fixture.ts';

/** The identifier of the registrar in these tests. */
export const me = 1;

/** A registrar that is driven by hand; its own associations are numbered from 1001. */
export class RegistrarHand {
  readonly handlespace: Handlespace = new Handlespace({ random: middle });
  readonly machine: AsapRegistrarMachine;
  readonly hand: Hand<Parameters<AsapRegistrarMachine['handle']>[0], { readonly type: string }>;

  constructor(options: Partial<AsapRegistrarOptions> = {}) {
    let last = 1_000;
    this.machine = new AsapRegistrarMachine({
      handlespace: this.handlespace,
      serverIdentifier: me,
      random: middle,
      allocateAssociation: () => ++last,
      ...options,
    });
    this.hand = new Hand(this.machine);
  }

  /** An element on host 10.1.0.n has an association of number n, and registers over it with identifier n. */
  register(number: number, overrides: Parameters<typeof registrationOf>[2] = {}): Step {
    const host = `10.1.0.${String(number)}`;
    this.hand.accept(number, endpoint(`${host}:4000`));
    return this.registerAgain(number, overrides);
  }

  /** The same over the association that is there. */
  registerAgain(number: number, overrides: Parameters<typeof registrationOf>[2] = {}): Step {
    const poolElement = {
      ...registrationOf(`10.1.0.${String(number)}`, number, overrides),
      homeRegistrar: 0,
    };
    return this.hand.message(number, { type: 'ASAP_REGISTRATION', poolHandle: echo, poolElement });
  }

  /** The element of a number. */
  find(number: number): ElementReference | undefined {
    return this.handlespace.find(echo, number);
  }

  /** The acknowledgement of an element. */
  acknowledge(association: number, number: number = association): Step {
    const ack: AsapMessage = {
      type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
      poolHandle: echo,
      poolElementIdentifier: number,
    };
    return this.hand.message(association, ack);
  }

  /** A report about an element. */
  report(association: number, number: number): Step {
    const report: AsapMessage = {
      type: 'ASAP_ENDPOINT_UNREACHABLE',
      poolHandle: echo,
      poolElementIdentifier: number,
    };
    return this.hand.message(association, report);
  }
}
