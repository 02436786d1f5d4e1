import type { PoolExecutorEvent } from './pool-executor-event.ts';
import type { WorkerEvent } from './serve-tasks.ts';

/**
 * What happened at a worker, in words.
 *
 * @param event - The event.
 */
export function describeWorkerEvent(event: WorkerEvent): string {
  switch (event.type) {
    case 'sessionStarted':
      return event.done === 0
        ? `session ${event.session} began`
        : `session ${event.session} goes on from a lost worker, behind ${event.done} results`;
    case 'taskDone':
      return `session ${event.session}: simulated seed ${event.seed}`;
    case 'taskFailed':
      return `session ${event.session}: seed ${event.seed} failed: ${event.reason}`;
    case 'taskRefused':
      return `session ${event.session}: refused, the runner has model ${event.modelVersion}`;
    case 'protocolViolation':
      return `session ${event.session}: cut, what came is no task`;
    case 'sessionEnded':
      return `session ${event.session} ended`;
  }
}

/**
 * What happened while runs were handed out, in words.
 *
 * @param event - The event.
 */
export function describePoolEvent(event: PoolExecutorEvent): string {
  switch (event.type) {
    case 'workerJoined':
      return `worker ${event.worker} takes part with ${count(event.slots, 'slot')}`;
    case 'waiting':
      return `no worker could be reached (${event.reason}): attempt ${event.attempt + 1} in ${(event.delayMs / 1000).toFixed(1)} s`;
    case 'workerLost':
      return `worker ${event.worker} is lost (${event.reason}); ${count(event.tasks, 'run')} of its session go to another one`;
    case 'failedOver':
      return `a session goes on with another worker after ${Math.round(event.durationMs)} ms; ${count(event.resent, 'run')} sent again`;
    case 'duplicateDropped':
      return `seed ${event.seed} was simulated twice, the second result is dropped`;
    case 'watchLost':
      return `the pool is not watched any more: ${event.reason}`;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
