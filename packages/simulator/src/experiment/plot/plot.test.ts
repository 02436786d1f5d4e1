import { describe, expect, it } from 'vitest';
import { FigureResults } from '../results/figure-results.ts';
import { toCsv, toJson } from '../results/results-files.ts';
import type { RunTask } from '../runs/run-task.ts';
import { parseScenario } from '../scenario/read-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { plotSpecification } from './plot-specification.ts';
import { renderSvg } from './render-svg.ts';

const scenario = parseScenario(
  'own',
  `
title: A figure
model: 2009
x: { parameter: jobKeepalive, values: [10, 50], label: 'Interval [handling times]', divideBy: 10 }
curves: { delay: [0, 50], policy: [LeastUsed, Random] }
seeds: 3
panels: [{ metric: utilization }, { metric: handlingSpeed, label: Speed }]
`,
);
const resultsOf = (own: Scenario): FigureResults =>
  new FigureResults(own, {
    results: (tasks: readonly RunTask[]) =>
      tasks.map(({ parameters, seed }) => ({
        utilization: parameters.jobKeepalive + seed,
        handlingSpeed: 50,
        failoverTime: seed === 1 ? Number.NaN : 2,
      })),
  });

describe('the plot of a figure', () => {
  it('has its plots side by side, with curves, marks, error bars and legends', async () => {
    const svg = await renderSvg(plotSpecification(resultsOf(scenario)));
    expect(svg).toMatch(/^<svg .*<\/svg>$/su);
    for (const text of [
      'A figure',
      'Average system utilization [%]',
      'Speed',
      'Interval [handling times]',
      'Policy',
      'LeastUsed',
      'Random',
      'Delay [ms]',
      '50',
    ]) {
      expect(svg).toContain(`>${text}<`);
    }
    const marked = (role: string): number => svg.split(`aria-roledescription="${role}"`).length - 1;
    // Two plots of four curves with two points; the speed is the same in all runs and has no error bars.
    expect(marked('line mark')).toBe(8);
    expect(marked('point')).toBe(16);
    expect(svg).not.toMatch(/NaN|undefined|null/u);
  });

  it('tells curves of one parameter by colour, line and mark', async () => {
    const one = { ...scenario, curves: { policy: ['LeastUsed', 'Random'] } };
    const svg = await renderSvg(plotSpecification(resultsOf(one)));
    // One legend of lines, and one of marks and colours.
    expect(svg.split('>Policy<')).toHaveLength(3);
    expect(svg).toContain('stroke-dasharray="7,3"');
  });

  it('leaves out points without a value', async () => {
    const none = { ...scenario, panels: [{ metric: 'cookies' }] };
    expect(await renderSvg(plotSpecification(resultsOf(none)))).not.toMatch(/NaN|undefined/u);
  });
});

describe('the files of a figure', () => {
  it('are tidy CSV with a line for each point and metric', () => {
    const lines = toCsv(resultsOf(scenario)).split('\n');
    expect(lines[0]).toBe('figure,delay,policy,jobKeepalive,metric,mean,halfWidth,runs');
    expect(lines.filter((line) => line.includes(',utilization,'))).toHaveLength(8);
    expect(lines).toContain('own,50,Random,10,handlingSpeed,50,0,3');
    expect(lines).toContain('own,0,LeastUsed,10,failoverTime,2,0,2');
    expect(lines).toContain('own,0,LeastUsed,10,cookies,,,0');
  });

  it('are JSON with all parameters and metrics', () => {
    const json = JSON.parse(toJson(resultsOf(scenario), [], 'abc')) as {
      cells: { at: object; parameters: object; metrics: Record<string, object> }[];
    };
    expect(json).toMatchObject({ figure: 'own', modelVersion: 'abc', seeds: 3 });
    expect(json.cells).toHaveLength(8);
    expect(json.cells[0]).toMatchObject({
      at: { delay: 0, policy: 'LeastUsed', jobKeepalive: 10 },
      parameters: { delay: 0, poolElements: 10 },
    });
    expect(json.cells[0]?.metrics['utilization']).toMatchObject({ mean: 12, runs: 3 });
  });
});
