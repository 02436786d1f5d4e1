import { describe, expect, it } from 'vitest';
import { ProcessClock } from '../network/process-clock.ts';
import { VirtualTime } from '../engine/virtual-time.ts';
import { Deadlines } from './deadlines.ts';
import { decodeNumber, encodeNumber, NumberSession } from './number-service.ts';
import { formatTraceLine, Trace, type TraceLine } from './trace.ts';

describe('the number service', () => {
  it('counts on from the state that was restored, and answers a repeated request once more', () => {
    const session = new NumberSession(encodeNumber(7));
    expect(session.take(8)).toEqual({ state: 8, lost: undefined });
    expect(session.take(8)).toEqual({ state: 8, lost: undefined });
    expect(session.take(3)).toEqual({ state: 8, lost: undefined });
  });

  it('says that state was lost where a request cannot follow what it has', () => {
    expect(new NumberSession(undefined).take(2).lost).toBe('state 0 was asked for 2');
  });

  it('writes numbers as 32 bits, and reads nothing else', () => {
    expect(decodeNumber(encodeNumber(0xdead_beef))).toBe(0xdead_beef);
    expect(decodeNumber(Uint8Array.of(1, 2, 3))).toBe(0);
  });
});

describe('deadlines', () => {
  it('are overdue once, unless there was a result or the process was away', () => {
    const time = new VirtualTime();
    const deadlines = new Deadlines(new ProcessClock(time, 0));
    deadlines.begin('one', 100);
    deadlines.begin('two', 100);
    deadlines.end('two');
    time.runUntil(150);
    expect(deadlines.takeOverdue(60)).toEqual([]);
    expect(deadlines.takeOverdue(10)).toEqual(['one is overdue by 50 ms']);
    expect(deadlines.takeOverdue(10)).toEqual([]);
    deadlines.begin('three', 100);
    deadlines.postpone(500);
    time.runUntil(700);
    expect(deadlines.takeOverdue(0)).toEqual([]);
    expect(deadlines.size).toBe(1);
  });
});

describe('a trace', () => {
  it('has fixed columns, and shows values as text', () => {
    const lines: TraceLine[] = [];
    new Trace((line) => lines.push(line)).note(1234.5678, 'pr1', 'elementRegistered', {
      type: 'elementRegistered',
      poolHandle: Uint8Array.from('echo', (letter) => letter.charCodeAt(0)),
      addresses: [Uint8Array.of(10, 0, 0, 1)],
      previous: undefined,
    });
    expect(lines.map(formatTraceLine)).toEqual([
      '       1.235  pr1         elementRegistered             poolHandle=echo addresses=[10.0.0.1]',
    ]);
  });
});
