import { describe, expect, it } from 'vitest';
import { readMainJobOptions } from './main-job-options.ts';

describe('the command line of the main job', () => {
  it('has defaults', () => {
    expect(readMainJobOptions([])).toEqual({ json: false, output: 'fractal.png', rowPauseMs: 20 });
  });

  it('takes what it is told', () => {
    const options = readMainJobOptions(['--json', '--output', 'picture.png', '--row-pause', '0']);
    expect(options).toEqual({ json: true, output: 'picture.png', rowPauseMs: 0 });
  });

  it('gives nothing where help is asked for', () => {
    expect(readMainJobOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--row-pause', '101'], /allowed is 0 to 100/u],
    [['--row-pause', 'long'], /allowed is 0 to 100/u],
    [['--colour'], /allowed are --json/u],
    [['picture.png'], /allowed are --json/u],
    [['--json=yes'], /allowed are --json/u],
  ])('says in one line what is wrong and what is allowed: %j', (argv, message) => {
    expect(() => readMainJobOptions(argv)).toThrow(message);
    expect(() => readMainJobOptions(argv)).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' }),
    );
  });
});
