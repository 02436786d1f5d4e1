import type { AsapMessage, RemoteEndpoint } from '@rserpool/wire';
import { formatIpAddress, formatPoolHandle } from '@rserpool/wire';

/** An endpoint as text. */
export function formatEndpoint(remote: RemoteEndpoint | undefined): string {
  const [first] = remote?.addresses ?? [];
  return first === undefined ? '?' : `${formatIpAddress(first)}:${String(remote?.port)}`;
}

/** One line for a message. */
export function formatMessage(message: AsapMessage): string {
  const words: string[] = [message.type];
  if ('home' in message) words.push(`H=${String(Number(message.home))}`);
  if ('subscribe' in message && message.subscribe) words.push('S=1');
  if ('subscribed' in message && message.subscribed) words.push('A=1');
  if ('rejected' in message) words.push(`R=${String(Number(message.rejected))}`);
  if ('serverIdentifier' in message) words.push(`server=${String(message.serverIdentifier)}`);
  if ('poolHandle' in message) words.push(formatPoolHandle(message.poolHandle));
  if ('poolElementIdentifier' in message) words.push(`element=${String(message.poolElementIdentifier)}`);
  if ('poolElement' in message) {
    const { identifier, registrationLife, policy } = message.poolElement;
    words.push(`element=${String(identifier)} life=${String(registrationLife)} policy=${policy.type}`);
  }
  if ('items' in message) words.push(`items=${String(message.items)}`);
  if ('policy' in message) words.push(`policy=${String(message.policy?.type)}`);
  if ('poolElements' in message) {
    words.push(`[${message.poolElements.map((element) => element.identifier).join(' ')}]`);
  }
  if ('error' in message && message.error !== undefined) {
    words.push(`causes=${message.error.causes.map((cause) => cause.code).join(',')}`);
  }
  return words.join(' ');
}

/** One line for an event or another output, with its fields. */
export function formatFields(record: { readonly type: string }): string {
  const fields = Object.entries(record).flatMap(([name, value]) => formatField(name, value));
  return [record.type, ...fields].join(' ');
}

function formatField(name: string, value: unknown): string[] {
  if (value === undefined && name !== 'previous' && name !== 'pool') return [];
  switch (name) {
    case 'type':
      return [];
    case 'remote':
      return [`${name}=${formatEndpoint(value as RemoteEndpoint | undefined)}`];
    case 'poolHandle':
      return [formatPoolHandle(value as Uint8Array)];
    case 'poolElementIdentifier':
      return [`element=${String(value)}`];
    case 'homeRegistrar':
    case 'rival':
    case 'previous': {
      const home = value as { remote?: RemoteEndpoint; serverIdentifier?: number } | undefined;
      if (home === undefined) return [`${name}=none`];
      return [`${name}=${formatEndpoint(home.remote)}/${String(home.serverIdentifier ?? '?')}`];
    }
    case 'poolElement':
      return [`element=${String((value as { identifier: number }).identifier)}`];
    case 'policy':
      return [`policy=${(value as { type: string }).type}`];
    case 'pool': {
      const pool = value as
        | { poolElements: readonly { identifier: number }[]; fromCache: boolean }
        | undefined;
      if (pool === undefined) return ['(no pool)'];
      const identifiers = pool.poolElements.map((element) => element.identifier);
      return [`[${identifiers.join(' ')}] fromCache=${String(pool.fromCache)}`];
    }
    case 'message':
      return [formatMessage(value as AsapMessage)];
    case 'source':
      return [`source=${formatEndpoint(value as RemoteEndpoint)}`];
    case 'causes':
    case 'warnings': {
      const codes = (value as readonly { code: number }[]).map((cause) => cause.code);
      return codes.length === 0 ? [] : [`${name}=${codes.join(',')}`];
    }
    default:
      return [`${name}=${typeof value === 'number' ? String(Math.round(value)) : String(value)}`];
  }
}
