import { RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { checkParameters } from './check-parameters.ts';
import { evaluationPolicies, parameterTable } from './parameter-table.ts';
import { meanRequestInterval, meanUptime, modelDefaults, type RunParameters } from './parameters.ts';

describe('the parameters of a run', () => {
  it('are those of the model where nothing else is said', () => {
    expect(checkParameters({})).toEqual(modelDefaults['2009']);
    for (const model of ['2009', '2005', 'rfc'] as const) {
      expect(checkParameters({ model })).toEqual(modelDefaults[model]);
    }
    expect(checkParameters({ model: '2005', delay: 50 })).toEqual({ ...modelDefaults['2005'], delay: 50 });
  });

  it('make a size the base of the MTBF, unless that has its own', () => {
    expect(checkParameters({ size: 1e6 }).mtbfSize).toBe(1e6);
    expect(checkParameters({ size: 1e6, mtbfSize: 1e7 }).mtbfSize).toBe(1e7);
  });

  it('are refused all at once, with what is allowed', () => {
    const wrong = { policy: 'Best', mtbf: -1, poolUsers: 1.5, colour: 'red', availability: 0.5 };
    const codeAndText = (): string => {
      try {
        checkParameters(wrong as unknown as Partial<RunParameters>);
      } catch (error) {
        return RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT') ? error.message : String(error);
      }
      return '';
    };
    expect(codeAndText()).toMatch(/there is no parameter colour/);
    expect(codeAndText()).toMatch(/policy is "Best"; it has to be one of RoundRobin, /);
    expect(codeAndText()).toMatch(/mtbf is -1; it has to be a number, more than 0, or never/);
    expect(codeAndText()).toMatch(/poolUsers is 1.5; it has to be a whole number/);
    expect(codeAndText()).toMatch(/downtime has to be more than 0/);
  });

  it('are read from text by their options', () => {
    const read = (name: string, text: string): unknown =>
      parameterTable.find((description) => description.name === name)?.parse(text);
    expect(read('mtbf', 'never')).toBe('never');
    expect(read('size', '1e7')).toBe(10_000_000);
    expect(read('policy', 'leastused')).toBe('LeastUsed');
    expect(read('encode', 'true')).toBe(true);
    expect(() => read('maxBadPeReports', '0')).toThrow(/--max-bad-pe-reports is '0'/);
  });

  it('have a description each', () => {
    const optional = ['requestInterval', 'capacities'];
    const described = parameterTable.map(({ name }) => name).toSorted();
    expect(described).toEqual([...Object.keys(modelDefaults['2009']), ...optional].toSorted());
    for (const { option, meaning, range } of parameterTable) {
      expect(option).toMatch(/^--[a-z-]+$/);
      expect(meaning.length * range.length).toBeGreaterThan(0);
    }
    expect(evaluationPolicies).toContain('WeightedRoundRobin');
  });

  it('give the interval of the requests and the life of an element', () => {
    // The example of the 2009 paper's scripts: ten users for each element, 60 %, ten seconds a request.
    expect(meanRequestInterval(modelDefaults['2009'])).toBeCloseTo(166.67, 2);
    expect(meanRequestInterval(checkParameters({ requestInterval: 5 }))).toBe(5);
    expect(meanUptime(checkParameters({}))).toBe(Infinity);
    expect(meanUptime(checkParameters({ mtbf: 5 }))).toBe(50);
    expect(meanUptime(checkParameters({ availability: 0.75, downtime: 60, mtbf: 5 }))).toBe(180);
  });
});
