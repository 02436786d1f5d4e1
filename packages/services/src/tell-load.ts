import type { LocalPoolElement } from '@rserpool/session';
import { RserpoolError } from '@rserpool/wire';

/**
 * Tells the registrars the load of an element, where its policy has one and while it is in its pool.
 *
 * @param element - The element.
 * @returns What to give to the option `onLoad` of a service.
 */
export function tellLoad(element: LocalPoolElement): (fraction: number) => void {
  return (fraction) => {
    try {
      element.setLoad(fraction);
    } catch (error) {
      // A policy without a load, or an element that leaves while it still has jobs.
      if (!RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_STATE')) throw error;
    }
  };
}
