import type { IpAddress } from '@rserpool/wire';
import { agreeOnAuthentication, encodeAuthentication } from '../authentication/authentication.ts';
import { initContent } from '../association/init-content.ts';
import { putAbort, sendBack } from '../association/send-alone.ts';
import type { StateCookie } from '../cookie/state-cookie.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { putErrorCause } from '../wire/causes/error-cause.ts';
import { putInitAck } from '../wire/chunks/init-ack.ts';
import type { AuthenticationParameters, Init } from '../wire/chunks/init.ts';
import { sourcePortOf } from '../wire/packet.ts';
import { ParameterType } from '../wire/parameter-type.ts';
import { usableRemoteAddresses } from './address-lists.ts';
import type { EndpointCore } from './endpoint-core.ts';

/** What differs between the INIT ACKs for a new association and for one that exists (RFC 9260 section 5.2). */
export interface InitAnswer {
  readonly localTag: number;
  readonly localInitialTsn: number;
  readonly localTieTag: number;
  readonly peerTieTag: number;
  /** What this side says about AUTH. */
  readonly ownAuthentication: AuthenticationParameters | undefined;
}

/** The longest life that a cookie gets on request, as a multiple of Valid.Cookie.Life (section 3.3.2.1.3 leaves it open). */
const maximumLifeFactor = 2;

/** The peer's addresses according to an INIT (section 5.1.2). */
export function addressesOfInit(core: EndpointCore, packet: PacketInput, init: Init): IpAddress[] {
  return usableRemoteAddresses(init.addresses, packet.source, core.addresses);
}

/**
 * Answers an INIT with an INIT ACK that has everything in its cookie (section 5.1 B): nothing is kept.
 *
 * @param to - Where the INIT ACK goes: where the INIT came from.
 */
export function answerInit(
  core: EndpointCore,
  packet: PacketInput,
  init: Init,
  unrecognized: readonly Uint8Array[],
  answer: InitAnswer,
  now: number,
): void {
  const { parameters } = core;
  const peerPort = sourcePortOf(packet.bytes);
  const lifeMs = parameters.validCookieLifeMs;
  const { ownAuthentication } = answer;
  const cookie: StateCookie = {
    localTag: answer.localTag,
    localInitialTsn: answer.localInitialTsn,
    localTieTag: answer.localTieTag,
    peerTieTag: answer.peerTieTag,
    createdAt: now,
    lifeMs: Math.min(lifeMs + (init.cookiePreservativeMs ?? 0), lifeMs * maximumLifeFactor),
    peerTag: init.initiateTag,
    peerInitialTsn: init.initialTsn,
    peerWindowBytes: init.receiverWindow,
    outboundStreams: Math.min(parameters.outboundStreams, init.inboundStreams),
    inboundStreams: Math.min(init.outboundStreams, parameters.maximumInboundStreams),
    localPort: core.port,
    peerPort,
    encapsulationPort: packet.encapsulationPort,
    localAddress: packet.destination,
    peerAddress: packet.source,
    peerAddresses: addressesOfInit(core, packet, init),
    extensions: encodeAuthentication(agreeOnAuthentication(ownAuthentication, init)),
  };
  const content = initContent(
    core,
    parameters,
    answer.localTag,
    answer.localInitialTsn,
    packet.destination,
    packet.source,
    ownAuthentication,
  );
  core.statistics.initsAnswered += 1;
  sendBack(core, packet, peerPort, init.initiateTag, (writer) =>
    putInitAck(writer, {
      ...content,
      addresses: content.addresses.filter((address) => isTypeSupported(init, packet.source, address)),
      // Section 3.3.3: not more streams than the peer allows.
      outboundStreams: cookie.outboundStreams,
      stateCookie: core.cookies.sign(cookie, now),
      unrecognizedParameters: unrecognized,
    }),
  );
}

/**
 * Whether the sender of an INIT can use an address (section 5.1.2): its family is one that it lists, or one that it uses
 * all the same; without a list all are.
 */
function isTypeSupported(init: Init, source: IpAddress, address: IpAddress): boolean {
  const { supportedAddressTypes: types } = init;
  const type = address.length === 4 ? ParameterType.ipv4Address : ParameterType.ipv6Address;
  if (types === undefined || types.includes(type)) return true;
  return [source, ...init.addresses].some((used) => used.length === address.length);
}

/** Refuses an INIT or a COOKIE ECHO because there are too many associations (section 5.1). */
export function refuseForResources(core: EndpointCore, packet: PacketInput, peerTag: number): void {
  core.statistics.refusedForResources += 1;
  sendBack(core, packet, sourcePortOf(packet.bytes), peerTag, (writer) =>
    putAbort(writer, false, (abort) => putErrorCause(abort, CauseCode.outOfResource)),
  );
}
