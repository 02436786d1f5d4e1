import {
  chargenService,
  createCalcAppService,
  daytimeService,
  discardService,
  echoService,
  fractalService,
  pingPongService,
  type Service,
  tellLoad,
} from '@rserpool/services';
import type { LocalPoolElement } from '@rserpool/session';
import type { EventPrinter } from '../services/event-printer.ts';
import { describeCalcAppServerEvent } from './describe-calc-app-event.ts';
import type { PeCommandOptions } from './pe-options.ts';

/** A service that runs. */
export interface RunningService {
  /** Serves a session. */
  readonly serve: Service;
  /** How much it has to do, 0 to 1, where it knows. */
  readonly workload?: () => number;
  /** Hands over to other elements what cannot be finished any more. */
  readonly shutDown?: () => void;
}

/**
 * The service that a command asks for.
 *
 * @param options - The options of the command.
 * @param element - The element that serves it.
 * @param printer - Is told what happens.
 */
export function serviceOf(
  options: PeCommandOptions,
  element: LocalPoolElement,
  printer: EventPrinter,
): RunningService {
  const { cookieTime, failureAfter } = options;
  switch (options.service) {
    case 'echo':
      return { serve: echoService() };
    case 'discard':
      return { serve: discardService() };
    case 'daytime':
      return { serve: daytimeService() };
    case 'chargen':
      return { serve: chargenService({ intervalMs: options.lineInterval }) };
    case 'pingpong':
      return {
        serve: pingPongService(failureAfter === undefined ? {} : { failureAfterReplies: failureAfter }),
      };
    case 'fractal':
      return {
        serve: fractalService({
          cookieMaximumPackets: options.cookiePackets,
          pauseMs: options.packetPause,
          ...(cookieTime !== undefined && { cookieMaximumTimeMs: cookieTime }),
          ...(failureAfter !== undefined && { failureAfterPackets: failureAfter }),
        }),
      };
    case 'calcapp': {
      const service = createCalcAppService({
        capacity: options.capacity,
        maximumJobs: options.maximumJobs,
        cookieMaximumCalculations: options.cookieCalculations,
        ...(cookieTime !== undefined && { cookieMaximumTimeMs: cookieTime }),
        keepAliveIntervalMs: options.keepAliveInterval,
        keepAliveTimeoutMs: options.keepAliveTimeout,
        onLoad: tellLoad(element),
        onEvent: (event) => printer.print(event.type, event, describeCalcAppServerEvent(event)),
      });
      return {
        serve: service.serve,
        workload: () => service.jobs / options.maximumJobs,
        shutDown: () => service.shutDown(),
      };
    }
  }
}
