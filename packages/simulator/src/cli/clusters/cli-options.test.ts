import { describe, expect, it } from 'vitest';
import { simulate } from '../../run/simulation.ts';
import { readCliOptions } from './cli-options.ts';
import { Summary } from './summary.ts';

describe('the command line of the simulator', () => {
  it('has defaults, and takes what it is told', () => {
    expect(readCliOptions([])).toMatchObject({ from: 1, seeds: 100, limitMs: undefined, json: false });
    expect(readCliOptions(['--minutes', '1.5'])).toMatchObject({ seeds: undefined, limitMs: 90_000 });
    expect(
      readCliOptions(['--seeds', '7', '--from', '9', '--jobs', '3', '--json', '--profile', 'lan']),
    ).toEqual({
      from: 9,
      seeds: 7,
      limitMs: undefined,
      jobs: 3,
      json: true,
      trace: false,
      transport: 'messages',
      scenario: { profile: 'lan' },
    });
    expect(readCliOptions(['--seed', '4', '--trace'])).toMatchObject({ from: 4, seeds: 1, trace: true });
    expect(readCliOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--seeds', '0'], "--seeds is '0'; allowed is 1 to 1000000000"],
    [['--from', 'x'], "--from is 'x'"],
    [['--profile', 'wan'], "--profile is 'wan'; allowed are rfc and lan"],
    [['--transport', 'tcp'], "--transport is 'tcp'; allowed are messages and sctp"],
    [['--trace'], '--trace needs --seed S'],
    [['--sed', '1'], 'allowed are --seeds'],
  ])('says in one line what is wrong and what is allowed: %j', (argv, message) => {
    expect(() => readCliOptions(argv)).toThrow(message);
  });
});

describe('the summary', () => {
  it('adds up what the seeds came to', () => {
    const summary = new Summary(1000);
    const result = simulate({ seed: 1, scenario: { profile: 'lan', faultMs: 2000 } });
    summary.add(result);
    summary.add({ ...result, seed: 2, violation: { at: 1, checker: 'peers', what: 'something' } });
    expect(summary.toJson(3000)).toMatchObject({
      seeds: 2,
      failed: 1,
      messages: 2 * result.messages,
      failedSeeds: [2],
      seconds: 2,
      messagesPerSecond: result.messages,
    });
    expect(summary.toText(3000)).toMatch(/^2 seeds, 1 failed, in 2\.0 s: /u);
  });
});
