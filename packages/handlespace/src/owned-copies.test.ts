import { encodePoolElementParameter, parseIpAddress, type PoolElement } from '@rserpool/wire';
import { expect, test } from 'vitest';
import { echo, makeElement, makeHandlespace, registered } from './testing/elements.fixture.ts';

/** Like a Buffer of Node.js: `slice` shares the memory. */
class SharingBytes extends Uint8Array {
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(start, end);
  }
}

/** A receive buffer, and views of it as a decoder returns them. */
function receive(...fields: Uint8Array[]): { buffer: Uint8Array; views: Uint8Array[] } {
  const memory = new ArrayBuffer(65_536);
  const buffer = new Uint8Array(memory);
  let offset = 0;
  const views = fields.map((field) => {
    buffer.set(field, offset);
    offset += field.length;
    return new SharingBytes(memory, offset - field.length, field.length);
  });
  return { buffer, views };
}

function* byteFields(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const field of Object.values(value)) yield* byteFields(field);
  }
}

const unknown = (value: Uint8Array): PoolElement['unknownParameters'] => [
  { type: 0x8123, value, position: 0 },
];

test('nothing that is kept shares memory with what was passed in', () => {
  const address = parseIpAddress('192.0.2.7');
  const { buffer, views } = receive(echo, address, Uint8Array.of(1, 2, 3, 4));
  const [handle, view, value] = views as [Uint8Array, Uint8Array, Uint8Array];
  const unknownParameters = unknown(value) ?? [];
  const transports: PoolElement['userTransport'][] = [
    { protocol: 'sctp', port: 1, transportUse: 0, addresses: [view, view], unknownParameters },
    { protocol: 'tcp', port: 1, address: view, unknownParameters },
    { protocol: 'udp', port: 1, address: view, unknownParameters },
    { protocol: 'udp-lite', port: 1, address: view, unknownParameters },
    { protocol: 'dccp', port: 1, serviceCode: 3, address: view, unknownParameters },
    { protocol: 'opaque', data: value },
  ];
  for (const userTransport of transports) {
    buffer.set([...echo, ...address, 1, 2, 3, 4]);
    const handlespace = makeHandlespace();
    const asapTransport = { protocol: 'sctp', port: 2, transportUse: 0, addresses: [view] } as const;
    const given = makeElement(1, { userTransport, asapTransport, unknownParameters });
    const element = registered(handlespace, handle, given);
    const kept = handlespace.poolElement(element);
    const encoded = encodePoolElementParameter(given);
    buffer.fill(0xee);
    expect(encodePoolElementParameter(kept)).toEqual(encoded);
    expect(handlespace.find(echo, 1)).toBe(element);
    for (const bytes of [...byteFields(kept), handlespace.poolHandle(element)]) {
      expect(bytes.buffer).not.toBe(buffer.buffer);
      expect(bytes.constructor).toBe(Uint8Array);
    }
  }
});

test('changing the object that was passed in changes nothing', () => {
  const handlespace = makeHandlespace();
  const policy = { type: 'leastUsed' as const, load: 1 };
  const given = { ...makeElement(1), policy };
  const element = registered(handlespace, echo, given);
  policy.load = 99;
  given.registrationLife = 1;
  expect(handlespace.poolElement(element)).toEqual(
    makeElement(1, { policy: { type: 'leastUsed', load: 1 } }),
  );
  expect(handlespace.peek(echo)?.policy).toEqual({ type: 'leastUsed', load: 1 });
});

test('an element that somebody holds stays as it was when the element changes', () => {
  const handlespace = makeHandlespace();
  const element = registered(handlespace, echo, makeElement(1));
  const before = handlespace.poolElement(element);
  handlespace.setHomeRegistrar(element, 77);
  registered(handlespace, echo, makeElement(1, { registrationLife: 1, homeRegistrar: 77 }));
  expect(before).toEqual(makeElement(1));
  expect(handlespace.poolElement(element).homeRegistrar).toBe(77);
});
