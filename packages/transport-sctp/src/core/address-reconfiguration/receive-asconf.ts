import { bytesEqual, type IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { maySendData } from '../association/association-state.ts';
import { beginAuthenticated, endAuthenticated } from '../authentication/sign-packet.ts';
import { sendBack } from '../association/send-alone.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { type Asconf, type ReceivedAsconfRequest, readAsconf } from '../wire/chunks/asconf.ts';
import { type AsconfAck, type AsconfResponse, putAsconfAck } from '../wire/chunks/asconf-ack.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import { tsnAdd } from '../wire/serial.ts';
import { reconfigurationOf } from './change-addresses.ts';
import { maximumBundledAsconfs } from './reconfiguration.ts';
import { addRemoteAddress, deleteRemoteAddress, preferRemoteAddress } from './remote-addresses.ts';

/** An ASCONF came behind an AUTH chunk that is right (RFC 5061 section 5.2). */
export function receiveAsconf(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  now: number,
): void {
  const asconf = readAsconf(packet.bytes, walk.offset, walk.length);
  if (asconf === undefined || !maySendData(association.state)) return;
  const reconfiguration = reconfigurationOf(association);
  const expected = tsnAdd(reconfiguration.peerSerialNumber, 1);
  const { answers, pendingAnswers } = reconfiguration;
  if (asconf.serialNumber === expected) {
    reconfiguration.peerSerialNumber = expected;
    const ack = process(association, packet, asconf, now);
    if (answers.length >= maximumBundledAsconfs) answers.shift();
    answers.push(ack);
    pendingAnswers.push(ack);
    return;
  }
  // E2 and E5: what comes again gets the same answer; nothing else is of interest.
  const before = answers.find(({ serialNumber }) => serialNumber === asconf.serialNumber);
  if (before !== undefined && pendingAnswers.length < maximumBundledAsconfs) pendingAnswers.push(before);
}

/** E6: the answers go to where the ASCONFs came from, also where that address is new or gone. */
export function sendAsconfAcks(association: Association, packet: PacketInput): void {
  const { core, peerPort, peerTag, reconfiguration } = association;
  if (reconfiguration === undefined || reconfiguration.pendingAnswers.length === 0) return;
  const acks = reconfiguration.pendingAnswers;
  reconfiguration.pendingAnswers = [];
  sendBack(core, packet, peerPort, peerTag, (writer) => {
    const authentication = beginAuthenticated(association, writer);
    for (const ack of acks) putAsconfAck(writer, ack);
    endAuthenticated(association, writer, authentication);
  });
}

/** V1: one request after the other; F11: once one to add or delete has failed, so do those that follow. */
function process(
  association: Association,
  packet: PacketInput,
  asconf: Asconf<ReceivedAsconfRequest>,
  now: number,
): AsconfAck {
  const before = addressesOf(association);
  const responses: AsconfResponse[] = [];
  let hasFailed = false;
  for (const request of asconf.requests) {
    const changes = request.type === 'add' || request.type === 'delete';
    const code =
      changes && hasFailed
        ? CauseCode.operationRefusedResourceShortage
        : perform(association, packet, request, now);
    if (code === undefined) {
      responses.push({ correlationIdentifier: request.correlationIdentifier, causes: [] });
      continue;
    }
    hasFailed ||= changes;
    responses.push({
      correlationIdentifier: request.correlationIdentifier,
      causes: [{ code, value: request.parameter }],
    });
  }
  const after = addressesOf(association);
  if (after.length !== before.length || after.some((address, index) => address !== before[index])) {
    association.core.emit({ type: 'remoteAddresses', association: association.id, addresses: after });
  }
  return { serialNumber: asconf.serialNumber, responses };
}

/** Does what a request asks for; the cause of a refusal. */
function perform(
  association: Association,
  packet: PacketInput,
  request: ReceivedAsconfRequest,
  now: number,
): number | undefined {
  const { type, address } = request;
  switch (type) {
    case 'add':
      return addRemoteAddress(association, packet, isUnspecified(address) ? packet.source : address, now);
    case 'delete':
      return isUnspecified(address)
        ? deleteAllBut(association, packet)
        : deleteRemoteAddress(association, packet, address);
    case 'setPrimary':
      return preferRemoteAddress(association, isUnspecified(address) ? packet.source : address);
    case 'unrecognized':
      return CauseCode.unrecognizedParameters;
  }
}

/** Section 4.2.2: the unspecified address stands for all but the one that the packet came from. */
function deleteAllBut(association: Association, packet: PacketInput): number | undefined {
  const { paths } = association;
  if (!paths.all.some((path) => bytesEqual(path.destination, packet.source))) {
    return CauseCode.deleteLastRemainingAddress;
  }
  for (const { destination } of paths.all) {
    if (!bytesEqual(destination, packet.source)) deleteRemoteAddress(association, packet, destination);
  }
  return undefined;
}

function isUnspecified(address: IpAddress): boolean {
  return address.every((byte) => byte === 0);
}

function addressesOf(association: Association): IpAddress[] {
  return association.paths.all.map((path) => path.destination);
}
