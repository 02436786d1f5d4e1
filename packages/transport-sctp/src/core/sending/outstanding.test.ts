import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendInput } from '../sctp-input.ts';
import { dataChunkBytes } from '../wire/chunks/data.ts';
import { TestPath } from './data-end.fixture.ts';
import { Outstanding } from './outstanding.ts';
import { PathFlight } from './path-flight.ts';

const message: SendInput = {
  type: 'send',
  association: 1,
  data: new Uint8Array(1000),
  payloadProtocolIdentifier: 0,
  stream: 0,
  unordered: false,
};

interface Known {
  from: number;
  to: number;
  ssn: number;
  sentAt: number;
  path: number;
  state: 'flying' | 'acknowledged' | 'marked';
}

type Step = {
  readonly what: 'append' | 'acknowledge' | 'mark' | 'resend' | 'revoke' | 'release';
  readonly pick: number;
};

describe('outstanding chunks', () => {
  it('are counted as in a map, over the wrap', () => {
    const steps = fc.array(
      fc.record<Step>({
        what: fc.constantFrom('append', 'append', 'acknowledge', 'mark', 'resend', 'revoke', 'release'),
        pick: fc.nat(1000),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(fc.integer(), steps, (initialTsn, list) => {
        const flights = [0, 1].map((index) => new PathFlight(new TestPath(), index));
        const outstanding = new Outstanding(initialTsn, flights);
        const known = new Map<number, Known>();
        for (const [now, { what, pick }] of list.entries()) {
          const tsns = [...known.keys()];
          const tsn = tsns[pick % Math.max(1, tsns.length)] ?? 0;
          const chunk = known.get(tsn);
          if (what === 'append') {
            const path = pick & 1;
            const [from, to] = [pick % 100, (pick % 100) + 1 + (pick % 300)];
            known.set(outstanding.next, { from, to, ssn: pick, sentAt: now, path, state: 'flying' });
            outstanding.append(message, from, to, 3, pick, flights[path] as PathFlight, now);
          } else if (what === 'acknowledge' && chunk !== undefined && chunk.state !== 'acknowledged') {
            outstanding.acknowledge(tsn, now);
            chunk.state = 'acknowledged';
          } else if (what === 'revoke' && chunk?.state === 'acknowledged') {
            outstanding.revoke(tsn);
            chunk.state = 'flying';
          } else if (what === 'mark' && chunk?.state === 'flying') {
            chunk.path = pick & 1;
            outstanding.mark(tsn, flights[chunk.path] as PathFlight, true);
            chunk.state = 'marked';
          } else if (what === 'resend' && chunk?.state === 'marked') {
            const flight = flights[chunk.path] as PathFlight;
            const lowest = tsns.find((other) => {
              const candidate = known.get(other);
              return candidate?.state === 'marked' && candidate.path === chunk.path;
            });
            expect(outstanding.firstMarkedOf(flight)).toBe(lowest);
            outstanding.resent(tsn, now);
            chunk.state = 'flying';
            chunk.sentAt = now;
          } else if (what === 'release' && chunk !== undefined) {
            let bytes = 0;
            for (const other of tsns.slice(0, tsns.indexOf(tsn) + 1)) {
              const gone = known.get(other) as Known;
              bytes += gone.to - gone.from;
              known.delete(other);
            }
            expect(outstanding.releaseThrough(tsn, now)).toBe(bytes);
          }
          expectSame(outstanding, flights, known);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keep no large columns when all is acknowledged', () => {
    const flights = [new PathFlight(new TestPath(), 0)];
    const outstanding = new Outstanding(5, flights);
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 5000; count++) {
        outstanding.append(message, 0, 10, 3, count & 0xffff, flights[0] as PathFlight, 0);
      }
      expect(outstanding.count).toBe(5000);
      outstanding.releaseThrough((outstanding.next - 1) | 0, 0);
      expect(outstanding.count).toBe(0);
    }
    expect(outstanding.userBytes).toBe(0);
  });
});

function expectSame(outstanding: Outstanding, flights: PathFlight[], known: Map<number, Known>): void {
  const chunks = [...known.values()];
  const bytesOf = (list: Known[]): number => list.reduce((sum, { from, to }) => sum + to - from, 0);
  const flying = chunks.filter(({ state }) => state === 'flying');
  expect(outstanding.count).toBe(known.size);
  expect(outstanding.userBytes).toBe(bytesOf(chunks));
  expect(outstanding.flightUserBytes).toBe(bytesOf(flying));
  expect(outstanding.markedChunks).toBe(chunks.filter(({ state }) => state === 'marked').length);
  expect(outstanding.acknowledgedChunks).toBe(chunks.filter(({ state }) => state === 'acknowledged').length);
  for (const { index, path, marked } of flights) {
    const own = flying.filter((chunk) => chunk.path === index);
    const bytes = own.reduce((sum, { from, to }) => sum + dataChunkBytes(to - from), 0);
    expect(path.congestion.flightBytes).toBe(bytes);
    expect(marked).toBe(chunks.filter((chunk) => chunk.state === 'marked' && chunk.path === index).length);
  }
  for (const [tsn, chunk] of known) {
    expect(outstanding.isInFlight(tsn)).toBe(chunk.state === 'flying');
    expect(outstanding.isMarked(tsn)).toBe(chunk.state === 'marked');
    expect(outstanding.fromOf(tsn)).toBe(chunk.from);
    expect(outstanding.toOf(tsn)).toBe(chunk.to);
    expect(outstanding.streamSequenceNumberOf(tsn)).toBe(chunk.ssn);
    expect(outstanding.sentAtOf(tsn)).toBe(chunk.sentAt);
    expect(outstanding.flightOf(tsn).index).toBe(chunk.path);
  }
}
