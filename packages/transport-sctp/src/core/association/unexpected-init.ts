import { bytesEqual, type IpAddress, randomIdentifier } from '@rserpool/wire';
import { newAuthenticationParameters } from '../authentication/authentication.ts';
import { addressesOfInit, answerInit, type InitAnswer } from '../endpoint/answer-init.ts';
import type { PacketInput } from '../sctp-input.ts';
import { putErrorCause, putRestartWithNewAddressesCause } from '../wire/causes/error-cause.ts';
import type { Init } from '../wire/chunks/init.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { putAbort, sendBack } from './send-alone.ts';
import { resendShutdownChunk } from './shutdown.ts';

/** The cause of an ABORT that refuses a restart from another UDP port (draft-tuexen-tsvwg-sctp-udp-encaps-cons section 4). */
const restartWithNewEncapsulationPort = 14;

/**
 * An INIT came for an association that exists (RFC 9260 sections 5.2.1, 5.2.2 and 9.2). Whatever is answered, the
 * association stays as it is: only a cookie can change it.
 */
export function handleUnexpectedInit(
  association: Association,
  packet: PacketInput,
  init: Init,
  unrecognized: readonly Uint8Array[],
  now: number,
): void {
  const { core, state } = association;
  switch (state) {
    case AssociationState.cookieWait:
      // Both sides open: the same tag and TSN as in the own INIT, no Tie-Tags.
      answerInit(
        core,
        wayOfAnswer(association, packet, init),
        init,
        unrecognized,
        sameAnswer(association),
        now,
      );
      return;
    case AssociationState.cookieEchoed:
      if (refuseNewAddresses(association, packet, init)) return;
      populateTieTags(association);
      answerInit(core, packet, init, unrecognized, sameAnswer(association), now);
      return;
    case AssociationState.shutdownAckSent:
      // Section 9.2: the SHUTDOWN COMPLETE was lost.
      resendShutdownChunk(association);
      return;
    default: {
      if (refuseNewAddresses(association, packet, init)) return;
      if (refuseNewPort(association, packet, init)) return;
      populateTieTags(association);
      const answer = {
        localTag: core.newTag(),
        localInitialTsn: core.options.random(),
        localTieTag: association.localTieTag,
        peerTieTag: association.peerTieTag,
        ownAuthentication: newAuthenticationParameters(core),
      };
      answerInit(core, packet, init, unrecognized, answer, now);
    }
  }
}

function sameAnswer(association: Association): InitAnswer {
  const { localTag, localInitialTsn, localTieTag, peerTieTag, ownAuthentication } = association;
  return { localTag, localInitialTsn, localTieTag, peerTieTag, ownAuthentication };
}

/** Section 5.2.2: random, as somebody who sees the cookie must not learn the tags from it. */
function populateTieTags(association: Association): void {
  if (association.localTieTag !== 0) return;
  const { random } = association.core.options;
  association.localTieTag = randomIdentifier(random);
  association.peerTieTag = randomIdentifier(random);
}

/**
 * Section 5.2.1: the INIT ACK only goes to an address that the application gave and that the INIT names; best to where
 * the INIT came from.
 */
function wayOfAnswer(association: Association, packet: PacketInput, init: Init): PacketInput {
  const known = association.paths.find(packet.source);
  if (known !== undefined) return packet;
  const path = association.paths.all.find((candidate) =>
    init.addresses.some((address) => bytesEqual(address, candidate.destination)),
  );
  if (path === undefined) return packet;
  return {
    ...packet,
    source: path.destination,
    destination: path.source,
    encapsulationPort: path.encapsulationPort,
  };
}

/** Sections 5.2.1 and 5.2.2: an INIT with addresses that the association does not have could take it over. */
function refuseNewAddresses(association: Association, packet: PacketInput, init: Init): boolean {
  const { core, paths } = association;
  const added: IpAddress[] = addressesOfInit(core, packet, init).filter(
    (address) => !paths.all.some((path) => bytesEqual(path.destination, address)),
  );
  if (added.length === 0) return false;
  sendBack(core, packet, association.peerPort, init.initiateTag, (writer) =>
    putAbort(writer, false, (abort) => putRestartWithNewAddressesCause(abort, added)),
  );
  return true;
}

/** An INIT from another UDP port could come from another host behind the same address: the same danger. */
function refuseNewPort(association: Association, packet: PacketInput, init: Init): boolean {
  const { core, paths } = association;
  const path = paths.find(packet.source);
  if (path === undefined || path.encapsulationPort === packet.encapsulationPort) return false;
  const ports = new Uint8Array(4);
  const view = new DataView(ports.buffer);
  view.setUint16(0, path.encapsulationPort);
  view.setUint16(2, packet.encapsulationPort);
  sendBack(core, packet, association.peerPort, init.initiateTag, (writer) =>
    putAbort(writer, false, (abort) => putErrorCause(abort, restartWithNewEncapsulationPort, ports)),
  );
  return true;
}
