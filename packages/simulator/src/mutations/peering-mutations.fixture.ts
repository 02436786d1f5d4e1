import type { Mutation } from './mutation.fixture.ts';

const detection = 'enrp/src/peering/failure-detection.ts';
const initialization = 'enrp/src/initialization/initialization.ts';
const tableServer = 'enrp/src/initialization/table-server.ts';

/** Ways to break heartbeats, mentors and downloads (RFC 5353 sections 3.2 and 3.4). */
export const peeringMutations: readonly Mutation[] = [
  {
    procedure: 'peering',
    name: 'the heartbeat stops after the first one',
    file: 'enrp/src/peering/heartbeat.ts',
    before: `    this.start();
    this.#presence.announce();`,
    after: `    this.#presence.announce();`,
  },
  {
    procedure: 'peering',
    name: 'a required reply is not sent',
    file: 'enrp/src/core/message-dispatch.ts',
    before: `    if (message.replyRequired && !isAnswered) presence.sendTo(peer, false);`,
    after: ``,
  },
  {
    procedure: 'peering',
    name: 'a peer that was silent for too long is not probed',
    file: detection,
    before: `this.suspect(peer, 'silent');
    else`,
    after: `return;
    else`,
  },
  {
    procedure: 'peering',
    name: 'a probe that nobody answers has no consequence',
    file: detection,
    before: `    if (peer?.status === 'suspected') this.#dead(peer, 'noResponse');`,
    after: `    void peer;`,
  },
  {
    procedure: 'peering',
    name: 'a suspected peer that speaks stays suspected',
    file: detection,
    before: `    if (peer.status === 'suspected') this.revive(peer);`,
    after: ``,
  },
  {
    procedure: 'mentor',
    name: 'a mentor that does not answer is not replaced by another one',
    file: initialization,
    before: `    if (this.#mentor !== undefined) this.#fail('noResponse');`,
    after: ``,
  },
  {
    procedure: 'mentor',
    name: 'a registrar that initializes itself gives out its list',
    file: 'enrp/src/initialization/list-server.ts',
    before: `    if (!core.isReady) {`,
    after: `    if (core.state === 'idle') {`,
  },
  {
    procedure: 'download',
    name: 'the M flag is ignored: the first part is taken for everything',
    file: initialization,
    before: `    if (!message.moreToSend) this.#end(peer.identifier);`,
    after: `    if (!message.rejected) this.#end(peer.identifier);`,
  },
  {
    procedure: 'download',
    name: 'each part begins at the beginning again',
    file: tableServer,
    before: `    const page = core.handlespace.pageReferences(session?.after, {`,
    after: `    const page = core.handlespace.pageReferences(session === undefined ? undefined : undefined, {`,
  },
  {
    procedure: 'download',
    name: 'the W flag is ignored: a resynchronization gets the elements of others, too',
    file: tableServer,
    before: `      ...(ownChildrenOnly ? { homeRegistrar: core.identifier } : {}),`,
    after: ``,
  },
];
