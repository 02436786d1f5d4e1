import {
  type EnrpEvent,
  EnrpMachine,
  type EnrpOutput,
  type EnrpPeer,
  enrpTimingProfiles,
} from '@rserpool/enrp';
import { Handlespace } from '@rserpool/handlespace';
import { type PoolSnapshot, snapshotPools } from '@rserpool/registrar';
import { realClock, secureRandom, type Transport } from '@rserpool/transport';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import {
  decodeEnrpMessage,
  encodeEnrpMessage,
  EnrpPayloadProtocolIdentifier,
  randomIdentifier,
  type RemoteEndpoint,
  RserpoolError,
  TransportUse,
} from '@rserpool/wire';

/** What a registrar told about itself. */
export interface HandlespaceDump {
  /** Its identifier. */
  readonly registrar: number;
  /** The other registrars that it knows. */
  readonly peers: readonly EnrpPeer[];
  /** Its handlespace. */
  readonly pools: readonly PoolSnapshot[];
}

/**
 * Reads the handlespace of a registrar as a starting registrar does: it is asked for its list of peers and for its
 * handle table (RFC 5353 sections 3.2.2 and 3.2.3), so that any registrar answers.
 *
 * @param transport - How the registrar is reached.
 * @param remote - Its ENRP endpoint.
 * @param signal - Gives up.
 * @throws RserpoolError `ERR_RSERPOOL_NO_REGISTRAR` where it cannot be reached or does not answer.
 */
export async function readHandlespace(
  transport: Transport,
  remote: RemoteEndpoint,
  signal: AbortSignal,
): Promise<HandlespaceDump> {
  await using endpoint = await transport.bind({ signal });
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
      // Nobody shall dial what is gone in a moment: an endpoint without a port is not.
      port: 0,
      transportUse: TransportUse.dataOnly,
      addresses: endpoint.localAddresses,
    },
    peers: [remote],
    timing: { ...enrpTimingProfiles.lan, maxTimeNoResponseMs: enrpTimingProfiles.rfc.maxTimeNoResponseMs },
  });
  return await new Promise((resolve, reject) => {
    const finish = (event: Extract<EnrpEvent, { type: 'initialized' }>): void => {
      const registrar = event.mentor;
      if (registrar === undefined) {
        fail('no answer');
        return;
      }
      const peers = machine.peers().filter(({ identifier }) => identifier !== registrar);
      const dump = { registrar, peers, pools: snapshotPools(handlespace) };
      stop();
      resolve(dump);
    };
    const perform = (output: EnrpOutput): void => {
      if (output.type === 'event') {
        if (output.event.type === 'initialized') finish(output.event);
        else if (output.event.type === 'mentorFailed') fail(output.event.reason);
      } else if (output.type !== 'initialized' && output.type !== 'takenOver') table.perform(output);
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
