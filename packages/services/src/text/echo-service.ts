import type { Service } from '../service.ts';
import { sendWhenWritable } from '../send-when-writable.ts';

/**
 * The echo service: sends back each message as it came.
 *
 * @returns What to give to `serve` of a pool element.
 * @example
 * ```ts
 * import type { LocalPoolElement } from '@rserpool/session';
 * import { echoService } from '@rserpool/services';
 *
 * declare const element: LocalPoolElement;
 * await element.serve(echoService());
 * ```
 */
export function echoService(): Service {
  return async (session) => {
    for await (const { data, payloadProtocolIdentifier } of session) {
      await sendWhenWritable(session, data, payloadProtocolIdentifier);
    }
  };
}
