import type { RemoteEndpoint } from '@rserpool/wire';
import type { Association } from '../contract/association.ts';
import type { ConnectOptions, Endpoint } from '../contract/endpoint.ts';

/** How an attempt to connect ended: with an association, or with what went wrong. */
export type DialOutcome = { readonly association: Association } | { readonly error: unknown };

/** What a {@link DialingEndpoint} is told about an attempt. */
export type DialSettings = Omit<ConnectOptions, 'signal'>;

/**
 * An endpoint without promises, for networks in virtual time: `dial` calls `done` exactly once, at once or later, and
 * returns what gives the attempt up. Otherwise it is an {@link Endpoint}.
 */
export interface DialingEndpoint extends Pick<Endpoint, 'onAssociation'> {
  /**
   * Opens an association as {@link Endpoint.connect} does.
   *
   * @param remote - Where to.
   * @param settings - How long, and the supervision.
   * @param done - Is told how it ended.
   * @returns Gives the attempt up; `done` is then told an error, unless it was called before.
   */
  dial(remote: RemoteEndpoint, settings: DialSettings, done: (outcome: DialOutcome) => void): () => void;
}

/**
 * Opens an association at either kind of endpoint.
 *
 * @param endpoint - Where from.
 * @param remote - Where to.
 * @param settings - How long, and the supervision.
 * @param done - Is told once how it ended.
 * @returns Gives the attempt up.
 */
export function dialAt(
  endpoint: Pick<Endpoint, 'connect'> | DialingEndpoint,
  remote: RemoteEndpoint,
  settings: DialSettings,
  done: (outcome: DialOutcome) => void,
): () => void {
  if ('dial' in endpoint) return endpoint.dial(remote, settings, done);
  const controller = new AbortController();
  void endpoint.connect(remote, { ...settings, signal: controller.signal }).then(
    (association) => done({ association }),
    (error: unknown) => done({ error }),
  );
  return () => controller.abort();
}
