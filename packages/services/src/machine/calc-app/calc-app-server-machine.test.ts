import { describe, expect, it } from 'vitest';
import { drain, runUntil } from '../testing.fixture.ts';
import { CalcAppServerMachine } from './calc-app-server-machine.ts';
import type { CalcAppServerOptions } from './calc-app-server-options.ts';
import type { CalcAppServerOutput } from './calc-app-server-types.ts';

const options: Partial<CalcAppServerOptions> = {
  capacity: 1000,
  maximumJobs: 2,
  cookieMaximumCalculations: Infinity,
  cookieMaximumTimeMs: Infinity,
  keepAliveIntervalMs: Infinity,
};

function request(machine: CalcAppServerMachine, session: number, jobSize: number, now: number): void {
  const packet = { type: 'request', jobIdentifier: session * 10, jobSize, completed: 0 } as const;
  machine.handle({ type: 'packet', session, packet }, now);
}

/** What an output says, short. */
function told(output: CalcAppServerOutput): string {
  switch (output.type) {
    case 'send':
      return `${output.session}: ${output.packet.type}`;
    case 'cookie':
      return `${output.session}: cookie ${output.state.completed}`;
    case 'load':
      return `load ${output.fraction}`;
    case 'end':
      return `${output.session}: end`;
    case 'event':
      return `event ${output.event.type}`;
  }
}

const withoutEvents = (outputs: readonly CalcAppServerOutput[]): string[] =>
  outputs.map(told).filter((text) => !text.startsWith('event'));

const timed = (outputs: readonly { at: number; output: CalcAppServerOutput }[]): [number, string][] =>
  outputs
    .map(({ at, output }): [number, string] => [at, told(output)])
    .filter(([, text]) => !text.startsWith('event'));

describe('the element’s side of CalcApp', () => {
  it('accepts a job, tells the load, and completes the job when its calculations are done', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 500, 100);
    expect(withoutEvents(drain(machine))).toEqual(['1: accept', 'load 0.5']);
    const outputs = runUntil(machine, 10_000);
    expect(timed(outputs)).toEqual([
      [600, '1: complete'],
      [600, 'load 0'],
    ]);
    expect(outputs[0]?.output).toMatchObject({ packet: { jobIdentifier: 10, jobSize: 500, completed: 500 } });
    expect(machine.calculationsPerformed).toBe(500);
  });

  it('lets jobs share the processor', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 100, 0);
    request(machine, 2, 300, 0);
    drain(machine);
    expect(timed(runUntil(machine, 10_000)).filter(([, text]) => text.includes('complete'))).toEqual([
      [200, '1: complete'],
      [400, '2: complete'],
    ]);
  });

  it('rejects a job when it has its maximum', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 100, 0);
    request(machine, 2, 100, 0);
    drain(machine);
    request(machine, 3, 100, 0);
    const outputs = drain(machine);
    expect(withoutEvents(outputs)).toEqual(['3: reject']);
    expect(outputs).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ type: 'jobRejected', reason: 'busy' }) }),
    );
    runUntil(machine, 1000);
    request(machine, 3, 100, 1000);
    expect(withoutEvents(drain(machine))).toEqual(['3: accept', 'load 0.5']);
  });

  it('rejects a second job of a session, whose one cookie has the first', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 100, 0);
    drain(machine);
    const packet = { type: 'request', jobIdentifier: 11, jobSize: 5, completed: 0 } as const;
    machine.handle({ type: 'packet', session: 1, packet }, 1);
    expect(withoutEvents(drain(machine))).toEqual(['1: reject']);
  });

  it('answers a request that is repeated without beginning anew', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 100, 0);
    request(machine, 1, 100, 50);
    expect(withoutEvents(drain(machine))).toEqual(['1: accept', 'load 0.5', '1: accept']);
    expect(timed(runUntil(machine, 1000))[0]).toEqual([100, '1: complete']);
  });

  it('sends a cookie every so many calculations', () => {
    const machine = new CalcAppServerMachine({ ...options, cookieMaximumCalculations: 200 });
    request(machine, 1, 500, 0);
    drain(machine);
    expect(timed(runUntil(machine, 1000))).toEqual([
      [200, '1: cookie 200'],
      [400, '1: cookie 400'],
      [500, '1: complete'],
      [500, 'load 0'],
    ]);
  });

  it('sends a cookie every so often', () => {
    const machine = new CalcAppServerMachine({ ...options, cookieMaximumTimeMs: 150 });
    request(machine, 1, 400, 0);
    drain(machine);
    expect(timed(runUntil(machine, 1000)).map(([at]) => at)).toEqual([150, 300, 400, 400]);
  });

  it('goes on from a cookie, and secures that at once', () => {
    const machine = new CalcAppServerMachine(options);
    machine.handle(
      { type: 'resume', session: 7, state: { jobIdentifier: 70, jobSize: 500, completed: 450 } },
      0,
    );
    expect(withoutEvents(drain(machine))).toEqual(['7: accept', '7: cookie 450', 'load 0.5']);
    expect(timed(runUntil(machine, 1000))[0]).toEqual([50, '7: complete']);
    expect(machine.calculationsPerformed).toBe(50);
  });

  it('rejects a cookie’s job when it has its maximum', () => {
    const machine = new CalcAppServerMachine({ ...options, maximumJobs: 1 });
    request(machine, 1, 100, 0);
    drain(machine);
    machine.handle({ type: 'resume', session: 2, state: { jobIdentifier: 1, jobSize: 9, completed: 1 } }, 0);
    expect(withoutEvents(drain(machine))).toEqual(['2: reject']);
  });

  it('asks the user now and then, and drops the job of one that does not answer', () => {
    const machine = new CalcAppServerMachine({
      ...options,
      keepAliveIntervalMs: 100,
      keepAliveTimeoutMs: 30,
    });
    request(machine, 1, 1000, 0);
    drain(machine);
    expect(timed(runUntil(machine, 100))).toEqual([[100, '1: keepAlive']]);
    const ack = { type: 'keepAliveAck', jobIdentifier: 10, jobSize: 0, completed: 0 } as const;
    machine.handle({ type: 'packet', session: 1, packet: ack }, 110);
    expect(timed(runUntil(machine, 10_000))).toEqual([
      [210, '1: keepAlive'],
      [240, '1: abort'],
      [240, '1: end'],
      [240, 'load 0'],
    ]);
    expect(machine.jobs).toBe(0);
  });

  it('answers a keep-alive for a job that it has, and no other', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 1000, 0);
    drain(machine);
    const ask = (jobIdentifier: number): void =>
      machine.handle(
        {
          type: 'packet',
          session: 1,
          packet: { type: 'keepAlive', jobIdentifier, jobSize: 0, completed: 0 },
        },
        1,
      );
    ask(99);
    expect(drain(machine)).toEqual([]);
    ask(10);
    expect(withoutEvents(drain(machine))).toEqual(['1: keepAliveAck']);
  });

  it.each([
    ['its session ends', 'sessionEnded'],
    ['its user gives it up', 'abort'],
  ] as const)('drops a job when %s', (_, reason) => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 1000, 0);
    drain(machine);
    const packet = { type: 'abort', jobIdentifier: 10, jobSize: 0, completed: 0 } as const;
    machine.handle(
      reason === 'abort' ? { type: 'packet', session: 1, packet } : { type: 'sessionEnded', session: 1 },
      300,
    );
    const outputs = drain(machine);
    expect(withoutEvents(outputs)).toEqual(['load 0']);
    expect(outputs).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({
          type: 'jobDropped',
          reason,
          job: expect.objectContaining({ completed: 300 }),
        }),
      }),
    );
    expect(machine.nextTimeout()).toBeUndefined();
  });

  it('hands all jobs back with their exact state when it leaves', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 1000, 0);
    request(machine, 2, 1000, 100);
    drain(machine);
    machine.handle({ type: 'shutdown' }, 300);
    expect(withoutEvents(drain(machine))).toEqual([
      '1: cookie 200',
      '1: abort',
      '2: cookie 100',
      '2: abort',
      'load 0',
    ]);
  });

  it('ignores what only elements send', () => {
    const machine = new CalcAppServerMachine(options);
    request(machine, 1, 1000, 0);
    drain(machine);
    for (const type of ['accept', 'reject', 'complete'] as const) {
      const packet = { type, jobIdentifier: 10, jobSize: 0, completed: 0 };
      machine.handle({ type: 'packet', session: 1, packet }, 1);
    }
    expect(drain(machine).map(told)).toEqual(Array.from({ length: 3 }, () => 'event unexpectedPacket'));
    expect(machine.jobs).toBe(1);
  });
});
