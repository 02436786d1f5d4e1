import type { AssociationSupport } from '@rserpool/transport';

/**
 * What SCTP associations can do: everything but empty messages.
 *
 * @param maximumMessageBytes - The longest message.
 */
export function sctpSupport(maximumMessageBytes: number): AssociationSupport {
  return {
    controlChannel: true,
    messageBoundaries: true,
    streams: true,
    emptyMessages: false,
    unordered: true,
    heartbeats: true,
    multiHoming: true,
    reuse: true,
    maximumMessageBytes,
  };
}
