import { type Channel, channel } from 'node:diagnostics_channel';

/** What has diagnostics channels: each of its event types has one, named `rserpool:<source>:<type>`. */
export type DiagnosticsSource = 'pool-user' | 'pool-element' | 'session' | 'served-session';

/** What is published on the channels of this package. */
export interface DiagnosticsMessage {
  /** The pool, as text: printable as it is, otherwise in hex. */
  readonly poolHandle: string | undefined;
  /** Tells the sessions of a process apart; absent in events that belong to no session. */
  readonly session: number | undefined;
  /** The event, the same object that handlers get. */
  readonly event: { readonly type: string };
}

/** By source, and in it by type of event: a name that is put together anew for every event costs more than two looks. */
const channels: Map<DiagnosticsSource, Map<string, Channel>> = new Map();

/**
 * Publishes an event on its diagnostics channel. Where nobody listens it costs a look into two maps.
 *
 * @param source - Whose event it is.
 * @param event - The event.
 * @param describe - The rest of the message; only called where somebody listens.
 */
export function publish(
  source: DiagnosticsSource,
  event: { readonly type: string },
  describe: () => Omit<DiagnosticsMessage, 'event'>,
): void {
  const known = channels.get(source)?.get(event.type) ?? open(source, event.type);
  if (!known.hasSubscribers) return;
  const message: DiagnosticsMessage = { ...describe(), event };
  known.publish(message);
}

function open(source: DiagnosticsSource, type: string): Channel {
  const ofSource = channels.get(source) ?? new Map<string, Channel>();
  channels.set(source, ofSource);
  const opened = channel(`rserpool:${source}:${type}`);
  ofSource.set(type, opened);
  return opened;
}
