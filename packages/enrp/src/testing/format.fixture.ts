import { type EnrpMessage, type RemoteEndpoint, formatIpAddress, formatPoolHandle } from '@rserpool/wire';
import type { EnrpEvent } from '../enrp-event.ts';

function endpoint(remote: RemoteEndpoint | undefined): string {
  const [first] = remote?.addresses ?? [];
  return first === undefined ? '?' : `${formatIpAddress(first)}:${remote?.port}`;
}

/** One line for a message, with everything in it that a procedure looks at. */
export function formatMessage(message: EnrpMessage): string {
  const head = `${message.type} ${message.senderIdentifier}->${message.receiverIdentifier}`;
  switch (message.type) {
    case 'ENRP_PRESENCE':
      return `${head}${message.replyRequired ? ' reply-required' : ''} checksum=${message.checksum?.toString(16) ?? 'none'}`;
    case 'ENRP_HANDLE_TABLE_REQUEST':
      return `${head} W=${Number(message.ownChildrenOnly)}`;
    case 'ENRP_HANDLE_TABLE_RESPONSE': {
      const entries = message.poolEntries.map(
        (entry) =>
          `${formatPoolHandle(entry.poolHandle)}{${entry.poolElements.map((element) => `${element.identifier}@${element.homeRegistrar}`).join(' ')}}`,
      );
      return `${head} R=${Number(message.rejected)} M=${Number(message.moreToSend)} [${entries.join(', ')}]`;
    }
    case 'ENRP_HANDLE_UPDATE':
      return `${head} ${message.action === 0 ? 'ADD_PE' : 'DEL_PE'} ${formatPoolHandle(message.poolHandle)} ${message.poolElement.identifier}@${message.poolElement.homeRegistrar}`;
    case 'ENRP_LIST_REQUEST':
      return head;
    case 'ENRP_LIST_RESPONSE':
      return `${head} R=${Number(message.rejected)} [${message.servers.map((server) => server.identifier).join(' ')}]`;
    case 'ENRP_INIT_TAKEOVER':
    case 'ENRP_INIT_TAKEOVER_ACK':
    case 'ENRP_TAKEOVER_SERVER':
      return `${head} target=${message.targetIdentifier}`;
    case 'ENRP_ERROR':
      return `${head} causes=${message.error.causes.map((cause) => cause.code).join(',')}`;
    default:
      return head;
  }
}

/** One line for an event. */
export function formatEvent(event: EnrpEvent): string {
  const fields = Object.entries(event)
    .filter(([name]) => name !== 'type' && name !== 'causes')
    .map(([name, value]) => {
      if (name === 'remote') return `${name}=${endpoint(value as RemoteEndpoint | undefined)}`;
      if (name === 'poolHandle') return `${name}=${formatPoolHandle(value as Uint8Array)}`;
      if (name === 'error') return `${name}=${(value as { code: string }).code}`;
      return `${name}=${String(value)}`;
    });
  return [event.type, ...fields].join(' ');
}
