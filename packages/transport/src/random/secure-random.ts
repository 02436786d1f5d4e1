import { getRandomValues } from 'node:crypto';
import type { RandomSource } from '@rserpool/wire';

/**
 * Random numbers that nobody can guess, as RFC 5352 section 3.1 R2.2 wants for identifiers: the host's cryptographic
 * source, drawn many at a time, because a policy may need several for each resolution.
 *
 * @example
 * ```ts
 * import { secureRandom } from '@rserpool/transport';
 * import { randomIdentifier } from '@rserpool/wire';
 *
 * console.log(randomIdentifier(secureRandom()));
 * ```
 */
export function secureRandom(): RandomSource {
  const numbers = new Uint32Array(256);
  let next = numbers.length;
  return () => {
    if (next === numbers.length) {
      getRandomValues(numbers);
      next = 0;
    }
    const number = numbers[next] ?? 0;
    next += 1;
    return number;
  };
}
