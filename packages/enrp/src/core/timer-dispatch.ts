import type { EnrpCore } from './enrp-core.ts';
import type { Procedures } from './procedures.ts';
import { type TimerName, parseTimerName } from './timer-name.ts';

/** Takes an expired timer to the procedure that it belongs to. */
export class TimerDispatch {
  readonly #core: EnrpCore;
  readonly #procedures: Procedures;

  constructor(core: EnrpCore, procedures: Procedures) {
    this.#core = core;
    this.#procedures = procedures;
  }

  /** Runs one timer. */
  expired(name: TimerName): void {
    const procedures = this.#procedures;
    const { kind, key } = parseTimerName(name);
    const identifier = Number(key);
    switch (kind) {
      case 'PEER-HEARTBEAT-CYCLE':
        procedures.heartbeat.beat();
        break;
      case 'MAX-TIME-LAST-HEARD':
        procedures.failureDetection.lastHeardTimer(identifier);
        break;
      case 'probe':
        procedures.failureDetection.probeTimer(identifier);
        break;
      case 'open':
        procedures.connections.openTimedOut(identifier);
        break;
      case 'reconnect':
        procedures.connections.reconnect(key);
        break;
      case 'mentor':
        procedures.initialization.mentorTimer();
        break;
      case 'mentor-retry':
      case 'mentor-discovery':
        procedures.initialization.beginRound();
        break;
      case 'table-session':
        procedures.tableServer.sessionTimer(identifier);
        break;
      case 'resynchronization':
        procedures.resynchronization.responseTimer(identifier);
        break;
      case 'audit-settling':
        procedures.audit.settlingTimer(identifier);
        break;
      case 'takeover':
        procedures.arbitration.acknowledgementTimer(identifier);
        break;
      case 'takeover-expiry':
        procedures.arbitration.expiryTimer(identifier);
        break;
      case 'defence':
        procedures.defence.defend(identifier);
        break;
      case 'unknown-home':
        if (this.#core.isReady) procedures.peerList.unknownHomeTimer(identifier);
        break;
    }
  }
}
