import type { MessagePort } from 'node:worker_threads';
import { simulate, type SimulationOptions, type SimulationResult } from '../../run/simulation.ts';

/** What a thread is asked to do. */
export type SeedTask = Pick<SimulationOptions, 'seed' | 'scenario'>;

/**
 * Simulates each task that comes in, and answers with what it came to.
 *
 * @param port - Where tasks come from.
 */
export function serveSeeds(port: MessagePort): void {
  port.on('message', (task: SeedTask) => {
    const result: SimulationResult = simulate(task);
    port.postMessage(result);
  });
}
