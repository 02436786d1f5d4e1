import { TimerTable } from '@rserpool/wire/internal';
import { replayTranscript } from '@rserpool/wire/testing';
import { Cluster } from './cluster.fixture.ts';
import { EnrpTranscript } from './transcript-commands.fixture.ts';

/** Replays a transcript of this package, timers included: its text as it has to be. */
export function replay(text: string): string {
  const cluster = new Cluster({ transcript: true });
  const original = Object.getOwnPropertyDescriptor(TimerTable.prototype, 'takeExpired');
  const takeExpired = original?.value as TimerTable['takeExpired'];
  // Machines keep their timers to themselves: what expires is seen where all of them take it from.
  const noted = function noted(this: TimerTable, now: number): string | undefined {
    const name = takeExpired.call(this, now);
    if (name !== undefined) cluster.noteTimer(name);
    return name;
  };
  Object.defineProperty(TimerTable.prototype, 'takeExpired', { ...original, value: noted });
  try {
    return replayTranscript(text, new EnrpTranscript(cluster).handlers);
  } finally {
    Object.defineProperty(TimerTable.prototype, 'takeExpired', original ?? {});
  }
}
