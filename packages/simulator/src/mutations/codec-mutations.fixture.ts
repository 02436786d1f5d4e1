import type { Mutation } from './mutation.fixture.ts';

/** Ways to break messages (RFC 5354, RFC 5352 section 2.2, RFC 5353 section 2). */
export const codecMutations: readonly Mutation[] = [
  {
    procedure: 'codec',
    name: 'the checksum of a presence is always the same',
    file: 'wire/src/parameters/pool-element-checksum.ts',
    before: `  view.setInt32(at + 4, checksum << 16);`,
    after: `  view.setInt32(at + 4, 0x4711 << 16);`,
  },
  {
    procedure: 'codec',
    name: 'a presence does not say that a reply is required',
    file: 'wire/src/enrp/presence.ts',
    before: `  view.setInt32(start, messageHeader(messageType, message.replyRequired ? 1 : 0, end - start));`,
    after: `  view.setInt32(start, messageHeader(messageType, 0, end - start));`,
  },
  {
    procedure: 'codec',
    name: 'each update adds, whatever its action',
    file: 'wire/src/enrp/handle-update.ts',
    before: `  view.setInt32(start + 12, action << 16);`,
    after: `  view.setInt32(start + 12, 0);`,
  },
  {
    procedure: 'codec',
    name: 'a keep-alive has no H flag',
    file: 'wire/src/asap/endpoint-keep-alive.ts',
    before: `  view.setInt32(start, messageHeader(messageType, message.home ? 1 : 0, length));`,
    after: `  view.setInt32(start, messageHeader(messageType, 0, length));`,
  },
];
