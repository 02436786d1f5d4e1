import type { Service } from '../service.ts';

/**
 * The discard service: takes all messages and answers none.
 *
 * @returns What to give to `serve` of a pool element.
 */
export function discardService(): Service {
  return async (session) => {
    for await (const _message of session);
  };
}
