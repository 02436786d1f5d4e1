import { PolicyError } from '../policy-error.ts';
import type { Selector } from '../selector/selector.ts';
import type { AddArguments, Balancer } from './balancer.ts';
import { type ParameterValues, policyFromParameters } from './server-parameters.ts';

/** What a balancer keeps of a server. */
interface Entry {
  readonly slot: number;
  values: ParameterValues;
}

/** A balancer over a selector: gives each server a slot, and slots of removed servers to later ones. */
export class SlotBalancer<Server, Parameters extends object> implements Balancer<Server, Parameters> {
  readonly #selector: Selector;
  readonly #entries: Map<Server, Entry> = new Map<Server, Entry>();
  readonly #servers: (Server | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #selected: number[] = [];

  constructor(selector: Selector) {
    this.#selector = selector;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(server: Server, ...[parameters]: AddArguments<Parameters>): void {
    if (this.#entries.has(server)) {
      throw new PolicyError(
        'ERR_RSERPOOL_DUPLICATE_SERVER',
        'the server was added already: update it instead',
      );
    }
    const values: ParameterValues = { ...parameters };
    const policy = policyFromParameters(this.#selector.type, values);
    const slot = this.#freeSlots.at(-1) ?? this.#servers.length;
    this.#selector.add(slot, policy);
    this.#freeSlots.pop();
    this.#servers[slot] = server;
    this.#entries.set(server, { slot, values });
  }

  update(server: Server, parameters: Partial<Parameters>): void {
    const entry = this.#entries.get(server);
    if (entry === undefined) {
      throw new PolicyError('ERR_RSERPOOL_UNKNOWN_SERVER', 'the server is not in the list: add it first');
    }
    const values: ParameterValues = { ...entry.values, ...parameters };
    this.#selector.update(entry.slot, policyFromParameters(this.#selector.type, values));
    entry.values = values;
  }

  remove(server: Server): boolean {
    const entry = this.#entries.get(server);
    if (entry === undefined) return false;
    this.#selector.remove(entry.slot);
    this.#entries.delete(server);
    this.#servers[entry.slot] = undefined;
    this.#freeSlots.push(entry.slot);
    return true;
  }

  has(server: Server): boolean {
    return this.#entries.has(server);
  }

  pick(): Server | undefined {
    return this.pickMany(1)[0];
  }

  pickMany(count: number): Server[] {
    const found = this.#selector.select(count, this.#selected);
    const servers: Server[] = [];
    for (let index = 0; index < found; index++) {
      servers.push(this.#servers[this.#selected[index] as number] as Server);
    }
    return servers;
  }

  [Symbol.iterator](): Iterator<Server> {
    return this.#entries.keys();
  }
}
