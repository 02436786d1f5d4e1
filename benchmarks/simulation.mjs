// How fast the evaluation model runs: events (messages that arrive, timers that fire) a second of one core.
//
//   npm run bench:sim [-- --seeds N]
//
// The last line is JSON. Time is processor time, so that others on the machine do not count; the first run of each cell
// is left out, in which the engine compiles.
import { parseArgs } from 'node:util';
import { checkParameters, simulateRun } from '@rserpool/simulator';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } });
const seeds = Number(values.seeds);
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error(`--seeds is '${values.seeds}'; it has to be a whole number from 1 on`);
  process.exit(2);
}

const cells = {
  'base, Least Used': { policy: 'LeastUsed' },
  'base, Round Robin': { policy: 'RoundRobin' },
  'base, Random': { policy: 'Random' },
  'failures, Least Used': { policy: 'LeastUsed', mtbf: 5, maxBadPeReports: 1 },
  'failures, Random': { policy: 'Random', mtbf: 5, maxBadPeReports: 1 },
  'base of 2005, half of the time away': { model: '2005', availability: 0.5 },
  'production, failures, Least Used': { model: 'rfc', policy: 'LeastUsed', mtbf: 5 },
};

const width = Math.max(...Object.keys(cells).map(({ length }) => length));
console.log(`${'cell'.padEnd(width)}  events a run  ms a run   events/s`);
const total = { events: 0, seconds: 0 };
for (const [name, cell] of Object.entries(cells)) {
  const parameters = checkParameters(cell);
  simulateRun(parameters, 0);
  const before = process.cpuUsage();
  let events = 0;
  for (let seed = 1; seed <= seeds; seed += 1) events += simulateRun(parameters, seed).events;
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  total.events += events;
  total.seconds += seconds;
  const columns = [events / seeds, (1000 * seconds) / seeds, events / seconds].map(Math.round);
  console.log(
    `${name.padEnd(width)}  ${String(columns[0]).padStart(12)}  ${String(columns[1]).padStart(8)}  ` +
      `${String(columns[2]).padStart(9)}`,
  );
}
console.log(JSON.stringify({ summary: { eventsPerSecond: Math.round(total.events / total.seconds) } }));
