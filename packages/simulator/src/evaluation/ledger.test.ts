import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

describe('the books of a run', () => {
  it('balance over failures, cookies and an element that worked on in vain', () => {
    const ledger = new Ledger();
    const id = ledger.request(100);
    const first = ledger.begin(id, 0);
    ledger.end(first, 70);
    expect(ledger.inProgress()).toBe(70);
    // The cookie said 50: the rest has to be done again, and a second element believes that it has the request, too.
    const second = ledger.begin(id, 50);
    expect(ledger.lost).toBe(20);
    const third = ledger.begin(id, 50);
    ledger.end(second, 65);
    ledger.end(third, 100);
    ledger.complete(id);
    expect(ledger.lost).toBe(35);
    expect(() => {
      ledger.check(70 + 15 + 50);
    }).not.toThrow();
  });

  it('tell by how much the work that was done differs from what became of it', () => {
    const ledger = new Ledger();
    const id = ledger.request(1000);
    ledger.end(ledger.begin(id, 0), 1000);
    ledger.complete(id);
    expect(() => {
      ledger.check(1500);
    }).toThrow(/did 1500 calculations, but 1000 completed, 0 lost and 0 in progress/);
  });

  it('do not take a request that is completed twice, or half', () => {
    const ledger = new Ledger();
    const once = ledger.request(1000);
    ledger.end(ledger.begin(once, 0), 1000);
    ledger.complete(once);
    expect(() => {
      ledger.complete(once);
    }).toThrow('ERR_RSERPOOL_INVARIANT');
    const half = ledger.request(1000);
    ledger.end(ledger.begin(half, 0), 500);
    expect(() => {
      ledger.complete(half);
    }).toThrow(/completed with 500 of 1000/);
  });
});
