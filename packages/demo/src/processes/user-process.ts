import { writeFile } from 'node:fs/promises';
import { encodePicture, receivePicture, seahorseValley, ServicePoolHandle } from '@rserpool/services';
import { decodeFractalCookie } from '@rserpool/services/machine';
import { createPoolUser, type SessionEvent } from '@rserpool/session';
import { createAsapTcpTransport } from '@rserpool/transport';
import { formatIpAddress } from '@rserpool/wire';
import { Cable } from './cable.ts';
import { demoTransport } from './demo-transport.ts';
import { formatIdentifier } from './identifier.ts';
import { report } from './process-message.ts';
import type { Role } from './role.ts';
import { untilDisconnected } from './until-disconnected.ts';

/** After how many rows the progress is reported. */
const rowsPerReport = 4;

/**
 * The pool user of the job: it has the picture computed in a session and writes it.
 *
 * @param role - Its name, the registrars and the file.
 */
export async function runUser(role: Role): Promise<void> {
  const cable = new Cable((address) => report({ event: 'cut', process: role.name, address }));
  await using user = await createPoolUser({
    transport: createAsapTcpTransport(),
    sessionTransports: { sctp: demoTransport({ pathFilter: cable.passes }) },
    registrars: role.registrars,
    profile: 'lan',
  });
  const timeline = new SessionTimeline();
  await using session = await user.connect(ServicePoolHandle.fractal, {
    resend: 'sinceCookie',
    onEvent: (event) => timeline.take(event),
  });
  let reported = 0;
  const picture = await receivePicture(session, seahorseValley, (row, { rows, isComplete }) => {
    timeline.row(row);
    if (rows < reported + rowsPerReport && !isComplete) return;
    reported = rows;
    report({ event: 'progress', rows, of: seahorseValley.height });
  });
  await writeFile(role.output, encodePicture(picture));
  report({
    event: 'complete',
    file: role.output,
    rows: picture.rows,
    rowsRecomputed: picture.rowsRecomputed,
  });
  // The session stays open, so that the job sees whether it survives what is still to come.
  await untilDisconnected();
}

/** Turns the events of the session into those of the job. */
class SessionTimeline {
  #element = '';
  #isResuming = false;

  /** Takes what the session tells. */
  take(event: SessionEvent): void {
    switch (event.type) {
      case 'selected':
        report({ event: 'selected', element: formatIdentifier(event.element.identifier) });
        break;
      case 'connected':
        this.#element = formatIdentifier(event.element.identifier);
        report({ event: 'connected', element: this.#element });
        break;
      case 'cookieStored':
        report({
          event: 'cookie',
          element: this.#element,
          row: decodeFractalCookie(event.cookie)?.currentY ?? -1,
        });
        break;
      case 'elementLost': {
        const element = formatIdentifier(event.element.identifier);
        report({ event: 'detected', element, afterMs: 0, reason: event.reason });
        break;
      }
      case 'failoverComplete': {
        const from = formatIdentifier(event.from.identifier);
        report({ event: 'failedOver', from, to: formatIdentifier(event.to.identifier), afterMs: 0 });
        this.#isResuming = event.withCookie;
        break;
      }
      case 'pathChanged': {
        const address = formatIpAddress(event.address);
        report({ event: 'path', element: this.#element, address, state: event.state, afterMs: 0 });
        break;
      }
      default:
    }
  }

  /** Takes the number of a row that came in. */
  row(row: number): void {
    if (!this.#isResuming) return;
    this.#isResuming = false;
    report({ event: 'resumed', element: this.#element, row });
  }
}
