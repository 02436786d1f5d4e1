import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RetainedMessages } from './retained-messages.ts';
import { messageOf } from './testing/machine.fixture.ts';

type Step = { readonly send: number } | { readonly coverage: number | undefined } | 'restart';

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((send) => ({ send })),
  fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }).map((coverage) => ({ coverage })),
  fc.constant('restart' as const),
);

test('what is kept is what a plain list of numbered messages keeps', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const retained = new RetainedMessages();
      let oracle: { byte: number; sequence: number }[] = [];
      let sent = 0;
      for (const one of steps) {
        if (one === 'restart') {
          expect(retained.restart().map(({ data }) => data[0])).toEqual(oracle.map(({ byte }) => byte));
          oracle = oracle.map(({ byte }, index) => ({ byte, sequence: index + 1 }));
          sent = oracle.length;
        } else if ('send' in one) {
          retained.append(messageOf(one.send));
          sent += 1;
          oracle.push({ byte: one.send, sequence: sent });
        } else {
          retained.cover(one.coverage);
          oracle = oracle.filter(({ sequence }) => one.coverage !== undefined && sequence > one.coverage);
        }
        expect(retained.bytes).toBe(oracle.length);
      }
      expect(retained.restart().map(({ data }) => data[0])).toEqual(oracle.map(({ byte }) => byte));
    }),
    { numRuns: 300, seed: 5352 },
  );
});

test('where messages may overtake each other, a number covers all of them or none', () => {
  const retained = new RetainedMessages();
  retained.append(messageOf(1));
  retained.append({ ...messageOf(2), stream: 1 });
  retained.cover(1);
  expect(retained.bytes).toBe(2);
  retained.cover(2);
  expect(retained.bytes).toBe(0);
});
