import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTaskCookie, encodeTaskCookie } from './task-cookie.ts';
import {
  decodeTaskMessage,
  encodeTaskMessage,
  maximumTaskMessageBytes,
  type TaskMessage,
} from './task-message.ts';

const id = fc.nat();
const message: fc.Arbitrary<TaskMessage> = fc.oneof(
  fc.record({
    type: fc.constant('task' as const),
    id,
    modelVersion: fc.string(),
    task: fc.record({
      parameters: fc.dictionary(
        fc.string(),
        fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.array(fc.integer())),
        { noNullPrototype: true },
      ),
      seed: fc.maxSafeInteger(),
    }),
  }),
  fc.record({
    type: fc.constant('accepted' as const),
    id,
    worker: fc.string(),
    slots: fc.nat().map((n) => n + 1),
  }),
  fc.record({
    type: fc.constant('result' as const),
    id,
    metrics: fc.dictionary(fc.string(), fc.double(), { noNullPrototype: true }),
  }),
  fc.record({ type: fc.constant('refused' as const), id, worker: fc.string(), modelVersion: fc.string() }),
  fc.record({ type: fc.constant('failed' as const), id, worker: fc.string(), reason: fc.string() }),
);

function framed(text: string): Uint8Array {
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length);
  bytes[0] = 1;
  new DataView(bytes.buffer).setUint32(4, bytes.length);
  bytes.set(json, 8);
  return bytes;
}

describe('the messages between a runner and a worker', () => {
  it('come back as they were, every number bit for bit', () => {
    fc.assert(
      fc.property(message, (sent) => {
        // JSON makes ordinary objects of the generator's, which have no prototype.
        expect(decodeTaskMessage(encodeTaskMessage(sent))).toEqual(sent);
      }),
    );
  });

  it('keep the numbers that JSON cannot write', () => {
    const metrics = { none: Number.NaN, more: Infinity, less: -Infinity, zero: -0 };
    const decoded = decodeTaskMessage(encodeTaskMessage({ type: 'result', id: 1, metrics }));
    expect(decoded).toStrictEqual({ type: 'result', id: 1, metrics });
  });

  it('are none where the bytes are anything else, and nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.string().map(framed), fc.json().map(framed)), (bytes) => {
        const decoded = decodeTaskMessage(bytes);
        expect(decoded === undefined || typeof decoded.id === 'number').toBe(true);
      }),
    );
  });

  it.each([
    ['another version of the frame', (bytes: Uint8Array) => bytes.fill(2, 0, 1)],
    ['a length that is not its own', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['no UTF-8', (bytes: Uint8Array) => bytes.fill(0xff, 12, 13)],
  ])('are none with %s', (_what, spoil) => {
    const bytes = encodeTaskMessage({ type: 'accepted', id: 1, worker: 'one', slots: 2 });
    expect(decodeTaskMessage(bytes)).toBeDefined();
    expect(decodeTaskMessage(spoil(bytes))).toBeUndefined();
  });

  it.each([
    ['no number', '{"type":"accepted","worker":"one","slots":2}'],
    ['a negative number', '{"type":"accepted","id":-1,"worker":"one","slots":2}'],
    ['no slots', '{"type":"accepted","id":1,"worker":"one","slots":0}'],
    [
      'a seed that is no integer',
      '{"type":"task","id":1,"modelVersion":"1","task":{"parameters":{},"seed":0.5}}',
    ],
    [
      'parameters that are no object',
      '{"type":"task","id":1,"modelVersion":"1","task":{"parameters":[],"seed":1}}',
    ],
    ['a metric that is no number', '{"type":"result","id":1,"metrics":{"utilization":"60"}}'],
    ['no known type', '{"type":"other","id":1}'],
  ])('are none with %s', (_what, text) => {
    expect(decodeTaskMessage(framed(text))).toBeUndefined();
  });

  it('are none where they are longer than any of ours, before they are parsed', () => {
    const text = `{"type":"failed","id":1,"worker":"one","reason":"${'x'.repeat(maximumTaskMessageBytes)}"}`;
    expect(decodeTaskMessage(framed(text))).toBeUndefined();
  });
});

describe('the cookie of a worker', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.nat(), (done) => {
        expect(decodeTaskCookie(encodeTaskCookie({ done }))).toEqual({ done });
      }),
    );
  });

  it('is none where the bytes are anything else', () => {
    expect(decodeTaskCookie(new Uint8Array(8))).toBeUndefined();
    expect(decodeTaskCookie(encodeTaskCookie({ done: 1 }).subarray(1))).toBeUndefined();
  });
});
