import { describe, expect, it } from 'vitest';
import type { ElementNode } from '../cluster/element-node.ts';
import type { RegistrarNode } from '../cluster/registrar-node.ts';
import { ConflictRule } from './conflict-rule.ts';

const registrar = (identifier: number, isHolder: boolean): RegistrarNode =>
  ({
    identifier,
    name: `pr${identifier}`,
    host: { identifier },
    isAssociatedWith: () => isHolder,
  }) as unknown as RegistrarNode;

const element = (registeredAt = 0, home?: RegistrarNode, isRegistering = false): ElementNode =>
  ({
    key: 'pool/1',
    name: 'pe1',
    isWanted: true,
    registeredAt,
    isRegistering,
    host: {},
    home: home?.host,
  }) as unknown as ElementNode;

describe('the rule that ends conflicts', () => {
  it('gives the element to the registrar that holds its association', () => {
    const [holder, other] = [registrar(1, true), registrar(2, false)];
    const rule = new ConflictRule();
    rule.observe(element(), [holder, other], true, 10);
    expect(rule.observe(element(), [holder], true, 20)).toBeUndefined();
    rule.observe(element(), [holder, other], true, 30);
    expect(rule.observe(element(), [other], true, 40)).toBe(
      'pe1 (pool/1) was claimed by pr1 (1) and pr2 (2) and went to pr2, not to pr1',
    );
    expect(rule.decided).toBe(2);
  });

  it.each([true, false])('gives it to the larger identifier where both or neither do (%s)', (isHolder) => {
    const [small, large] = [registrar(1, isHolder), registrar(2, isHolder)];
    const rule = new ConflictRule();
    rule.observe(element(), [small, large], true, 10);
    expect(rule.observe(element(), [large], true, 20)).toBeUndefined();
    rule.observe(element(), [small, large], true, 30);
    expect(rule.observe(element(), [small], true, 40)).toContain('went to pr1, not to pr2');
  });

  it('takes the association for the live one that the element counts on, where a former home still has one', () => {
    const [home, former] = [registrar(1, true), registrar(2, true)];
    const rule = new ConflictRule();
    rule.observe(element(0, home), [home, former], true, 10);
    expect(rule.observe(element(0, home), [home], true, 20)).toBeUndefined();
    rule.observe(element(0, home), [home, former], true, 30);
    expect(rule.observe(element(0, home), [former], true, 40)).toContain('went to pr2, not to pr1');
  });

  it('waits for a registration that is under way, and judges where it was in vain', () => {
    const [small, large] = [registrar(1, false), registrar(2, false)];
    const rule = new ConflictRule();
    rule.observe(element(), [small, large], true, 10);
    expect(rule.observe(element(0, undefined, true), [small], true, 20)).toBeUndefined();
    expect(rule.observe(element(0), [small], true, 30)).toContain('went to pr1, not to pr2');
    rule.observe(element(), [small, large], true, 40);
    expect(rule.observe(element(0, undefined, true), [small], true, 50)).toBeUndefined();
    expect(rule.observe(element(55), [small], true, 60)).toBeUndefined();
  });

  it('leaves it to the element that has registered meanwhile, and to whatever disturbs them', () => {
    const [small, large] = [registrar(1, false), registrar(2, false)];
    const rule = new ConflictRule();
    rule.observe(element(), [small, large], true, 10);
    expect(rule.observe(element(15), [small], true, 20)).toBeUndefined();
    rule.observe(element(), [small, large], true, 30);
    rule.observe(element(), [small, large], false, 35);
    expect(rule.observe(element(), [small], true, 40)).toBeUndefined();
    expect(rule.decided).toBe(0);
  });
});
