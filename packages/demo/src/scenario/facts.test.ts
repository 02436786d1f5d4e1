import { describe, expect, it } from 'vitest';
import { describeEvent } from './describe-event.ts';
import { Facts } from './facts.ts';

/** Facts after both registrars listen and an element is registered at the second one. */
function startedFacts(): Facts {
  const facts = new Facts();
  facts.learn(
    'registrar-1',
    {
      event: 'listening',
      identifier: 'r1',
      asap: '127.0.0.1:1 [::1]:1',
      poolUsers: '127.0.0.1:2',
      enrp: '127.0.0.1:3',
    },
    0,
  );
  facts.learn(
    'registrar-2',
    {
      event: 'listening',
      identifier: 'r2',
      asap: '127.0.0.1:4',
      poolUsers: '127.0.0.1:5',
      enrp: '127.0.0.1:6',
    },
    0,
  );
  facts.learn('element-1', { event: 'registeredAt', process: 'element-1', element: 'e1', asapPort: 4 }, 0);
  return facts;
}

describe('what the job knows', () => {
  it('finds the home registrar of an element by its port, and a new one by the adoption', () => {
    const facts = startedFacts();
    expect(facts.homeOf('e1')).toBe('r2');
    expect(facts.processOf(facts.homeOf('e1'))).toBe('registrar-2');
    facts.learn('element-1', { event: 'adopted', process: 'element-1', element: 'e1', registrar: 'r1' }, 0);
    expect(facts.homeOf('e1')).toBe('r1');
    expect(facts.isAdopted('e1')).toBe(true);
  });

  it('measures from the kill, and never less than nothing', () => {
    const facts = startedFacts();
    facts.killed('element-1', 1000);
    const detected = { event: 'detected', element: 'e1', afterMs: 0, reason: 'reset' } as const;
    expect(facts.learn('user', detected, 1012.34)).toMatchObject({ afterMs: 12.3 });
    expect(facts.learn('user', detected, 999.9)).toMatchObject({ afterMs: 0 });
  });

  it('makes the result, with what never happened as -1', () => {
    const facts = startedFacts();
    expect(facts.result('too bad')).toEqual({
      event: 'done',
      ok: false,
      failovers: 0,
      takeovers: 0,
      resumedAtRow: -1,
      rowsRecomputed: 0,
      detectMs: -1,
      failoverMs: -1,
      pathFailureMs: -1,
      message: 'too bad',
    });
    facts.learn('user', { event: 'failedOver', from: 'e1', to: 'e2', afterMs: 0 }, 0);
    facts.learn('user', { event: 'resumed', element: 'e2', row: 80 }, 0);
    facts.learn('user', { event: 'complete', file: 'f', rows: 320, rowsRecomputed: 3 }, 0);
    expect(facts.result()).toMatchObject({ ok: true, failovers: 1, resumedAtRow: 80, rowsRecomputed: 3 });
    expect(facts.serving).toBe('e2');
  });
});

describe('the timeline', () => {
  it('shows a picture that differs and a failed job clearly', () => {
    const picture = { t: 1, event: 'picture', file: 'f.png', rows: 2, identical: false } as const;
    expect(describeEvent(picture)).toContain('DIFFERENT');
    expect(describeEvent({ t: 1, ...new Facts().result('nothing more happened') })).toBe(
      'FAILED        nothing more happened',
    );
  });

  it('leaves progress to the bar', () => {
    expect(describeEvent({ t: 1, event: 'progress', rows: 1, of: 2 })).toBeUndefined();
  });
});
