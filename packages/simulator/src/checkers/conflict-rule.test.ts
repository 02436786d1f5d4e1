import { describe, expect, it } from 'vitest';
import type { ElementNode } from '../cluster/element-node.ts';
import type { RegistrarNode } from '../cluster/registrar-node.ts';
import { ConflictRule } from './conflict-rule.ts';

interface Registrar {
  readonly isHolder?: boolean;
  readonly grantedAt?: number;
  readonly hasTakenOver?: readonly number[];
}

const registrar = (identifier: number, options: Registrar = {}): RegistrarNode =>
  ({
    identifier,
    name: `pr${identifier}`,
    holds: () => options.isHolder ?? false,
    grantedAt: () => options.grantedAt ?? Number.NEGATIVE_INFINITY,
    hasTakenOver: (other: number) => options.hasTakenOver?.includes(other) ?? false,
  }) as unknown as RegistrarNode;

const element = (registeredAt = 0, registrationSentAt = 0): ElementNode =>
  ({
    key: 'pool/1',
    name: 'pe1',
    isWanted: true,
    registeredAt,
    registrationSentAt,
  }) as unknown as ElementNode;

/** What the rule says about a conflict that was seen at 20, and ended at 30 with one home. */
function judged(
  claimants: readonly RegistrarNode[],
  home: RegistrarNode,
  registeredAt = 0,
  registrationSentAt = 0,
): string | undefined {
  const rule = new ConflictRule();
  rule.observe(element(), [home], true, true, 10);
  rule.observe(element(), claimants, false, true, 20);
  return rule.observe(element(registeredAt, registrationSentAt), [home], true, true, 30);
}

describe('the rule that ends conflicts', () => {
  it('gives the element to the registrar that holds its association', () => {
    const [holder, other] = [registrar(1, { isHolder: true }), registrar(2)];
    expect(judged([holder, other], holder)).toBeUndefined();
    expect(judged([holder, other], other)).toBe(
      'pe1 (pool/1) was claimed by pr1 (1) and pr2 (2) and went to pr2, not to pr1 (1)',
    );
  });

  it.each([true, false])('gives it to the larger identifier where both or neither do (%s)', (isHolder) => {
    const [small, large] = [registrar(1, { isHolder }), registrar(2, { isHolder })];
    expect(judged([small, large], large)).toBeUndefined();
    expect(judged([small, large], small)).toContain('went to pr1, not to pr2');
  });

  it('lets a registrar give back what it took over and did not reach', () => {
    const [target, winner] = [registrar(1), registrar(2, { hasTakenOver: [1] })];
    expect(judged([target, winner], target)).toBeUndefined();
    expect(judged([target, winner], winner)).toBeUndefined();
    const holder = registrar(2, { isHolder: true, hasTakenOver: [1] });
    expect(judged([target, holder], target)).toContain('went to pr1, not to pr2');
  });

  it('counts a registration since the conflict began, told to the element or heard of late', () => {
    const [small, large] = [registrar(1), registrar(2)];
    expect(judged([small, large], small, 15)).toBeUndefined();
    expect(judged([small, large], small, 5)).toContain('went to pr1');
    expect(judged([registrar(1, { grantedAt: 15 }), large], registrar(1, { grantedAt: 15 }))).toBeUndefined();
    expect(judged([registrar(1, { grantedAt: 5 }), large], registrar(1, { grantedAt: 5 }))).toContain(
      'to pr1',
    );
  });

  it('counts a registration that is under way to the home that all agree about', () => {
    const [small, large] = [registrar(1), registrar(2)];
    expect(judged([small, large], small, 0, 15)).toBeUndefined();
    expect(judged([small, large], small, 0, 5)).toContain('went to pr1, not to pr2');
  });

  it('counts an association that came up since the last look, unless the larger identifier held one before', () => {
    const reached = (identifier: number): RegistrarNode => {
      const node = registrar(identifier, { isHolder: true });
      return Object.assign(node, { holds: (one: ElementNode) => one.registeredAt < 0 });
    };
    const [small, large] = [reached(1), reached(2)];
    expect(judged([small, registrar(2)], small, -1)).toBeUndefined();
    expect(judged([registrar(1, { isHolder: true }), large], large, -1)).toBeUndefined();
    expect(judged([small, registrar(2, { isHolder: true })], small, -1)).toContain('went to pr1, not to pr2');
  });

  it('judges when all agree, the element included, and not before', () => {
    const [small, large] = [registrar(1), registrar(2)];
    const rule = new ConflictRule();
    rule.observe(element(), [small], true, true, 5);
    rule.observe(element(), [small, large], false, true, 10);
    expect(rule.observe(element(), [small], false, true, 20)).toBeUndefined();
    expect(rule.observe(element(), [], false, true, 30)).toBeUndefined();
    expect(rule.observe(element(), [small], true, true, 40)).toContain('went to pr1, not to pr2');
    expect(rule.decided).toBe(1);
  });

  it('leaves it to whatever disturbs them', () => {
    const [small, large] = [registrar(1), registrar(2)];
    const rule = new ConflictRule();
    rule.observe(element(), [small, large], false, true, 10);
    rule.observe(element(), [small, large], false, false, 20);
    expect(rule.observe(element(), [small], true, true, 30)).toBeUndefined();
    expect(rule.decided).toBe(0);
  });
});
