import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { drain, runUntil } from '../testing.fixture.ts';
import { CalcAppJobMachine } from './calc-app-job-machine.ts';
import type { CalcAppJobOptions, CalcAppJobOutput } from './calc-app-job-types.ts';
import type { CalcAppPacket } from './calc-app-packet.ts';

function machineFor(options: Partial<CalcAppJobOptions> = {}): CalcAppJobMachine {
  return new CalcAppJobMachine(
    {
      jobIdentifier: 5,
      jobSize: 900,
      keepAliveIntervalMs: 100,
      keepAliveTimeoutMs: 40,
      retryDelayMs: 1000,
      ...options,
    },
    seededRandom(1),
  );
}

function give(machine: CalcAppJobMachine, type: CalcAppPacket['type'], now: number, jobIdentifier = 5): void {
  machine.handle({ type: 'packet', packet: { type, jobIdentifier, jobSize: 0, completed: 0 } }, now);
}

/** What an output says, short. */
function told(output: CalcAppJobOutput): string {
  switch (output.type) {
    case 'send':
      return `send ${output.packet.type}`;
    case 'failover':
      return `failover${output.reportUnreachable ? ', report' : ''}`;
    case 'event':
      return `event ${output.event.type}`;
    default:
      return output.type;
  }
}

const actions = (machine: CalcAppJobMachine): string[] =>
  drain(machine)
    .map(told)
    .filter((text) => !text.startsWith('event'));

const timed = (machine: CalcAppJobMachine, until: number): [number, string][] =>
  runUntil(machine, until)
    .map(({ at, output }): [number, string] => [at, told(output)])
    .filter(([, text]) => !text.startsWith('event'));

describe('the user’s side of a CalcApp job', () => {
  it('requests the job and is done when it is complete', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 10);
    expect(drain(machine)[0]).toEqual({
      type: 'send',
      packet: { type: 'request', jobIdentifier: 5, jobSize: 900, completed: 0 },
    });
    give(machine, 'accept', 20);
    give(machine, 'complete', 95);
    expect(drain(machine)).toContainEqual({ type: 'completed', times: { acceptedAt: 20, completedAt: 95 } });
    expect(machine.nextTimeout()).toBeUndefined();
  });

  it('does not request a job that the cookie brings along, but says a word, which rsplib’s element waits for', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: true }, 0);
    expect(actions(machine)).toEqual(['send keepAlive']);
    give(machine, 'accept', 5);
    give(machine, 'keepAliveAck', 6);
    give(machine, 'complete', 50);
    expect(actions(machine)).toEqual(['completed']);
  });

  it('leaves an element that does not answer the request', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    drain(machine);
    expect(timed(machine, 1000)).toEqual([[40, 'failover, report']]);
  });

  it('asks the element now and then, and leaves one that does not answer', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    give(machine, 'accept', 0);
    drain(machine);
    expect(timed(machine, 100)).toEqual([[100, 'send keepAlive']]);
    give(machine, 'keepAliveAck', 120);
    expect(timed(machine, 1000)).toEqual([
      [220, 'send keepAlive'],
      [260, 'failover, report'],
    ]);
  });

  it('answers when it is asked', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    give(machine, 'accept', 0);
    drain(machine);
    give(machine, 'keepAlive', 10);
    expect(actions(machine)).toEqual(['send keepAliveAck']);
  });

  it('tries another element behind a pause when it is rejected, longer each time', () => {
    const machine = machineFor();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      machine.handle({ type: 'connected', withCookie: false }, attempt * 100_000);
      give(machine, 'reject', attempt * 100_000);
      drain(machine);
      const [[at, text] = [0, '']] = timed(machine, (attempt + 1) * 100_000 - 1);
      expect(text).toBe('failover');
      pauses.push(at - attempt * 100_000);
    }
    for (const [index, pauseMs] of pauses.entries()) {
      expect(pauseMs).toBeLessThanOrEqual(1000 * 2 ** index);
      expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
    }
  });

  it('goes to another element at once when the job is given up, without reporting this one', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    give(machine, 'accept', 0);
    drain(machine);
    give(machine, 'abort', 10);
    expect(actions(machine)).toEqual(['failover']);
  });

  it('has failed when too many elements in a row would not have it', () => {
    const machine = machineFor({ maximumAttempts: 3 });
    for (let attempt = 1; attempt <= 3; attempt++) {
      machine.handle({ type: 'connected', withCookie: false }, 0);
      drain(machine);
      give(machine, 'abort', 0);
    }
    expect(drain(machine)).toEqual([{ type: 'failed', failure: 'aborted', attempts: 3 }]);
    machine.handle({ type: 'connected', withCookie: false }, 1);
    expect(drain(machine)).toEqual([]);
  });

  it('begins a new row of attempts with each element that accepts', () => {
    const machine = machineFor({ maximumAttempts: 2 });
    for (let round = 0; round < 5; round++) {
      machine.handle({ type: 'connected', withCookie: false }, 0);
      give(machine, 'accept', 0);
      give(machine, 'abort', 0);
      expect(actions(machine)).toContain('failover');
    }
  });

  it('waits without timers while the session looks for an element', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    give(machine, 'accept', 0);
    machine.handle({ type: 'disconnected' }, 10);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  it('keeps the time of the first acceptance over a failover', () => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    give(machine, 'accept', 7);
    machine.handle({ type: 'disconnected' }, 10);
    machine.handle({ type: 'connected', withCookie: true }, 20);
    give(machine, 'accept', 25);
    give(machine, 'complete', 50);
    expect(drain(machine)).toContainEqual({ type: 'completed', times: { acceptedAt: 7, completedAt: 50 } });
  });

  it.each([
    ['of another job', 6, 'complete'],
    ['that only users send', 5, 'request'],
  ] as const)('ignores packets %s', (_, jobIdentifier, type) => {
    const machine = machineFor();
    machine.handle({ type: 'connected', withCookie: false }, 0);
    drain(machine);
    give(machine, type, 1, jobIdentifier);
    expect(drain(machine).map(told)).toEqual(['event unexpectedPacket']);
  });
});
