import { describe, expect, it } from 'vitest';
import { RserpoolError } from './rserpool-error.ts';

describe('an error of the family', () => {
  const cause = new Error('below');
  const error = new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', 'the port is 70000', { cause });

  it('has a code, which begins its message, and its cause', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('RserpoolError');
    expect(error.code).toBe('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(error.message).toBe('ERR_RSERPOOL_INVALID_ARGUMENT: the port is 70000');
    expect(error.cause).toBe(cause);
  });

  it('is recognized, with any code or with its own', () => {
    expect(RserpoolError.is(error)).toBe(true);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT')).toBe(true);
    expect(RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_MESSAGE')).toBe(false);
  });

  it('is recognized where it comes from another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), {
      code: 'ERR_RSERPOOL_X',
      [Symbol.for('@rserpool/error')]: true,
    });
    expect(RserpoolError.is(foreign, 'ERR_RSERPOOL_X')).toBe(true);
  });

  it.each([undefined, null, 'text', 7, {}, new Error('other')])('is not %o', (value) => {
    expect(RserpoolError.is(value)).toBe(false);
  });

  it('shows no brand when it is printed or copied', () => {
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
  });
});
