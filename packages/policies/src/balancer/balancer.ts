/**
 * What `add` takes behind the server: nothing, or parameters that may be left out where each of them has a default.
 */
export type AddArguments<Parameters extends object> =
  Record<never, never> extends Parameters ? [parameters?: Parameters] : [parameters: Parameters];

/**
 * A list of servers with a policy to pick from it. Servers are told apart as the keys of a `Map` are: strings by
 * value, objects by identity.
 */
export interface Balancer<Server, Parameters extends object> extends Iterable<Server> {
  /** How many servers there are. */
  readonly size: number;
  /**
   * Adds a server.
   *
   * @param server - The server: a name, an address, a client object.
   * @param parameters - What the policy has to know of it; loads are fractions 0 .. 1.
   * @throws `PolicyError` `ERR_RSERPOOL_DUPLICATE_SERVER`, or `ERR_RSERPOOL_INVALID_POLICY` for wrong parameters.
   */
  add(server: Server, ...parameters: AddArguments<Parameters>): void;
  /**
   * Changes parameters of a server; those that are not given stay as they are. Under a degradation policy the
   * clients counted since the last update are forgotten: the load given here includes them.
   *
   * @throws `PolicyError` `ERR_RSERPOOL_UNKNOWN_SERVER`, or `ERR_RSERPOOL_INVALID_POLICY` for wrong parameters.
   */
  update(server: Server, parameters: Partial<Parameters>): void;
  /** Removes a server, and tells whether it was there. */
  remove(server: Server): boolean;
  /** Tells whether a server is there. */
  has(server: Server): boolean;
  /** The server to use now, or undefined where there is none. */
  pick(): Server | undefined;
  /**
   * The server to use now, followed by different ones to fall back on.
   *
   * @param count - How many at most; `Infinity` for all.
   */
  pickMany(count: number): Server[];
  /** All servers, in the order in which they were added. */
  [Symbol.iterator](): Iterator<Server>;
}
