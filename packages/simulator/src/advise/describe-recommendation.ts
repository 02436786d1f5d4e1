import type { Estimate } from '../experiment/statistics/estimate.ts';
import { formatEstimate, formatNumber } from '../experiment/statistics/format.ts';
import { type Choice, stageTitles } from './candidates.ts';
import type { Outcome } from './evaluate-candidates.ts';
import { isHeterogeneous, type PoolDescription, totalCapacity } from './pool-description.ts';
import type { Recommendation, StageResult } from './recommend.ts';

/**
 * A recommendation as text: what to set, why, the candidates of each stage, and what to beware of.
 *
 * @param recommendation - The recommendation.
 */
export function describeRecommendation(recommendation: Recommendation): string {
  const { choice, pool, seeds, stages, duration, warnings } = recommendation;
  const lines = [
    `Pool: ${describePool(pool)}`,
    `Load: the users ask for ${formatNumber(100 * recommendation.offeredLoad, 3)} % of the capacity.`,
    `Equation (1) of the 2009 paper: ${describeEquation(recommendation)}`,
  ];
  if (choice !== undefined) {
    lines.push(
      `Simulated: ${seeds} seeds a candidate, ${duration} s each; means with 95 % confidence intervals.`,
      '',
      'Recommended',
      ...describeChoice(choice).map(([name, value]) => `  ${name.padEnd(30)} ${value}`),
      ...stages.flatMap((stage) => ['', ...describeStage(stage)]),
    );
  }
  if (warnings.length > 0) lines.push('', ...warnings.map((warning) => `Warning: ${warning}`));
  return lines.join('\n');
}

/**
 * A recommendation as an object for JSON.
 *
 * @param recommendation - The recommendation.
 */
export function recommendationToPlain(recommendation: Recommendation): Record<string, unknown> {
  const { stages, warnings, ...rest } = recommendation;
  return {
    ...rest,
    choice: rest.choice ?? null,
    stages: stages.map(({ stage, chosen, fastest, reason, warnings: own, outcomes }) => ({
      stage,
      chosen: chosen.candidate.label,
      fastest: fastest.candidate.label,
      reason,
      warnings: own,
      candidates: outcomes.map(outcomeToPlain),
    })),
    warnings,
  };
}

function outcomeToPlain({ candidate, speeds: _speeds, ...estimates }: Outcome): Record<string, unknown> {
  return { label: candidate.label, choice: candidate.choice, ...estimates };
}

function describePool(pool: PoolDescription): string {
  const { capacities, delay, downtime, mtbf, objective, rate, size, users } = pool;
  const [first = 0] = capacities;
  const elements = isHeterogeneous(pool)
    ? `${capacities.length} elements of ${capacities.map((capacity) => formatNumber(capacity)).join(', ')} calculations/s`
    : `${capacities.length} elements of ${formatNumber(first)} calculations/s`;
  const failures =
    mtbf === 'never' ? 'no failures' : `MTBF ${formatNumber(mtbf)} s, back after ${formatNumber(downtime)} s`;
  return `${elements}; ${formatNumber(rate)} requests/s of ${formatNumber(size)} calculations by ${users} users; ${failures}; delay ${formatNumber(delay)} ms; objective ${objective}.`;
}

function describeEquation({ pool, equationOne }: Recommendation): string {
  if (equationOne === 'never' || pool.mtbf === 'never')
    return 'nothing fails, so that no cookies are needed.';
  const average = totalCapacity(pool) / pool.capacities.length;
  const formula = `CookieMaxCalcs = -2 * ${formatNumber(pool.mtbf)} s * ${formatNumber(average)}/s * (${pool.goodput} - 1) = ${formatNumber(equationOne)} calculations`;
  return `${formula}, ${formatNumber(pool.size / equationOne, 3)} cookies a request.`;
}

/** What to set, as pairs of name and value. */
function describeChoice(choice: Choice): readonly (readonly [string, string])[] {
  const { cookie, policy } = choice;
  return [
    ['policy', policy],
    ['cookie interval', cookie === 'never' ? 'never' : `${formatNumber(cookie)} calculations`],
    ['session keep-alive', keepAlive(choice.jobKeepalive, choice.jobKeepaliveTimeout)],
    ['endpoint keep-alive', keepAlive(choice.endpointKeepalive, choice.endpointKeepaliveTimeout)],
    ['failure reports (MAX-BAD-PE)', String(choice.maxBadPeReports)],
  ];
}

function keepAlive(interval: number, timeout: number): string {
  return `every ${interval} s, timeout ${timeout} s`;
}

function describeStage({ stage, outcomes, chosen, reason, warnings }: StageResult): readonly string[] {
  const rows = outcomes.map((outcome) => [
    outcome === chosen ? '*' : '',
    outcome.candidate.label,
    ...[outcome.utilization, outcome.handlingSpeed, outcome.messagesPerSecond, outcome.lostWork].map(cellOf),
  ]);
  const head = ['', stageTitles[stage], 'utilization/%', 'speed/%', 'messages/s', 'lost work/%'];
  return [...table([head, ...rows]), reason, ...warnings.map((warning) => `Note: ${warning}`)];
}

function cellOf(value: Estimate): string {
  return formatEstimate(value);
}

/** Columns as wide as their widest entry. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
