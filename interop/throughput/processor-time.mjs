// How much the processes of a group have computed, on Linux.
import { readdirSync, readFileSync } from 'node:fs';

/** Behind the name, which may hold anything: state, parent, group. */
const groupOf = (stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);

/** Reads what may be gone meanwhile. */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function threadsOf(process) {
  try {
    return readdirSync(`/proc/${process}/task`);
  } catch {
    return [];
  }
}

/** The processor time of all threads of the processes of a group that are there, in seconds. */
export function processorSeconds(group) {
  let nanoseconds = 0;
  for (const process of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (groupOf(readIfThere(`/proc/${process}/stat`)) !== group) continue;
    for (const thread of threadsOf(process)) {
      nanoseconds += Number(readIfThere(`/proc/${process}/task/${thread}/schedstat`).split(' ')[0]);
    }
  }
  return nanoseconds / 1e9;
}
