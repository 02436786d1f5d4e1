import {
  type AsapMessage,
  type EnrpMessage,
  type PoolElement,
  type RemoteEndpoint,
  formatIpAddress,
  formatPoolHandle,
} from '@rserpool/wire';

/** An endpoint as text. */
export function formatEndpoint(remote: RemoteEndpoint | undefined): string {
  const [first] = remote?.addresses ?? [];
  return first === undefined ? '?' : `${formatIpAddress(first)}:${remote?.port}`;
}

function formatElement({ identifier, homeRegistrar }: PoolElement): string {
  return homeRegistrar === 0 ? String(identifier) : `${identifier}@${homeRegistrar}`;
}

function formatScalar(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What stands for a field in a line; `undefined` where it is left out. */
function formatField(name: string, value: unknown): string | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return name;
  switch (name) {
    case 'type':
    case 'senderIdentifier':
    case 'receiverIdentifier':
    case 'serverInformation':
    case 'association':
      return undefined;
    case 'poolHandle':
      return formatPoolHandle(value as Uint8Array);
    case 'poolElementIdentifier':
      return `element=${formatScalar(value)}`;
    case 'poolElement':
      return formatElement(value as PoolElement);
    case 'poolElements':
      if (!Array.isArray(value)) return `${name}=${formatScalar(value)}`;
      return `[${(value as readonly PoolElement[]).map(formatElement).join(' ')}]`;
    case 'poolEntries': {
      const entries = value as readonly { poolHandle: Uint8Array; poolElements: readonly PoolElement[] }[];
      return `[${entries.map(({ poolHandle, poolElements }) => `${formatPoolHandle(poolHandle)}{${poolElements.map(formatElement).join(' ')}}`).join(', ')}]`;
    }
    case 'servers':
      return Array.isArray(value)
        ? `[${(value as readonly { identifier: number }[]).map((server) => server.identifier).join(' ')}]`
        : `servers=${formatScalar(value)}`;
    case 'action':
      return value === 0 ? 'ADD_PE' : 'DEL_PE';
    case 'remote':
      return formatEndpoint(value as RemoteEndpoint);
    case 'homeRegistrar':
    case 'previous':
    case 'rival':
      if (typeof value === 'number') return `${name}=${value}`;
      return `${name}=${formatEndpoint((value as { remote?: RemoteEndpoint }).remote)}`;
    case 'policy':
      return `policy=${(value as { type: string }).type}`;
    case 'checksum':
      return `checksum=${(value as number).toString(16)}`;
    case 'error':
    case 'causes':
    case 'warnings': {
      const causes = (Array.isArray(value) ? value : (value as { causes?: unknown }).causes) as
        | readonly { code: number }[]
        | undefined;
      return causes === undefined || causes.length === 0
        ? undefined
        : `causes=${causes.map((cause) => cause.code).join(',')}`;
    }
    default:
      return `${name}=${formatScalar(value)}`;
  }
}

/** One line for an event or a message: its name, and what it holds. */
export function formatRecord(record: AsapMessage | EnrpMessage | { readonly type: string }): string {
  const fields = Object.entries(record).map(([name, value]) => formatField(name, value));
  return [record.type, ...fields.filter((field) => field !== undefined)].join(' ');
}
