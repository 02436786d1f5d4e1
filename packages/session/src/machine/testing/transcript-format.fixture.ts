import {
  type AsapMessage,
  bytesToHex,
  formatIpAddress,
  formatPoolHandle,
  type PoolElement,
  type UserTransport,
} from '@rserpool/wire';
import type { SessionMessage } from '../session-message.ts';

/** Bytes as text where they are printable, otherwise in hex. */
export function formatBytes(bytes: Uint8Array): string {
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (isText) return `"${String.fromCharCode(...bytes)}"`;
  const hex = bytesToHex(bytes);
  return hex.length > 24 ? `${hex.slice(0, 24)}... (${bytes.length} bytes)` : hex;
}

/** One line for an ASAP message between a user, an element and a registrar. */
export function formatMessage(message: AsapMessage): string {
  const words: string[] = [message.type];
  if ('cookie' in message) words.push(formatBytes(message.cookie));
  if ('poolHandle' in message) words.push(formatPoolHandle(message.poolHandle));
  if ('poolElementIdentifier' in message) words.push(`element=${message.poolElementIdentifier}`);
  if ('poolElement' in message) words.push(`element=${message.poolElement.identifier}`);
  if ('poolElements' in message) words.push(formatElements(message.poolElements));
  if ('error' in message && message.error !== undefined) {
    words.push(`causes=${message.error.causes.map(({ code }) => code).join(',')}`);
  }
  return words.join(' ');
}

/** One line for an event or a command, with its fields. */
export function formatFields(record: object): string {
  const { type, ...fields } = record as { type: string };
  const words = Object.entries(fields).flatMap(([name, value]) => formatField(name, value));
  return [type, ...words].join(' ');
}

function formatElements(elements: readonly PoolElement[]): string {
  return `[${elements.map(({ identifier }) => identifier).join(' ')}]`;
}

function formatField(name: string, value: unknown): string[] {
  if (value === undefined || name === 'options') return [];
  if (name === 'poolHandle') return [formatPoolHandle(value as Uint8Array)];
  if (name === 'causes') return [`causes=${(value as { code: number }[]).map(({ code }) => code).join(',')}`];
  if (value instanceof Uint8Array) return [`${name}=${formatBytes(value)}`];
  if (Array.isArray(value)) return [`${name}=[${value.map(formatValue).join(' ')}]`];
  if (typeof value === 'object' && value !== null) return [`${name}=${formatValue(value)}`];
  return [`${name}=${typeof value === 'number' ? String(Math.round(value)) : formatValue(value)}`];
}

function formatValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('identifier' in value) return String(value.identifier);
  if ('data' in value) return formatBytes((value as SessionMessage).data);
  if ('addresses' in value) return formatTransport(value as UserTransport);
  if ('transport' in value && 'element' in value) {
    const element = value.element as { poolElement: PoolElement } | undefined;
    return element === undefined
      ? formatTransport(value.transport as UserTransport)
      : String(element.poolElement.identifier);
  }
  return `(${Object.entries(value)
    .flatMap(([name, field]) => formatField(name, field))
    .join(' ')})`;
}

function formatTransport(transport: UserTransport): string {
  if (transport.protocol !== 'sctp') return transport.protocol;
  return `${transport.addresses.map(formatIpAddress).join(',')}:${transport.port}`;
}
