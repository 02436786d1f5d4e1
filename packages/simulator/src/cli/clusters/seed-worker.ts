import type { MessagePort } from 'node:worker_threads';
import type { SimulatedTransport } from '../../network/simulated-network.ts';
import {
  simulate,
  simulateOverSctp,
  type SimulationOptions,
  type SimulationResult,
} from '../../run/simulation.ts';

/** What a thread is asked to do. */
export type SeedTask = Pick<SimulationOptions, 'seed' | 'scenario'> & {
  /** What carries associations. */
  readonly transport: SimulatedTransport;
};

/**
 * Simulates what a task asks for.
 *
 * @param task - The task.
 * @param trace - Is given a log of everything that happens.
 */
export async function simulateTask(
  { transport, ...options }: SeedTask,
  trace?: SimulationOptions['trace'],
): Promise<SimulationResult> {
  const all = trace === undefined ? options : { ...options, trace };
  return transport === 'sctp' ? await simulateOverSctp(all) : simulate(all);
}

/**
 * Simulates each task that comes in, and answers with what it came to.
 *
 * @param port - Where tasks come from.
 */
export function serveSeeds(port: MessagePort): void {
  port.on('message', (task: SeedTask) => {
    void simulateTask(task).then((result) => port.postMessage(result));
  });
}
