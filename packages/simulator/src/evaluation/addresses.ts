import { asapPort, enrpPort, type RemoteEndpoint } from '@rserpool/wire';

/** The kinds of components, by the second byte of their addresses. */
const kinds = { registrar: 1, element: 2, user: 3 } as const;

/** The first port of an element; each of its lives has the next one. */
const firstElementPort = 10_000;
const elementPorts = 50_000;

function address(kind: keyof typeof kinds, index: number): Uint8Array {
  return Uint8Array.of(10, kinds[kind], index >> 8, index & 0xff);
}

/**
 * Where a registrar is reached by ASAP.
 *
 * @param index - Its number, from 1.
 */
export function registrarEndpoint(index: number): RemoteEndpoint {
  return { addresses: [address('registrar', index)], port: asapPort };
}

/**
 * Where a registrar is reached by ENRP.
 *
 * @param index - Its number, from 1.
 */
export function peerEndpoint(index: number): RemoteEndpoint {
  return { addresses: [address('registrar', index)], port: enrpPort };
}

/**
 * Where a life of an element is reached.
 *
 * @param index - The number of the element, from 1.
 * @param life - The number of the life, from 1.
 */
export function elementEndpoint(index: number, life: number): RemoteEndpoint {
  return { addresses: [address('element', index)], port: firstElementPort + ((life - 1) % elementPorts) };
}

/**
 * Where a user sends from.
 *
 * @param index - Its number, from 1.
 */
export function userEndpoint(index: number): RemoteEndpoint {
  return { addresses: [address('user', index)], port: firstElementPort };
}

/**
 * What a life of an element is called: `element 3` the first one, `element 3.2` the second one, which is another element
 * to everybody else.
 *
 * @param index - The number of the element, from 1.
 * @param life - The number of the life, from 1.
 */
export function elementName(index: number, life: number): string {
  return life === 1 ? `element ${index}` : `element ${index}.${life}`;
}

/**
 * Who is, or was, at a transport address.
 *
 * @param remote - The address.
 */
export function nameAt({ addresses, port }: RemoteEndpoint): string {
  const [, kind = 0, high = 0, low = 0] = addresses[0] ?? [];
  const index = (high << 8) | low;
  if (kind === kinds.element) return elementName(index, port - firstElementPort + 1);
  return kind === kinds.registrar ? `registrar ${index}` : `user ${index}`;
}
