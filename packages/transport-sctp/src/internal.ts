// What the fuzzers and benchmarks of this repository need besides the machine: packets as bytes.
export { CauseCode } from './core/wire/cause-code.ts';
export { putErrorCause } from './core/wire/causes/error-cause.ts';
export { readErrorCauses } from './core/wire/causes/read-error-causes.ts';
export { ChunkType } from './core/wire/chunk-type.ts';
export { ChunkWalk } from './core/wire/chunk-walk.ts';
export { putAsconf, readAsconf } from './core/wire/chunks/asconf.ts';
export { putAsconfAck, readAsconfAck } from './core/wire/chunks/asconf-ack.ts';
export { isChunkLengthRight } from './core/wire/chunks/chunk-length.ts';
export { decodeInit, decodeInitAck } from './core/wire/chunks/decode-init.ts';
export { putForwardTsn, readForwardTsn } from './core/wire/chunks/forward-tsn.ts';
export { putHeartbeat, readHeartbeatInformation } from './core/wire/chunks/heartbeat.ts';
export { putInit } from './core/wire/chunks/init.ts';
export { putInitAck } from './core/wire/chunks/init-ack.ts';
export { checksumOf, checksumOffset, isChecksumRight } from './core/wire/packet.ts';
export { PacketWriter } from './core/wire/packet-writer.ts';
