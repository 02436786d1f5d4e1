import type { Mutation } from './mutation.fixture.ts';

/** Ways to break what ends conflicts: rivals for an element, pools that were founded twice. */
export const conflictMutations: readonly Mutation[] = [
  {
    procedure: 'conflict',
    name: 'the smaller identifier prevails',
    file: 'enrp/src/core/enrp-core.ts',
    before: `=== 'rsplib' ? left < right : left > right;`,
    after: `=== 'rsplib' ? left > right : left < right;`,
  },
  {
    procedure: 'conflict',
    name: 'a registrar that was taken over while it hung does not yield',
    file: 'enrp/src/takeover/takeover-completion.ts',
    before: `    this.#ownership.yieldTo(winner);`,
    after: ``,
  },
  {
    procedure: 'conflict',
    name: 'who is associated with an element does not defend it',
    file: 'registrar/src/machine/registrar-machine.ts',
    before: `const isAssociated = (element: ElementReference): boolean => this.asap.isAssociated(element);`,
    after: `const isAssociated = (element: ElementReference): boolean => element < 0;`,
  },
  {
    procedure: 'conflict',
    name: 'an element does not tell its second home that it has one',
    file: 'asap/src/pool-element/home-watch.ts',
    before: `rival: this.#mayContest(now) ? sender : undefined };`,
    after: `rival: this.#mayContest(now) ? undefined : undefined };`,
  },
  {
    procedure: 'conflict',
    name: 'of a pool that was founded twice neither side yields',
    file: 'enrp/src/handlespace/intake.ts',
    before: `    if (!result.ok && this.#poolConflicts.yieldTo(poolElement.homeRegistrar, poolHandle, result.causes))
      result = handlespace.learn(poolHandle, poolElement);`,
    after: ``,
  },
  {
    procedure: 'pool',
    name: 'an element with another policy is accepted',
    file: 'handlespace/src/pool-consistency.ts',
    before: `return type === pools.type(number) && transportCode`,
    after: `return transportCode`,
  },
  {
    procedure: 'pool',
    name: 'an element with another transport is accepted',
    file: 'handlespace/src/pool-consistency.ts',
    before: ` && transportCode(element.userTransport) === pools.transport(number);`,
    after: `;`,
  },
];
