import { describe, expect, it } from 'vitest';
import { PolicyError } from './policy-error.ts';

describe('policy error', () => {
  it('belongs to the family by its brand, which is not enumerable', () => {
    const error = new PolicyError('ERR_RSERPOOL_INVALID_ARGUMENT', 'say what to do');
    expect(Symbol.for('@rserpool/error') in error).toBe(true);
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
    expect(error).toBeInstanceOf(RangeError);
  });

  it('has code, message, path and cause', () => {
    const cause = new Error('why');
    const error = new PolicyError('ERR_RSERPOOL_INVALID_POLICY', 'is wrong', {
      cause,
      path: 'policy.weight',
    });
    expect(error).toMatchObject({
      name: 'PolicyError',
      code: 'ERR_RSERPOOL_INVALID_POLICY',
      path: 'policy.weight',
      cause,
    });
    expect(error.message).toBe('ERR_RSERPOOL_INVALID_POLICY: is wrong');
    expect('cause' in new PolicyError('ERR_RSERPOOL_INVALID_POLICY', 'is wrong')).toBe(false);
  });
});
