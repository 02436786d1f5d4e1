import { Handlespace } from '@rserpool/handlespace';
import type { AsapClientOptions } from '../client/asap-client-options.ts';
import { PoolElementMachine } from '../pool-element/pool-element-machine.ts';
import { PoolUserMachine } from '../pool-user/pool-user-machine.ts';
import type { PoolUserOptions } from '../pool-user/pool-user-options.ts';
import { AsapRegistrarMachine } from '../registrar/asap-registrar-machine.ts';
import type { AsapRegistrarOptions } from '../registrar/asap-registrar-options.ts';
import { AsapNetwork } from './asap-network.fixture.ts';
import { endpoint, middle } from './samples.fixture.ts';

/** Registrars, elements and users on one network: registrar `pr<n>` is 10.0.0.<n>, element `pe<n>` 10.1.0.<n>. */
export class Scope {
  readonly network: AsapNetwork = new AsapNetwork();
  readonly handlespaces: Map<string, Handlespace> = new Map();

  /** Adds registrar number n. */
  registrar(number: number, options: Partial<AsapRegistrarOptions> = {}): AsapRegistrarMachine {
    const name = `pr${String(number)}`;
    const handlespace = new Handlespace({ random: middle });
    this.handlespaces.set(name, handlespace);
    const machine = new AsapRegistrarMachine({
      handlespace,
      serverIdentifier: number,
      random: middle,
      allocateAssociation: this.network.allocateAssociation,
      ...options,
    });
    this.network.add(name, endpoint(`10.0.0.${String(number)}:3863`), machine);
    return machine;
  }

  /** Adds pool element number n, which knows these registrars. */
  element(
    number: number,
    registrars: readonly number[],
    options: Partial<AsapClientOptions> = {},
  ): PoolElementMachine {
    const machine = new PoolElementMachine({ ...this.#client(registrars), ...options });
    this.network.add(`pe${String(number)}`, endpoint(`10.1.0.${String(number)}:4000`), machine);
    return machine;
  }

  /** Adds pool user number n, which knows these registrars; on the host of user number `host`, its own by default. */
  user(
    number: number,
    registrars: readonly number[],
    options: Partial<PoolUserOptions> = {},
    host: number = number,
  ): PoolUserMachine {
    const machine = new PoolUserMachine({ ...this.#client(registrars), ...options });
    const port = 5000 + (number - host);
    this.network.add(`pu${String(number)}`, endpoint(`10.2.0.${String(host)}:${String(port)}`), machine);
    return machine;
  }

  /** The handlespace of a registrar. */
  handlespace(number: number): Handlespace {
    const handlespace = this.handlespaces.get(`pr${String(number)}`);
    if (handlespace === undefined) throw new Error(`there is no registrar ${String(number)}`);
    return handlespace;
  }

  #client(registrars: readonly number[]): AsapClientOptions {
    return {
      random: middle,
      allocateAssociation: this.network.allocateAssociation,
      registrars: registrars.map((number) => endpoint(`10.0.0.${String(number)}:3863`)),
    };
  }
}
