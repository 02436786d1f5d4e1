import type { MessageCodecs } from '../codec/message-codec.ts';
import type { EnrpMessage } from './enrp-message.ts';
import { enrpErrorCodec } from './error.ts';
import { enrpHandleTableRequestCodec } from './handle-table-request.ts';
import { enrpHandleTableResponseCodec } from './handle-table-response.ts';
import { enrpHandleUpdateCodec } from './handle-update.ts';
import { enrpInitTakeoverCodec } from './init-takeover.ts';
import { enrpInitTakeoverAckCodec } from './init-takeover-ack.ts';
import { enrpListRequestCodec } from './list-request.ts';
import { enrpListResponseCodec } from './list-response.ts';
import { enrpPresenceCodec } from './presence.ts';
import { enrpTakeoverServerCodec } from './takeover-server.ts';

/** The table of ENRP messages (RFC 5353 section 2). */
export const enrpCodecs: MessageCodecs<EnrpMessage> = {
  ENRP_PRESENCE: enrpPresenceCodec,
  ENRP_HANDLE_TABLE_REQUEST: enrpHandleTableRequestCodec,
  ENRP_HANDLE_TABLE_RESPONSE: enrpHandleTableResponseCodec,
  ENRP_HANDLE_UPDATE: enrpHandleUpdateCodec,
  ENRP_LIST_REQUEST: enrpListRequestCodec,
  ENRP_LIST_RESPONSE: enrpListResponseCodec,
  ENRP_INIT_TAKEOVER: enrpInitTakeoverCodec,
  ENRP_INIT_TAKEOVER_ACK: enrpInitTakeoverAckCodec,
  ENRP_TAKEOVER_SERVER: enrpTakeoverServerCodec,
  ENRP_ERROR: enrpErrorCodec,
};
