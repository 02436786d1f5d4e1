import type { Mutation } from './mutation.fixture.ts';

const arbitration = 'enrp/src/takeover/takeover-arbitration.ts';
const completion = 'enrp/src/takeover/takeover-completion.ts';

/** Ways to break the takeover of a failed registrar (RFC 5353 section 3.5). */
export const takeoverMutations: readonly Mutation[] = [
  {
    procedure: 'takeover',
    name: 'an acknowledgement is ignored',
    file: arbitration,
    before: `if (attempt?.awaited.delete(peer.identifier) !== true) {`,
    after: `if (attempt?.awaited.delete(0) !== true) {`,
  },
  {
    procedure: 'takeover',
    name: 'nobody is waited for',
    file: arbitration,
    before: `        awaited.add(peer.identifier);
    }`,
    after: `        awaited.delete(peer.identifier);
    }`,
  },
  {
    procedure: 'takeover',
    name: 'two initiators both go on',
    file: arbitration,
    before: `    this.#cancel(target, 'lostArbitration', initiator.identifier);`,
    after: ``,
  },
  {
    procedure: 'takeover',
    name: 'an initiator with the larger identifier is not agreed to',
    file: arbitration,
    before: `    core.sendTo(initiator, { type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: target });`,
    after: ``,
  },
  {
    procedure: 'takeover',
    name: 'a presence of the target does not end it',
    file: arbitration,
    before: `    this.#cancel(peer.identifier, 'targetAlive', undefined);`,
    after: ``,
  },
  {
    procedure: 'takeover',
    name: 'the target that is to be taken over says nothing',
    file: arbitration,
    before: `      this.#presence.announce();
      return;`,
    after: `      return;`,
  },
  {
    procedure: 'takeover',
    name: 'an initiator that was agreed to is waited for, for ever',
    file: arbitration,
    before: `      core.timers.set(\`takeover-expiry:\${target}\`, core.now + core.timing.takeoverExpiryMs);`,
    after: ``,
  },
  {
    procedure: 'takeover',
    name: 'the winner tells nobody',
    file: completion,
    before: `      core.send(association, 0, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: target });`,
    after: ``,
  },
  {
    procedure: 'takeover',
    name: 'elements of the target stay with it where another one has won',
    file: completion,
    before: `const elements = this.#ownership.inherited(winner, target);`,
    after: `const elements = 0;`,
  },
  {
    procedure: 'takeover',
    name: 'the elements are not told that they have a new home',
    file: 'registrar/src/machine/registrar-machine.ts',
    before: `else if (output.type === 'takenOver') this.asap.handle({ type: 'adopt', elements: output.elements }, now);`,
    after: `else if (output.type === 'takenOver') this.asap.handle({ type: 'adopt', elements: [] }, now);`,
  },
];
