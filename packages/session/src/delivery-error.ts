import { formatIpAddress, formatPoolHandle, RserpoolError } from '@rserpool/wire';
import type { DeliveryFailure, DeliveryTarget, Destination } from './machine/delivery/delivery-types.ts';
import { remoteOfTarget } from './pool-message.ts';
import { resolutionError } from './session-error.ts';

/**
 * The error of a message, or of one copy of it, that was not delivered.
 *
 * @param destination - Where it was sent to.
 * @param failure - Why it was not delivered.
 */
export function deliveryError(destination: Destination, failure: DeliveryFailure): RserpoolError {
  const undelivered = (text: string, cause?: Error): RserpoolError =>
    new RserpoolError(
      'ERR_RSERPOOL_UNDELIVERED',
      `The message to ${describe(destination)} was not delivered: ${text}.`,
      cause === undefined ? {} : { cause },
    );
  switch (failure.reason) {
    case 'unreachable': {
      const text = `${describeTarget(failure.target)} was lost or could not be reached: ${failure.loss}`;
      return undelivered(text, new RserpoolError('ERR_RSERPOOL_ELEMENT_UNREACHABLE', `${text}.`));
    }
    case 'noElement':
      return undelivered(
        failure.last === undefined
          ? 'the pool has no element over a transport in the option sessionTransports'
          : `no element of the pool could be reached, the last one because of ${failure.last}`,
      );
    case 'resolution': {
      if (destination.type === 'transportAddress') return undelivered('it was not resolved');
      const cause = resolutionError(destination.poolHandle, failure.resolution, failure.causes);
      return undelivered('its pool handle could not be resolved', cause);
    }
    case 'timeout':
      return undelivered('nobody took it within failoverTimeoutMs');
    case 'limit':
      return new RserpoolError(
        'ERR_RSERPOOL_SEND_QUEUE_FULL',
        'Too many messages wait, or too many associations are busy (DeliveryLimits): await send() before the next one.',
      );
    case 'closed':
      return new RserpoolError(
        'ERR_RSERPOOL_POOL_USER_CLOSED',
        'The pool user was closed before the message was sent: create a new one.',
      );
  }
}

function describe(destination: Destination): string {
  switch (destination.type) {
    case 'pool':
      return `pool ${formatPoolHandle(destination.poolHandle)}`;
    case 'poolElement':
      return `element ${hex(destination.poolElement.identifier)} of pool ${formatPoolHandle(destination.poolHandle)}`;
    case 'transportAddress':
      return describeTarget({ transport: destination.transport, element: undefined });
  }
}

function describeTarget(target: DeliveryTarget): string {
  const { addresses, port } = remoteOfTarget(target);
  const [address] = addresses;
  const place = address === undefined ? 'an opaque transport' : `${formatIpAddress(address)} port ${port}`;
  return target.element === undefined
    ? place
    : `pool element ${hex(target.element.poolElement.identifier)} at ${place}`;
}

function hex(identifier: number): string {
  return `0x${identifier.toString(16).padStart(8, '0')}`;
}
