import type { MetricDescription } from '../../evaluation/metrics.ts';
import { parameterTable } from '../../evaluation/parameter-table.ts';

/**
 * A parameter as a legend names it: its option's words, and the unit.
 *
 * @param name - The parameter.
 */
export function parameterTitle(name: string): string {
  const unit = parameterTable.find((parameter) => parameter.name === name)?.unit ?? '';
  const words = name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Mtbf/u, 'MTBF');
  return unit === '' ? title : `${title} [${unit}]`;
}

/**
 * A metric as an axis names it: its title, and the unit.
 *
 * @param metric - The metric; `undefined` for one that is not known.
 * @param name - What it is called then.
 */
export function metricTitle(metric: MetricDescription | undefined, name: string): string {
  if (metric === undefined) return name;
  return metric.unit === '' ? metric.title : `${metric.title} [${metric.unit}]`;
}
