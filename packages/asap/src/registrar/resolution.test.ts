import type { AsapMessage } from '@rserpool/wire';
import { encodeAsapMessage } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { RegistrarHand } from '../testing/registrar-hand.fixture.ts';
import { echo, endpoint, knownElement, other } from '../testing/samples.fixture.ts';
import { asapRegistrarLimitProfiles } from './asap-registrar-limits.ts';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';

type Answer = Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }>;

function withPool(count: number, options: Partial<AsapRegistrarOptions> = {}): RegistrarHand {
  const registrar = new RegistrarHand(options);
  for (let identifier = 1; identifier <= count; identifier++) {
    registrar.handlespace.register(echo, knownElement('10.1.0.1', identifier, 99));
  }
  registrar.hand.accept(5, endpoint('10.2.0.1:5000'));
  return registrar;
}

function resolve(
  registrar: RegistrarHand,
  poolHandle: Uint8Array,
  items?: number,
  subscribe: boolean = false,
): Answer {
  const request: AsapMessage = { type: 'ASAP_HANDLE_RESOLUTION', subscribe, poolHandle };
  const step = registrar.hand.message(5, items === undefined ? request : { ...request, items });
  expect(step.messages).toHaveLength(1);
  return step.messages[0] as Answer;
}

function identifiers(answer: Answer): number[] {
  return answer.poolElements.map((element) => element.identifier);
}

describe('RFC 5352 section 3.3: handle resolution at the registrar', () => {
  test('all elements of the pool are listed, in the order of its policy', () => {
    const registrar = withPool(5);
    expect(identifiers(resolve(registrar, echo))).toEqual([1, 2, 3, 4, 5]);
    expect(identifiers(resolve(registrar, echo))).toEqual([2, 3, 4, 5, 1]);
  });

  test('the overall policy is named, also where it is Round Robin', () => {
    expect(resolve(withPool(1), echo).policy).toEqual({ type: 'roundRobin' });
  });

  test('an unknown pool handle is rejected with its cause, without elements or policy', () => {
    const answer = resolve(withPool(1), other);
    expect(answer.error?.causes).toMatchObject([{ code: 9, information: new Uint8Array(0) }]);
    expect(answer.poolElements).toEqual([]);
    expect(answer).not.toHaveProperty('policy');
  });

  test('option 0x803f: no more than the items that are asked for', () => {
    expect(identifiers(resolve(withPool(5), echo, 2))).toEqual([1, 2]);
    expect(identifiers(resolve(withPool(5), echo, 0xffffffff))).toHaveLength(5);
    expect(identifiers(resolve(withPool(5), echo, 0))).toHaveLength(5);
  });

  test('no more than the configured maximum', () => {
    const registrar = withPool(5, { limits: { maximumResolutionItems: 3 } });
    expect(identifiers(resolve(registrar, echo))).toHaveLength(3);
    expect(identifiers(resolve(registrar, echo, 4))).toHaveLength(3);
  });

  test('the profile rsplib lists three where nobody says how many, and at most 128', () => {
    const registrar = withPool(200, { limits: asapRegistrarLimitProfiles.rsplib });
    expect(identifiers(resolve(registrar, echo))).toHaveLength(3);
    expect(identifiers(resolve(registrar, echo, 0))).toHaveLength(3);
    expect(identifiers(resolve(registrar, echo, 7))).toHaveLength(7);
    expect(identifiers(resolve(registrar, echo, 0xffff_ffff))).toHaveLength(128);
  });

  test('no more than fits: a large pool is cut to what one message holds', () => {
    const registrar = withPool(1_500, { limits: { maximumResolutionItems: 10_000 } });
    const answer = resolve(registrar, echo);
    expect(answer.poolElements.length).toBeGreaterThan(500);
    expect(answer.poolElements.length).toBeLessThan(1_500);
    const bytes = encodeAsapMessage(answer).length;
    expect(bytes).toBeLessThanOrEqual(65_532);
    expect(bytes).toBeGreaterThan(65_400);
    expect(registrar.machine.counters.resolutionsTruncated).toBe(1);
  });

  test('a configured size is kept exactly', () => {
    for (let maximumResponseBytes = 256; maximumResponseBytes < 600; maximumResponseBytes += 4) {
      const answer = resolve(withPool(20, { limits: { maximumResponseBytes } }), echo);
      const bytes = encodeAsapMessage(answer).length;
      expect(bytes).toBeLessThanOrEqual(maximumResponseBytes);
      expect(bytes).toBeGreaterThan(maximumResponseBytes - 80);
    }
  });

  test('section 2.2.6: the A flag is 1 where updates were asked for and are given, and 0 otherwise', () => {
    expect(resolve(withPool(1), echo, undefined, true).subscribed).toBe(true);
    expect(resolve(withPool(1), echo, undefined, false).subscribed).toBe(false);
    expect(resolve(withPool(1), other, undefined, true).subscribed).toBe(false);
    const limits = { maximumSubscriptions: 0 };
    expect(resolve(withPool(1, { limits }), echo, undefined, true).subscribed).toBe(false);
  });
});
