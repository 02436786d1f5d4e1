import { bytesEqual, type Machine } from '@rserpool/wire';
import { changeLocalAddresses } from '../address-reconfiguration/change-addresses.ts';
import { associate } from '../association/connect.ts';
import { armTimer, runTimers } from '../association/deadlines.ts';
import { forget, sendAbort, sendFailed } from '../association/end.ts';
import { nextPacket } from '../association/next-packet.ts';
import { beginShutdown } from '../association/shutdown.ts';
import { enqueue } from '../association/transmission.ts';
import type { Association } from '../association/association.ts';
import { AssociationState, maySendHeartbeats } from '../association/association-state.ts';
import { countPathFailure } from '../path/path-failure.ts';
import { countAssociationFailure, probeSoon, sendHeartbeat } from '../path/heartbeat.ts';
import type { SctpEndpointOptions } from '../sctp-endpoint-options.ts';
import type { AssociationInput, SctpInput, SendInput } from '../sctp-input.ts';
import type { SctpOutput } from '../sctp-output.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { putErrorCause } from '../wire/causes/error-cause.ts';
import { EndpointCore } from './endpoint-core.ts';
import { receivePacket } from './receive-packet.ts';
import type { SctpStatistics } from './sctp-statistics.ts';

/**
 * An SCTP endpoint (RFC 9260): one port, any number of local addresses and associations.
 *
 * Packets are made when they are polled, so that messages that were sent in one turn travel together. A packet or a
 * timer never makes it throw.
 */
export class SctpEndpointMachine implements Machine<SctpInput, SctpOutput> {
  readonly #core: EndpointCore;

  /** @param options - The port, the addresses, and what the machine cannot have of its own: random numbers, HMAC. */
  constructor(options: SctpEndpointOptions) {
    this.#core = new EndpointCore(options);
  }

  /** What was counted so far; the object is the machine's own and goes on counting. */
  get statistics(): Readonly<SctpStatistics> {
    return this.#core.statistics;
  }

  handle(input: SctpInput, now: number): void {
    const core = this.#core;
    core.now = now;
    switch (input.type) {
      case 'packet':
        receivePacket(core, input, now);
        return;
      case 'send':
        send(core, input);
        return;
      case 'associate':
        associate(core, input, now);
        return;
      case 'unreachable':
        handleUnreachable(core, input, now);
        return;
      case 'localAddresses':
        changeLocalAddresses(core, input.addresses, now);
        return;
      default: {
        const association = core.table.byId(input.association);
        if (association !== undefined) handleAssociationInput(association, input, now);
      }
    }
  }

  poll(): SctpOutput | undefined {
    const core = this.#core;
    const output = core.outputs.take();
    if (output !== undefined) return output;
    for (let association = core.ready.take(); association !== undefined; association = core.ready.take()) {
      association.isReady = false;
      const packet = nextPacket(association, core.now);
      if (packet === undefined) {
        armTimer(association);
        continue;
      }
      // Behind the others: each has its turn.
      core.touch(association);
      return packet;
    }
    return undefined;
  }

  nextTimeout(): number | undefined {
    return this.#core.timers.next();
  }

  handleTimeout(now: number): void {
    const core = this.#core;
    core.now = now;
    for (
      let association = core.timers.takeExpired(now);
      association !== undefined;
      association = core.timers.takeExpired(now)
    ) {
      runTimers(association, now);
    }
  }
}

/** SEND (RFC 9260 section 11.1.5). */
function send(core: EndpointCore, input: SendInput): void {
  const association = core.table.byId(input.association);
  if (association === undefined) return;
  const { state, setup } = association;
  if (state < AssociationState.established && setup !== undefined && !association.endsByApplication) {
    if (state === AssociationState.cookieWait) setup.waiting.push(input);
    else enqueue(association, input);
  } else if (state === AssociationState.established) {
    enqueue(association, input);
  } else {
    // Section 9.2: once it is being shut down nothing new is taken.
    sendFailed(association, input);
    return;
  }
  core.touch(association);
}

type OfAssociation = Exclude<AssociationInput, { type: 'unreachable' }>;

function handleAssociationInput(association: Association, input: OfAssociation, now: number): void {
  const { core, paths, receiver } = association;
  switch (input.type) {
    case 'consumed':
      if (receiver?.consumed(input.bytes) === true) core.touch(association);
      return;
    case 'shutdown':
      beginShutdown(association, now);
      return;
    case 'abort': {
      const { reason } = input;
      sendAbort(association, (writer) => putErrorCause(writer, CauseCode.userInitiatedAbort, reason));
      forget(association);
      return;
    }
    case 'setPrimary': {
      const path = paths.find(input.address);
      if (path === undefined || path === paths.primary) return;
      const before = paths.primary;
      paths.setPrimary(path);
      association.pathChanged(before);
      association.pathChanged(path);
      core.touch(association);
      return;
    }
    case 'requestHeartbeat': {
      const path = paths.find(input.address);
      if (path !== undefined && maySendHeartbeats(association.state)) sendHeartbeat(association, path, now);
    }
  }
}

/** ICMP says that an address cannot be reached (section 10, ICMP9): counts as a lost packet. */
function handleUnreachable(
  core: EndpointCore,
  input: Extract<AssociationInput, { type: 'unreachable' }>,
  now: number,
): void {
  for (const association of core.table.all()) {
    if (!association.isUp) continue;
    const path = association.paths.all.find((candidate) => bytesEqual(candidate.destination, input.address));
    if (path === undefined) continue;
    const carriesData = path === association.paths.forData;
    if (countPathFailure(path, association.parameters)) {
      association.pathChanged(path);
      probeSoon(path, now);
    }
    if (carriesData) countAssociationFailure(association);
    core.touch(association);
  }
}
