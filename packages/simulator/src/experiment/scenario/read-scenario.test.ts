import { RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { adaptScenario } from './adapt-scenario.ts';
import { cellsOf, tasksOf } from './cells.ts';
import { parseScenario } from './read-scenario.ts';
import { ScenarioLibrary } from './scenario-library.ts';

const text = `
title: A figure
model: 2009
fixed:
  targetUtilization: 0.4
x:
  parameter: mtbf
  values: [1, 2, 3, 4, 5]
  label: MTBF
curves:
  policy: [LeastUsed, Random]
seeds: 3
panels:
  - metric: utilization
orderings:
  - says: Random is busier
    metric: utilization
    order: [{ policy: Random }, { policy: LeastUsed }]
    where: { mtbf: [1, 5] }
`;

const problemsOf = (source: string): string[] => {
  try {
    parseScenario('own', source);
  } catch (error) {
    if (RserpoolError.is(error, 'ERR_RSERPOOL_INVALID_ARGUMENT')) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
};

describe("a scenario's file", () => {
  it('is read with its defaults', () => {
    expect(parseScenario('own', text)).toMatchObject({
      name: 'own',
      source: 'own',
      fixed: { model: '2009', targetUtilization: 0.4 },
      x: { divideBy: 1, scale: 'linear' },
      readings: [],
    });
  });

  it('has a point for each combination, the axis varying fastest, and a run for each seed', () => {
    const cells = cellsOf(parseScenario('own', text));
    expect(cells.map(({ at }) => `${String(at['policy'])} ${String(at['mtbf'])}`)).toEqual([
      ...[1, 2, 3, 4, 5].map((mtbf) => `LeastUsed ${mtbf}`),
      ...[1, 2, 3, 4, 5].map((mtbf) => `Random ${mtbf}`),
    ]);
    expect(cells[3]?.tasks.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(cells[3]?.tasks[0]?.parameters).toMatchObject({
      policy: 'LeastUsed',
      mtbf: 4,
      targetUtilization: 0.4,
      poolElements: 10,
    });
    expect(
      tasksOf(cells)
        .slice(9, 12)
        .map(({ seed }) => seed),
    ).toEqual([1, 2, 2]);
  });

  it('may be wrong in many ways, and is told all of them with line and place', () => {
    const wrong = text
      .replace('title: A figure', 'titel: A figure')
      .replace('values: [1, 2, 3, 4, 5]', 'values: []')
      .replace('seeds: 3', 'seeds: many');
    expect(problemsOf(wrong)).toEqual([
      '  line 2: title is missing',
      '  line 8: x.values needs at least one value',
      '  line 12: seeds is "many", but must be number',
      '  line 2: titel is not known here',
    ]);
  });

  it('names parameters, values and metrics that there are', () => {
    const wrong = text
      .replace('targetUtilization: 0.4', 'utilisation: 0.4')
      .replace('[LeastUsed, Random]', '[LeastUsed, Best]')
      .replace('4, 5]\n  label', '4, -5]\n  label')
      .replace('- metric: utilization', '- metric: speed');
    const problems = problemsOf(wrong);
    expect(problems[0]).toMatch(
      /line 5: fixed\.utilisation 'utilisation' is no parameter; allowed are model, /u,
    );
    expect(problems[1]).toMatch(/line 8: x\.values\[4\] mtbf is -5; it has to be /u);
    expect(problems[2]).toMatch(/line 11: curves\.policy\[1\] policy is "Best"; it has to be one of /u);
    expect(problems[3]).toMatch(
      /line 14: panels\[0\]\.metric 'speed' is no metric; allowed are utilization, /u,
    );
    expect(problems.slice(4)).toEqual([
      '  line 18: orderings[0].order[0].policy Random is not simulated; allowed are LeastUsed, Best',
      '  line 19: orderings[0].where.mtbf 5 is not simulated; allowed are 1, 2, 3, 4, -5',
    ]);
  });

  it('says each parameter once, and what is ordered', () => {
    const wrong = text
      .replace('  targetUtilization: 0.4', '  mtbf: 4')
      .replace('policy: [LeastUsed', 'policy: [Random')
      .replace('    order: [{ policy: Random }, { policy: LeastUsed }]\n', '');
    expect(problemsOf(wrong)).toEqual([
      '  line 5: fixed.mtbf is swept already',
      "  line 16: orderings[0] needs either 'order' or 'between'",
    ]);
  });

  it('is YAML', () => {
    expect(() => parseScenario('own', 'title: [', 'own.yaml')).toThrow(/own\.yaml is no YAML: .* line 1/u);
  });
});

describe('a scenario that is run in another way', () => {
  const scenario = parseScenario('own', text);

  it('takes other values on the command line, several for what is swept', () => {
    const adapted = adaptScenario(scenario, {
      settings: ['delay=50', 'policy=RoundRobin,Random', 'mtbf=7'],
      isQuick: false,
      seeds: 2,
    });
    expect(adapted).toMatchObject({
      fixed: { delay: 50, targetUtilization: 0.4 },
      curves: { policy: ['RoundRobin', 'Random'] },
      x: { values: [7] },
      seeds: 2,
    });
  });

  it.each(['delay', 'delay=', 'speed=1', 'delay=fast'])('refuses the setting %s', (setting) => {
    expect(() => adaptScenario(scenario, { settings: [setting], isQuick: false })).toThrow(
      /ERR_RSERPOOL_INVALID_ARGUMENT: .*(allowed is name=value|has to be)/u,
    );
  });

  it('is quick with every second point and four seeds at most, and the ends stay', () => {
    const quick = adaptScenario({ ...scenario, seeds: 24 }, { settings: [], isQuick: true });
    expect(quick.x.values).toEqual([1, 3, 5]);
    expect(quick.seeds).toBe(4);
    const even = adaptScenario(scenario, { settings: ['mtbf=1,2,3,4'], isQuick: true });
    expect(even.x.values).toEqual([1, 2, 3, 4]);
  });
});

describe('the scenarios of the package', () => {
  const library = new ScenarioLibrary(new URL('../../../scenarios/', import.meta.url));

  it('are those of the two papers, in their order', () => {
    expect(library.names).toEqual([
      ...[7, 8, 9, 10, 11, 12, 13, 14].map((figure) => `figure-${figure}`),
      ...[5, 6, 7].map((figure) => `2005-figure-${figure}`),
    ]);
  });

  it.each(library.names)('%s is right, and says what is to be seen', (name) => {
    const scenario = library.find(name);
    expect(scenario.orderings.length).toBeGreaterThan(0);
    expect(scenario.about).not.toBe('');
  });

  it('are told where a name is wrong', () => {
    expect(() => library.find('figure-99')).toThrow(
      /there is no scenario 'figure-99'; allowed are figure-7, /u,
    );
  });
});
