import {
  type EnrpEvent,
  EnrpMachine,
  type EnrpOutput,
  type EnrpPeer,
  enrpTimingProfiles,
  type MentorFailure,
} from '@rserpool/enrp';
import { Handlespace } from '@rserpool/handlespace';
import { type PoolSnapshot, snapshotPools } from '@rserpool/registrar';
import { realClock, secureRandom, type Transport } from '@rserpool/transport';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import {
  decodeEnrpMessage,
  encodeEnrpMessage,
  EnrpPayloadProtocolIdentifier,
  type IpAddress,
  randomIdentifier,
  type RemoteEndpoint,
  RserpoolError,
  TransportUse,
} from '@rserpool/wire';

/** After how long a registrar that rejects is asked again; ten times at most. */
const mentorRetryMs = 600;

/** What a registrar told about itself. */
export interface HandlespaceDump {
  /** Its identifier. */
  readonly registrar: number;
  /** The other registrars that it knows. */
  readonly peers: readonly EnrpPeer[];
  /** Its handlespace. */
  readonly pools: readonly PoolSnapshot[];
  /** Who owns how much of it. */
  readonly owners: readonly OwnerSummary[];
}

/** What one registrar owns of a handlespace. */
export interface OwnerSummary {
  /** The registrar. */
  readonly identifier: number;
  /** How many elements it is the home registrar of. */
  readonly elements: number;
  /** Their checksum (RFC 5353 section 3.6.2), as it is in its presences. */
  readonly checksum: number;
}

/** How a handlespace is read. */
export interface ReadOptions {
  /** How the registrar is reached. */
  readonly transport: Transport;
  /** From which addresses; the transport's default where left out. */
  readonly addresses: readonly IpAddress[] | undefined;
  /** How long an association or an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the registrar is told a port to reach the asker at, as the reference implementation wants it. */
  readonly isDialable: boolean;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/**
 * Reads the handlespace of a registrar as a starting registrar does: it is asked for its list of peers and for its
 * handle table (RFC 5353 sections 3.2.2 and 3.2.3), so that any registrar answers.
 *
 * @param remote - Its ENRP endpoint.
 * @param options - How it is reached.
 * @throws RserpoolError `ERR_RSERPOOL_NO_REGISTRAR` where it cannot be reached or does not answer.
 */
export async function readHandlespace(
  remote: RemoteEndpoint,
  { transport, addresses, timeoutMs, isDialable, signal }: ReadOptions,
): Promise<HandlespaceDump> {
  await using endpoint = await transport.bind({ signal, ...(addresses !== undefined && { addresses }) });
  const random = secureRandom();
  const handlespace = new Handlespace({ random });
  let lastAssociation = 0;
  const allocateAssociation = (): number => ++lastAssociation;
  const machine = new EnrpMachine({
    handlespace,
    random,
    allocateAssociation,
    serverIdentifier: randomIdentifier(random),
    serverTransport: {
      protocol: 'sctp',
      // Nobody shall dial what is gone in a moment: an endpoint without a port is not. But the reference implementation
      // takes no peer without one, and gives its table to peers alone.
      port: isDialable ? endpoint.port : 0,
      transportUse: TransportUse.dataOnly,
      addresses: endpoint.localAddresses,
    },
    peers: [remote],
    timing: {
      ...enrpTimingProfiles.lan,
      maxTimeNoResponseMs: timeoutMs,
      associationAttemptMs: timeoutMs,
      // One that has just started rejects, until it has a handlespace itself.
      mentorRetryMs,
    },
  });
  let lastFailure: MentorFailure = 'noResponse';
  return await new Promise((resolve, reject) => {
    const finish = (event: Extract<EnrpEvent, { type: 'initialized' }>): void => {
      const registrar = event.mentor;
      if (registrar === undefined) {
        fail(lastFailure);
        return;
      }
      const peers = machine.peers().filter(({ identifier }) => identifier !== registrar);
      const owners = [registrar, ...peers.map(({ identifier }) => identifier)].map((identifier) => ({
        identifier,
        elements: handlespace.countOf(identifier),
        checksum: handlespace.checksum(identifier),
      }));
      stop();
      resolve({ registrar, peers, pools: snapshotPools(handlespace), owners });
    };
    const perform = (output: EnrpOutput): void => {
      if (output.type === 'event') {
        if (output.event.type === 'initialized') finish(output.event);
        else if (output.event.type === 'mentorFailed') mentorFailed(output.event.reason);
      } else if (output.type !== 'initialized' && output.type !== 'takenOver') table.perform(output);
    };
    const mentorFailed = (reason: MentorFailure): void => {
      lastFailure = reason;
      if (reason !== 'rejected') fail(reason);
    };
    const fail = (reason: string): void => {
      stop();
      const text = `the registrar did not give its handlespace (${reason}): check that it runs and that this is its ENRP endpoint`;
      reject(new RserpoolError('ERR_RSERPOOL_NO_REGISTRAR', text));
    };
    const stop = (): void => {
      driver.stop();
      table.stop();
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      stop();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const driver = new MachineDriver({ machine, clock: realClock, onOutput: perform });
    const table = new AssociationTable({
      endpoint,
      protocol: {
        payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
        encode: encodeEnrpMessage,
        decode: decodeEnrpMessage,
      },
      allocateAssociation,
      feed: (input) => driver.input(input),
    });
    driver.input({ type: 'start' });
  });
}
