import { DataReceiver } from '../receiving/data-receiver.ts';
import type { SendInput } from '../sctp-input.ts';
import { DataSender } from '../sending/data-sender.ts';
import type { SendingPath } from '../sending/sending-path.ts';
import type { Path } from '../path/path.ts';
import type { Association } from './association.ts';
import { sendFailed } from './end.ts';

/** The length of an AUTH chunk with the longer one of the HMACs. */
const maximumAuthBytes = 40;

/** Makes the sending side, as soon as the peer's window and numbers of streams are known. */
export function startSending(association: Association, peerWindowBytes: number): void {
  const { parameters, authentication } = association;
  // After a restart of the peer nothing of what was under way before can be acknowledged any more: it would take up the
  // congestion window for ever.
  for (const path of association.paths.all) path.congestion.flightBytes = 0;
  // Where the peer wants all packets to be authenticated, AUTH takes its room of each.
  const authBytes = authentication?.isForAll === true ? maximumAuthBytes : 0;
  association.sender = new DataSender({
    initialTsn: association.localInitialTsn,
    peerWindowBytes,
    maximumPacketBytes: association.paths.packetBytes,
    reservedBytes: authBytes,
    maxBurst: parameters.maxBurst,
    tailLossProbes: parameters.tailLossProbes,
    dataPath: association.paths.forData,
    retransmissionPath: (path: SendingPath) => association.paths.alternateOf(path as Path),
  });
}

/** Makes the receiving side, as soon as the peer's initial TSN is known. */
export function startReceiving(association: Association): void {
  const { parameters } = association;
  association.receiver = new DataReceiver({
    association: association.id,
    initialTsn: association.peerInitialTsn,
    windowBytes: parameters.receiveWindowBytes,
    inboundStreams: association.inboundStreams,
    maximumMessageBytes: parameters.maximumMessageBytes,
    sackDelayMs: parameters.sackDelayMs,
    sackFrequency: parameters.sackFrequency,
  });
}

/** Gives a message to the sending side, or tells the application that this is not possible. */
export function enqueue(association: Association, message: SendInput): void {
  const { sender } = association;
  const fits =
    message.stream < association.outboundStreams &&
    message.data.length > 0 &&
    message.data.length <= association.parameters.maximumMessageBytes;
  if (sender === undefined || !fits) sendFailed(association, message);
  else sender.enqueue(message);
}

/** Takes everything that is outstanding for lost, as if all T3-rtx timers had expired; no error is counted. */
export function retransmitOutstanding(association: Association, now: number): void {
  for (const path of association.paths.all) {
    if (path.t3Deadline !== undefined) association.sender?.handleT3(path, Math.max(path.t3Deadline, now));
  }
}
