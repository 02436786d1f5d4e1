import {
  hasWrongRandom,
  newAuthenticationParameters,
  wrongRandom,
} from '../authentication/authentication.ts';
import { putAbort, sendBack } from '../association/send-alone.ts';
import { handleUnexpectedInit } from '../association/unexpected-init.ts';
import type { PacketInput } from '../sctp-input.ts';
import { putProtocolViolationCause } from '../wire/causes/error-cause.ts';
import { decodeInit } from '../wire/chunks/decode-init.ts';
import { putInitFaultCause } from '../wire/chunks/init-fault.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import { sourcePortOf, verificationTagOf } from '../wire/packet.ts';
import { addressesOfInit, answerInit, refuseForResources } from './answer-init.ts';
import type { EndpointCore } from './endpoint-core.ts';

/** An INIT came, the first chunk of its packet (RFC 9260 sections 5.1 B, 5.2.1, 5.2.2 and 8.5.1 A). */
export function receiveInit(core: EndpointCore, packet: PacketInput, walk: ChunkWalk, now: number): void {
  if (verificationTagOf(packet.bytes) !== 0 || !walk.isLast) {
    core.statistics.malformedPackets += 1;
    return;
  }
  const peerPort = sourcePortOf(packet.bytes);
  const result = decodeInit(packet.bytes, walk.offset, walk.length);
  if (!result.ok) {
    const { fault } = result;
    core.statistics.malformedPackets += 1;
    // Section 3.3.2: without a tag there is nothing to answer to.
    if (fault.initiateTag === 0) return;
    sendBack(core, packet, peerPort, fault.initiateTag, (writer) =>
      putAbort(writer, false, (abort) => putInitFaultCause(abort, fault)),
    );
    return;
  }
  const { init, unrecognized } = result;
  if (hasWrongRandom(init)) {
    core.statistics.protocolViolations += 1;
    sendBack(core, packet, peerPort, init.initiateTag, (writer) =>
      putAbort(writer, false, (abort) => putProtocolViolationCause(abort, wrongRandom)),
    );
    return;
  }
  const existing =
    core.table.byAddress(packet.source, peerPort) ??
    core.table.byAnyAddress(addressesOfInit(core, packet, init), peerPort);
  if (existing !== undefined) {
    handleUnexpectedInit(existing, packet, init, unrecognized, now);
    return;
  }
  if (!core.options.listen) {
    core.statistics.outOfTheBluePackets += 1;
    // Section 8.4 rule 3: with the INIT's tag, not a reflected one.
    sendBack(core, packet, peerPort, init.initiateTag, (writer) => putAbort(writer, false));
    return;
  }
  if (!core.hasRoomFor(packet.source)) {
    refuseForResources(core, packet, init.initiateTag);
    return;
  }
  const answer = {
    localTag: core.newTag(),
    localInitialTsn: core.options.random(),
    localTieTag: 0,
    peerTieTag: 0,
    ownAuthentication: newAuthenticationParameters(core),
  };
  answerInit(core, packet, init, unrecognized, answer, now);
}
