import type { Machine } from '@rserpool/wire';

/** All outputs that wait, in order. */
export function drain<Output>(machine: Machine<never, Output>): Output[] {
  const outputs: Output[] = [];
  for (let output = machine.poll(); output !== undefined; output = machine.poll()) outputs.push(output);
  return outputs;
}

/** Runs the timers of a machine up to a time; each output with the time at which it came. */
export function runUntil<Output>(
  machine: Machine<never, Output>,
  until: number,
): { readonly at: number; readonly output: Output }[] {
  const outputs: { at: number; output: Output }[] = [];
  for (let at = machine.nextTimeout(); at !== undefined && at <= until; at = machine.nextTimeout()) {
    machine.handleTimeout(at);
    for (const output of drain(machine)) outputs.push({ at, output });
  }
  return outputs;
}
