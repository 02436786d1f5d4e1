import type { IpAddress } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import { abortForViolation } from '../association/end.ts';
import { includesAddress } from '../endpoint/address-lists.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { putErrorCause } from '../wire/causes/error-cause.ts';
import type { AsconfRequest } from '../wire/chunks/asconf.ts';
import { type AsconfAck, readAsconfAck } from '../wire/chunks/asconf-ack.ts';
import { tsnIsBefore } from '../wire/serial.ts';
import { never } from '../path/path.ts';
import { isHeld, reconfigured } from './change-addresses.ts';

/** An ASCONF ACK came behind an AUTH chunk that is right (RFC 5061 section 5.1 A5 to A8). */
export function receiveAsconfAck(
  association: Association,
  bytes: Uint8Array,
  offset: number,
  length: number,
  now: number,
): void {
  const { reconfiguration } = association;
  const ack = readAsconfAck(bytes, offset, length);
  if (ack === undefined) return;
  const [outstanding] = reconfiguration?.outstanding ?? [];
  if (reconfiguration === undefined || outstanding === undefined) {
    const next = reconfiguration?.nextSerialNumber ?? association.localInitialTsn;
    // Section 5.3 F0: an answer to what was never asked.
    if (!tsnIsBefore(ack.serialNumber, next)) {
      abortForViolation(association, 'ASCONF ACK for what was never asked', (writer) =>
        putErrorCause(writer, CauseCode.illegalAsconfAck),
      );
    }
    return;
  }
  if (ack.serialNumber !== outstanding.asconf.serialNumber) return;
  const wasHeld = isHeld(association);
  reconfiguration.outstanding.shift();
  association.pathAcknowledged(reconfiguration.path);
  const refused = refusedRequests(outstanding.asconf.requests, ack);
  if (hasUnrecognized(ack)) reconfiguration.isRefused = true;
  association.localAddresses = grantedAddresses(association, outstanding.localAddresses, refused);
  if (reconfiguration.outstanding.length > 0) return;
  reconfiguration.deadline = never;
  reconfigured(association, wasHeld, refused.length === 0, now);
}

/** A7 and A8: what is not answered was done, except behind a refusal. */
function refusedRequests(requests: readonly AsconfRequest[], ack: AsconfAck): AsconfRequest[] {
  const responses = new Map(ack.responses.map((response) => [response.correlationIdentifier, response]));
  const refused: AsconfRequest[] = [];
  let hasFailed = false;
  for (const request of requests) {
    const response = responses.get(request.correlationIdentifier);
    const isRefused: boolean = response === undefined ? hasFailed : response.causes.length > 0;
    hasFailed ||= isRefused;
    if (isRefused) refused.push(request);
  }
  return refused;
}

/** The local addresses: as asked, without those that were refused, with those whose deletion was refused. */
function grantedAddresses(
  association: Association,
  asked: readonly IpAddress[],
  refused: readonly AsconfRequest[],
): readonly IpAddress[] {
  const notAdded = refused.filter(({ type }) => type === 'add').map(({ address }) => address);
  const notDeleted = refused.filter(({ type }) => type === 'delete').map(({ address }) => address);
  const granted = asked.filter((address) => !includesAddress(notAdded, address));
  const kept = association.localAddresses.filter((address) => includesAddress(notDeleted, address));
  return [...granted, ...kept];
}

function hasUnrecognized(ack: AsconfAck): boolean {
  return ack.responses.some(({ causes }) =>
    causes.some(({ code }) => code === CauseCode.unrecognizedParameters),
  );
}
