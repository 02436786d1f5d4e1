import type { Mutation } from './mutation.fixture.ts';

const audit = 'enrp/src/audit/audit.ts';
const resynchronization = 'enrp/src/audit/resynchronization.ts';
const updates = 'enrp/src/handlespace/updates.ts';
const ownership = 'handlespace/src/ownership.ts';

/** Ways to break checksums, audits and updates (RFC 5353 sections 3.3 and 3.6). */
export const handlespaceMutations: readonly Mutation[] = [
  {
    procedure: 'checksum',
    name: 'an element that leaves stays in the sum',
    file: ownership,
    before: `    holdings.sum = (holdings.sum - sum) | 0;`,
    after: `    void sum;`,
  },
  {
    procedure: 'checksum',
    name: 'an element that moves to another registrar is not added there',
    file: ownership,
    before: `    target.sum = (target.sum + sum) | 0;`,
    after: ``,
  },
  {
    procedure: 'checksum',
    name: 'a takeover does not add up the sums',
    file: ownership,
    before: `    target.sum = (target.sum + source.sum) | 0;`,
    after: ``,
  },
  {
    procedure: 'checksum',
    name: 'a carry is lost',
    file: 'handlespace/src/checksum.ts',
    before: `folded = (folded & 0xffff) + (folded >>> 16);`,
    after: `folded = folded & 0xffff;`,
  },
  {
    procedure: 'audit',
    name: 'checksums are not compared',
    file: audit,
    before: `    if (received === expected) {`,
    after: `    if (received === expected || !core.handlespace.isCurrent(-1)) {`,
  },
  {
    procedure: 'audit',
    name: 'a difference is seen, and nothing is done',
    file: audit,
    before: `      this.#repair(peer, disagreement);
    }`,
    after: `    }`,
  },
  {
    procedure: 'audit',
    name: 'nothing is marked: what the peer does not name stays',
    file: resynchronization,
    before: `      after = handlespace.markSlice(peer.identifier, after, markedPerSlice);`,
    after: `      void handlespace;`,
  },
  {
    procedure: 'audit',
    name: 'the sweep is forgotten',
    file: 'enrp/src/handlespace/ownership.ts',
    before: `      removed += slice.removed.length;
      after = slice.next;`,
    after: `      after = undefined;`,
  },
  {
    procedure: 'audit',
    name: 'a named element keeps its mark, and is swept',
    file: 'enrp/src/handlespace/ownership.ts',
    before: `    if (known === undefined || !isContested || prevails) {`,
    after: `    if (known === undefined || (isContested && prevails)) {`,
  },
  {
    procedure: 'audit',
    name: 'only the first part of a table is asked for',
    file: resynchronization,
    before: `      } else {
        this.#ask(peer);
      }`,
    after: `      }`,
  },
  {
    procedure: 'update',
    name: 'registrations are not told to the peers',
    file: updates,
    before: `    announceUpdate(this.#core, action, poolHandle, poolElement);`,
    after: `    if (action === 'delete') announceUpdate(this.#core, action, poolHandle, poolElement);`,
  },
  {
    procedure: 'update',
    name: 'DEL_PE is ignored',
    file: updates,
    before: `        this.#ownership.deleted(peer, poolHandle, poolElement.identifier);`,
    after: ``,
  },
  {
    procedure: 'update',
    name: 'whoever sends DEL_PE is obeyed, home registrar or not',
    file: 'enrp/src/handlespace/ownership.ts',
    before: `    if (handlespace.homeRegistrar(element) === peer.identifier) {`,
    after: `    if (handlespace.homeRegistrar(element) !== 0) {`,
  },
];
