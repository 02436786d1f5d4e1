import { AsapRegistrarMachine, type AsapRegistrarOptions, type AsapRegistrarOutput } from '@rserpool/asap';
import { EnrpMachine, type EnrpMachineOptions, type EnrpOutput } from '@rserpool/enrp';
import { type ElementReference, Handlespace, type HandlespaceOptions } from '@rserpool/handlespace';
import type { AllocateAssociation, AssociationId, Machine, RandomSource } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { RegistrarInput } from './registrar-input.ts';
import type { RegistrarOutput } from './registrar-output.ts';

/** Options of a {@link RegistrarMachine}. */
export interface RegistrarMachineOptions {
  /** The registrar's own identifier: random, not zero, the same until it ends (RFC 5353 section 3.2.1). */
  readonly serverIdentifier: number;
  /** Random numbers for the policies, the spread of keep-alives and the choice of a mentor. */
  readonly random: RandomSource;
  /** What the ASAP side needs beyond that. */
  readonly asap: Omit<
    AsapRegistrarOptions,
    'handlespace' | 'serverIdentifier' | 'random' | 'allocateAssociation'
  >;
  /** What the ENRP side needs beyond that. */
  readonly enrp: Omit<
    EnrpMachineOptions,
    'handlespace' | 'serverIdentifier' | 'random' | 'allocateAssociation' | 'isAssociated'
  >;
  /** Limits and policy options of the handlespace. */
  readonly handlespace?: Omit<HandlespaceOptions, 'random'>;
}

/**
 * A whole registrar without its network: the registrar side of ASAP and ENRP over one handlespace, and the glue
 * between them. A granted registration or a removal becomes an ENRP_HANDLE_UPDATE (RFC 5352 sections 3.1 and 3.2,
 * RFC 5353 section 3.3), the end of the initialization opens the service (RFC 5353 section 3.2.3 step 5), and a
 * won takeover becomes an ASAP_ENDPOINT_KEEP_ALIVE with the H flag to each element (RFC 5353 section 3.5.2).
 *
 * Like every machine it owns no clock and does no I/O, so that a simulation runs the very registrar that runs in
 * production.
 */
export class RegistrarMachine implements Machine<RegistrarInput, RegistrarOutput> {
  /** The handlespace that both sides work on; read it, but change it only through the machine. */
  readonly handlespace: Handlespace;
  /** The registrar side of ASAP; for its counters. */
  readonly asap: AsapRegistrarMachine;
  /** The ENRP side; for its peer list and counters. */
  readonly enrp: EnrpMachine;
  /** Draws the number of an association; whoever accepts one on this machine's behalf draws it here, too. */
  readonly allocateAssociation: AllocateAssociation;

  readonly #outputs = new OutputQueue<RegistrarOutput>();
  #lastAssociation: AssociationId = 0;

  /**
   * @param options - Identity, randomness and what the two sides need.
   */
  constructor(options: RegistrarMachineOptions) {
    const { serverIdentifier, random } = options;
    this.allocateAssociation = () => ++this.#lastAssociation;
    this.handlespace = new Handlespace({ ...options.handlespace, random });
    const shared = {
      serverIdentifier,
      random,
      handlespace: this.handlespace,
      allocateAssociation: this.allocateAssociation,
    };
    this.asap = new AsapRegistrarMachine({ ...options.asap, ...shared });
    const isAssociated = (element: ElementReference): boolean => this.asap.isAssociated(element);
    this.enrp = new EnrpMachine({ ...options.enrp, ...shared, isAssociated });
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.handle} */
  handle(input: RegistrarInput, now: number): void {
    switch (input.type) {
      case 'start':
        this.enrp.handle({ type: 'start' }, now);
        break;
      case 'shutdown':
        this.asap.handle({ type: 'shutdown' }, now);
        this.enrp.handle({ type: 'shutdown' }, now);
        break;
      case 'asap':
        this.asap.handle(input.input, now);
        break;
      case 'enrp':
        this.enrp.handle(input.input, now);
        break;
    }
    this.#join(now);
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.poll} */
  poll(): RegistrarOutput | undefined {
    return this.#outputs.take();
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.nextTimeout} */
  nextTimeout(): number | undefined {
    const asap = this.asap.nextTimeout();
    const enrp = this.enrp.nextTimeout();
    if (asap === undefined) return enrp;
    return enrp === undefined ? asap : Math.min(asap, enrp);
  }

  /** {@inheritDoc @rserpool/wire!index.Machine.handleTimeout} */
  handleTimeout(now: number): void {
    this.asap.handleTimeout(now);
    this.#join(now);
    this.enrp.handleTimeout(now);
    this.#join(now);
  }

  /** Drains both sides in turn until neither has anything for the other. */
  #join(now: number): void {
    let isBusy = true;
    while (isBusy) {
      isBusy = false;
      for (let output = this.asap.poll(); output !== undefined; output = this.asap.poll()) {
        this.#fromAsap(output, now);
        isBusy = true;
      }
      for (let output = this.enrp.poll(); output !== undefined; output = this.enrp.poll()) {
        this.#fromEnrp(output, now);
        isBusy = true;
      }
    }
  }

  #fromAsap(output: AsapRegistrarOutput, now: number): void {
    if (output.type === 'handleUpdate') this.enrp.handle(output, now);
    else if (output.type === 'event') this.#outputs.push(output);
    else this.#outputs.push({ type: 'asap', output });
  }

  #fromEnrp(output: EnrpOutput, now: number): void {
    if (output.type === 'initialized') this.asap.handle({ type: 'offerService' }, now);
    else if (output.type === 'takenOver') this.asap.handle({ type: 'adopt', elements: output.elements }, now);
    else if (output.type === 'event') this.#outputs.push(output);
    else this.#outputs.push({ type: 'enrp', output });
  }
}
