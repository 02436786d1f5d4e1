import type { RegistrationLifeUnit } from '@rserpool/asap';
import type { PoolSnapshot } from '@rserpool/registrar';
import {
  formatIpAddress,
  formatPoolHandle,
  formatRemoteEndpoint,
  type PolicyParameter,
  type PoolElement,
  TransportUse,
  type UserTransport,
} from '@rserpool/wire';
import { formatIdentifier } from '../options/identifier.ts';
import { type Column, formatColumns } from '../text/columns.ts';
import { printable } from '../text/printable.ts';
import type { HandlespaceDump } from './read-handlespace.ts';

interface RegistrarRow {
  readonly identifier: number;
  readonly state: string;
  readonly place: string;
  readonly elements: number;
  readonly checksum: number;
}

const registrarColumns: readonly Column<RegistrarRow>[] = [
  { title: 'REGISTRAR', of: ({ identifier }) => formatIdentifier(identifier) },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'OWNS', of: ({ elements }) => String(elements), isNumber: true },
  { title: 'CHECKSUM', of: ({ checksum }) => `0x${checksum.toString(16).padStart(4, '0')}` },
  { title: 'ENRP', of: ({ place }) => place },
];

/**
 * What a registrar told about itself, as tables.
 *
 * @param dump - What it told.
 * @param lifeUnit - What it counts registration lives in.
 */
export function formatDump(dump: HandlespaceDump, lifeUnit: RegistrationLifeUnit): string {
  const elements = dump.pools.reduce((sum, { poolElements }) => sum + poolElements.length, 0);
  return [
    `registrar ${formatIdentifier(dump.registrar)}: ${counted(dump.pools.length, 'pool')}, ${counted(elements, 'element')}, ${counted(dump.peers.length, 'peer')}`,
    '',
    ...formatColumns(registrarColumns, registrarRows(dump)),
    ...dump.pools.flatMap((pool) => ['', ...formatPoolSnapshot(pool, lifeUnit)]),
  ].join('\n');
}

function registrarRows({ registrar, peers, owners }: HandlespaceDump): RegistrarRow[] {
  return owners.map(({ identifier, elements, checksum }) => {
    const peer = peers.find((each) => each.identifier === identifier);
    const endpoint = peer?.endpoint;
    const place = endpoint === undefined ? 'not known' : formatRemoteEndpoint(endpoint);
    const isAsked = identifier === registrar;
    const state = isAsked ? 'asked' : (peer?.status ?? '');
    return { identifier, state, place: isAsked ? 'as asked' : place, elements, checksum };
  });
}

function formatPoolSnapshot(
  { poolHandle, policy, poolElements }: PoolSnapshot,
  lifeUnit: RegistrationLifeUnit,
): string[] {
  const name = printable(formatPoolHandle(poolHandle));
  const columns: readonly Column<PoolElement>[] = [
    { title: '  ELEMENT', of: ({ identifier }) => `  ${formatIdentifier(identifier)}` },
    { title: 'HOME', of: ({ homeRegistrar }) => formatIdentifier(homeRegistrar) },
    {
      title: 'LIFE',
      of: ({ registrationLife }) => formatLife(registrationLife, lifeUnit),
      isNumber: true,
    },
    { title: 'POLICY', of: (element) => formatPolicy(element.policy) },
    { title: 'USER TRANSPORT', of: ({ userTransport }) => formatTransport(userTransport) },
    {
      title: 'ASAP TRANSPORT',
      of: ({ asapTransport }) => (asapTransport === undefined ? '-' : formatTransport(asapTransport)),
    },
  ];
  return [
    `pool ${name}: policy ${policy.type}, ${counted(poolElements.length, 'element')}`,
    ...formatColumns(columns, poolElements),
  ];
}

function formatLife(life: number, unit: RegistrationLifeUnit): string {
  if (life === -1) return 'infinite';
  return unit === 'seconds' ? `${life} s` : `${life >>> 0} ms`;
}

const fractions: ReadonlySet<string> = new Set([
  'load',
  'loadDegradation',
  'weightDistanceFactor',
  'loadDistanceFactor',
]);

/** A policy with its values: `leastUsed load=0.50`. Loads and factors are 32-bit fractions (RFC 5356 section 3.1). */
function formatPolicy({ type, ...values }: PolicyParameter): string {
  const words = Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'number') return [];
    const isFraction = fractions.has(name);
    return [`${name}=${isFraction ? (value / 0xffff_ffff).toFixed(3) : String(value)}`];
  });
  return [type, ...words].join(' ');
}

function formatTransport(transport: UserTransport): string {
  if (transport.protocol === 'opaque') return 'opaque';
  const addresses = transport.protocol === 'sctp' ? transport.addresses : [transport.address];
  const use =
    transport.protocol === 'sctp' && transport.transportUse === TransportUse.dataPlusControl
      ? '+control'
      : '';
  return `${transport.protocol}${use} ${addresses.map((address) => formatIpAddress(address)).join(',')} port ${transport.port}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${count === 1 ? thing : `${thing}s`}`;
}
