import { decodeCalcAppCookie } from '@rserpool/services/machine';
import type { AsapMessage, PoolElement } from '@rserpool/wire';
import { readCalcMessage } from './calc-message.ts';
import type { Transmission } from './link-end.ts';
import type { RunTrace } from './run-trace.ts';

/** What a message is, for a trace. */
export interface TransmissionDescription {
  /** Its type, with the name of its protocol in front. */
  readonly what: string;
  /** What matters of its contents. */
  readonly detail: string;
}

/**
 * Describes a message for a trace: its type, and whom or what it is about.
 *
 * @param transmission - The message.
 * @param trace - Knows the elements by name.
 */
export function describeTransmission(transmission: Transmission, trace: RunTrace): TransmissionDescription {
  switch (transmission.protocol) {
    case 'asap':
      return { what: transmission.message.type, detail: detailOf(transmission.message, trace) };
    case 'enrp':
      return { what: transmission.message.type, detail: '' };
    case 'data': {
      const packet = readCalcMessage(transmission.message);
      if (packet === undefined) return { what: 'DATA', detail: '' };
      const { type, jobIdentifier, jobSize, completed } = packet;
      const what = `CALCAPP_${type.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
      const isAboutWork = type === 'request' || type === 'complete';
      const work = isAboutWork ? `, ${completed} of ${jobSize}` : '';
      return { what, detail: `request ${jobIdentifier}${work}` };
    }
  }
}

function detailOf(message: AsapMessage, trace: RunTrace): string {
  switch (message.type) {
    case 'ASAP_COOKIE':
    case 'ASAP_COOKIE_ECHO': {
      const state = decodeCalcAppCookie(message.cookie);
      return state === undefined
        ? ''
        : `request ${state.jobIdentifier} at ${state.completed} of ${state.jobSize}`;
    }
    case 'ASAP_REGISTRATION':
      return elementOf(message.poolElement, trace);
    case 'ASAP_HANDLE_RESOLUTION_RESPONSE': {
      const names = message.poolElements.map((element) => elementOf(element, trace));
      return names.length === 0 ? 'no element' : names.join(', ');
    }
    case 'ASAP_ENDPOINT_UNREACHABLE':
    case 'ASAP_DEREGISTRATION':
    case 'ASAP_REGISTRATION_RESPONSE':
    case 'ASAP_DEREGISTRATION_RESPONSE':
      return trace.nameOf(message.poolElementIdentifier);
    case 'ASAP_ENDPOINT_KEEP_ALIVE':
    case 'ASAP_ENDPOINT_KEEP_ALIVE_ACK': {
      const { poolElementIdentifier } = message;
      return poolElementIdentifier === undefined ? 'all elements' : trace.nameOf(poolElementIdentifier);
    }
    default:
      return '';
  }
}

function elementOf({ identifier, policy }: PoolElement, trace: RunTrace): string {
  const name = trace.nameOf(identifier);
  return 'load' in policy && typeof policy.load === 'number'
    ? `${name} with load ${(policy.load / 0xffffffff).toFixed(3)}`
    : name;
}
