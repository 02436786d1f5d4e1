import type { PoolResolution } from '@rserpool/session';
import { toPlain } from './decode/to-plain.ts';
import { formatIdentifier } from './options/identifier.ts';

/**
 * A pool as what JSON can say.
 *
 * @param pool - What a registrar said.
 */
export function poolToPlain({ poolHandle, policy, elements }: PoolResolution): Record<string, unknown> {
  return {
    poolHandle: toPlain(poolHandle, 'poolHandle'),
    policy: toPlain(policy),
    elements: elements.map(({ identifier, protocol, addresses, port, poolElement }) => ({
      identifier: formatIdentifier(identifier),
      homeRegistrar: formatIdentifier(poolElement.homeRegistrar),
      protocol,
      addresses,
      port,
      registrationLife: poolElement.registrationLife,
      policy: toPlain(poolElement.policy),
    })),
  };
}

/**
 * A pool as lines for a person.
 *
 * @param pool - What a registrar said.
 */
export function formatPool({ poolHandleText, policy, elements }: PoolResolution): string {
  const count = elements.length === 1 ? '1 element' : `${elements.length} elements`;
  const lines = elements.map(
    ({ identifier, protocol, addresses, port, poolElement }) =>
      `  ${formatIdentifier(identifier)}  ${protocol} ${addresses.join(' ')} port ${port}, home registrar ${formatIdentifier(poolElement.homeRegistrar)}`,
  );
  return [`${poolHandleText}: ${count}, policy ${policy.type}`, ...lines].join('\n');
}
