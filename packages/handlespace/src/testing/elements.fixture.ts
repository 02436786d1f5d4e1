import { parseIpAddress, poolHandleFromText, seededRandom, type PoolElement } from '@rserpool/wire';
import { Handlespace } from '../handlespace.ts';
import type { HandlespaceLimits } from '../handlespace-limits.ts';
import type { ElementReference } from '../element-reference.ts';

/** The pools of most tests. */
export const echo: Uint8Array = poolHandleFromText('echo');
export const fractal: Uint8Array = poolHandleFromText('fractal');

/** Registrars of most tests. */
export const registrarA = 0xaaaa0001;
export const registrarB = 0xbbbb0002;

/** A handlespace with a fixed seed. */
export function makeHandlespace(limits: Partial<HandlespaceLimits> = {}): Handlespace {
  return new Handlespace({ random: seededRandom(42), limits });
}

/** A valid element: TCP, round robin, owned by {@link registrarA}. */
export function makeElement(identifier: number, changes: Partial<PoolElement> = {}): PoolElement {
  return {
    identifier,
    homeRegistrar: registrarA,
    registrationLife: 300,
    userTransport: { protocol: 'tcp', port: 7, address: parseIpAddress('192.0.2.1') },
    policy: { type: 'roundRobin' },
    ...changes,
  };
}

/** Registers an element that has to be accepted. */
export function registered(
  handlespace: Handlespace,
  poolHandle: Uint8Array,
  element: PoolElement,
): ElementReference {
  const result = handlespace.register(poolHandle, element);
  if (!result.ok) throw new Error(`rejected: ${result.causes.map((cause) => cause.code).join()}`);
  return result.element;
}

/** The identifiers behind references. */
export function identifiers(handlespace: Handlespace, elements: Iterable<ElementReference>): number[] {
  return Array.from(elements, (element) => handlespace.poolElement(element).identifier);
}
