import { parseRemoteEndpoint, type RemoteEndpoint, RserpoolError, TransportUse } from '@rserpool/wire';
import type { AbortOptions } from './abortable.ts';
import type { DeliveryOptions, DeliveryTarget, Destination } from './machine/delivery/delivery-types.ts';
import type { SessionMessage } from './machine/session-message.ts';
import { type PoolElementHandle, type PoolOrElement, readPoolOrElement } from './pool-element-handle.ts';
import type { SendOptions } from './send-options.ts';

/** A transport address: past ASAP, so that nothing is resolved, reported or sent elsewhere (RFC 5352 section 6.5.4). */
export interface TransportAddressForm {
  /** Where to send: an endpoint, or text such as `192.0.2.1:7000`. */
  readonly transportAddress: string | RemoteEndpoint;
  /** Over which of the `sessionTransports`; `sctp` by default. */
  readonly protocol?: 'sctp' | 'tcp';
}

/** Where a single message goes: a pool, one element of it, or a transport address (RFC 5352 section 6.5). */
export type DestinationForm = PoolOrElement | TransportAddressForm;

/** Options of {@link PoolUser.send}: the message delivery options of RFC 5352 section 6.5.5, and a signal. */
export interface PoolSendOptions extends AbortOptions, SendOptions {
  /**
   * Whether it goes to the element that got the last single message for this pool (ASAP_SEND_TO_LAST), where there is
   * one that lives; false by default.
   */
  readonly toLast?: boolean;
  /**
   * Whether each element of the pool gets a copy, but for the application's own element (ASAP_SEND_TO_ALL); false by
   * default. A copy that cannot be delivered goes to nobody else.
   */
  readonly toAll?: boolean;
  /** With `toAll`: whether the application's own element gets a copy, too (ASAP_SEND_TO_SELF); false by default. */
  readonly toSelf?: boolean;
}

/** Whom a single message was sent to, or came from. */
export interface MessagePeer {
  /** The element, where it is known to be one: as it was addressed, or as the cache knows the address. */
  readonly handle: PoolElementHandle | undefined;
  /** The transport address. */
  readonly remote: RemoteEndpoint;
}

/** What became of a single message. */
export interface SentMessage {
  /** Whom it was sent to: handed to the association with them, which delivers it unless that is lost. */
  readonly to: readonly MessagePeer[];
  /** With `toAll`: an `ERR_RSERPOOL_UNDELIVERED` for each element that did not get its copy. */
  readonly failures: readonly RserpoolError[];
}

/** A message that came outside of any session, from whom single messages were sent to (RFC 5352 section 6.6). */
export interface PoolMessage extends SessionMessage {
  /** The sender. */
  readonly sender: MessagePeer;
}

/**
 * Reads a destination.
 *
 * @param form - Where a message goes.
 * @param maximumBytes - How many bytes a pool handle may have.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for what is none.
 */
export function toDestination(form: DestinationForm, maximumBytes: number): Destination {
  if (typeof form === 'object' && 'transportAddress' in form) {
    const { transportAddress, protocol = 'sctp' } = form;
    const remote =
      typeof transportAddress === 'string' ? parseRemoteEndpoint(transportAddress, 0) : transportAddress;
    const [address] = remote.addresses;
    if (address === undefined || remote.port === 0) {
      throw invalidArgument('A transport address is an address and a port: write 192.0.2.1:7000.');
    }
    const { port, addresses } = remote;
    const transport =
      protocol === 'tcp'
        ? ({ protocol, port, address } as const)
        : ({ protocol, port, transportUse: TransportUse.dataOnly, addresses } as const);
    return { type: 'transportAddress', transport };
  }
  const { poolHandle, poolElement } = readPoolOrElement(form, maximumBytes);
  return poolElement === undefined
    ? { type: 'pool', poolHandle }
    : { type: 'poolElement', poolHandle, poolElement };
}

/**
 * Reads the delivery options, which not every destination has.
 *
 * @param destination - Where the message goes.
 * @param options - What the application wants.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for options that contradict each other or the destination.
 */
export function toDeliveryOptions(destination: Destination, options: PoolSendOptions = {}): DeliveryOptions {
  const { failover, toLast = false, toAll = false, toSelf = false } = options;
  if (toSelf && !toAll) {
    throw invalidArgument('toSelf only applies together with toAll (RFC 5352 section 6.5.5): add toAll.');
  }
  if (toLast && toAll) throw invalidArgument('toLast names one element and toAll all of them: choose one.');
  if ((toLast || toAll) && destination.type !== 'pool') {
    throw invalidArgument('toLast and toAll need a pool handle: this names one receiver already.');
  }
  return failover === undefined ? { toLast, toAll, toSelf } : { failover, toLast, toAll, toSelf };
}

/**
 * The transport address of a target.
 *
 * @param target - Whom a message was sent to or came from.
 */
export function remoteOfTarget({ transport }: DeliveryTarget): RemoteEndpoint {
  if (transport.protocol === 'opaque') return { addresses: [], port: 0 };
  const { port } = transport;
  return { port, addresses: transport.protocol === 'sctp' ? transport.addresses : [transport.address] };
}

function invalidArgument(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}
