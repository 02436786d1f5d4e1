import type { DemoEvent } from './demo-event.ts';

/**
 * An event as a line of the timeline, or `undefined` for those that only the progress bar and programs want.
 *
 * @param event - What happened.
 */
export function describeEvent(event: DemoEvent): string | undefined {
  switch (event.event) {
    case 'started':
      return `started       ${event.process} (pid ${event.pid})`;
    case 'peerDiscovered':
      return `peer found    registrar ${event.registrar} knows registrar ${event.peer}`;
    case 'registered':
      return `registered    ${event.process} ${event.element} at registrar ${event.registrar}`;
    case 'selected':
      return `selected      element ${event.element}`;
    case 'connected':
      return `connected     session with element ${event.element}`;
    case 'cookie':
      return event.row % 40 === 0 ? `cookie        state up to row ${event.row} is with the user` : undefined;
    case 'progress':
      return undefined;
    case 'killed':
      return `KILLED        ${event.process} ${event.identifier} (pid ${event.pid}, SIGKILL)`;
    case 'detected':
      return `detected      loss of element ${event.element} after ${event.afterMs} ms (${event.reason})`;
    case 'failedOver':
      return `failed over   from ${event.from} to element ${event.to}, ${event.afterMs} ms after the kill`;
    case 'resumed':
      return `resumed       at row ${event.row} from the last cookie`;
    case 'takeover':
      return `takeover      registrar ${event.registrar} took over ${count(event.elements)} of ${event.target} after ${event.afterMs} ms`;
    case 'adopted':
      return `adopted       ${event.process} ${event.element} has registrar ${event.registrar} as its new home`;
    case 'cut':
      return `CUT           the network of ${event.process} at ${event.address}`;
    case 'path':
      return `path          to ${event.address} of element ${event.element} is ${event.state}${event.afterMs < 0 ? '' : `, ${event.afterMs} ms after the cut`}`;
    case 'picture':
      return `picture       ${event.file}: ${event.rows} rows, ${event.identical ? 'identical to' : 'DIFFERENT from'} an uninterrupted computation`;
    case 'error':
      return `ERROR         ${event.process}: ${event.message}`;
    case 'done':
      return `${event.ok ? 'done          ' : 'FAILED        '}${summary(event)}`;
  }
}

function summary(event: Extract<DemoEvent, { event: 'done' }>): string {
  if (event.message !== undefined) return event.message;
  const { failovers, takeovers, resumedAtRow, rowsRecomputed, detectMs, failoverMs, pathFailureMs } = event;
  return `${failovers} failover (noticed in ${detectMs} ms, moved in ${failoverMs} ms, resumed at row ${resumedAtRow}, ${rowsRecomputed} rows computed twice), ${takeovers} takeover, ${pathFailureMs < 0 ? 'no path cut' : `one path cut (noticed in ${pathFailureMs} ms)`}, nothing lost`;
}

function count(elements: number): string {
  return elements === 1 ? '1 element' : `${elements} elements`;
}
