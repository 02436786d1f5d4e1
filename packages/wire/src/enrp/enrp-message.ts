import type { EnrpError } from './error.ts';
import type { EnrpHandleTableRequest } from './handle-table-request.ts';
import type { EnrpHandleTableResponse } from './handle-table-response.ts';
import type { EnrpHandleUpdate } from './handle-update.ts';
import type { EnrpInitTakeover } from './init-takeover.ts';
import type { EnrpInitTakeoverAck } from './init-takeover-ack.ts';
import type { EnrpListRequest } from './list-request.ts';
import type { EnrpListResponse } from './list-response.ts';
import type { EnrpPresence } from './presence.ts';
import type { EnrpTakeoverServer } from './takeover-server.ts';

/** Any message of the Endpoint Handlespace Redundancy Protocol (RFC 5353 section 2). */
export type EnrpMessage =
  | EnrpPresence
  | EnrpHandleTableRequest
  | EnrpHandleTableResponse
  | EnrpHandleUpdate
  | EnrpListRequest
  | EnrpListResponse
  | EnrpInitTakeover
  | EnrpInitTakeoverAck
  | EnrpTakeoverServer
  | EnrpError;
