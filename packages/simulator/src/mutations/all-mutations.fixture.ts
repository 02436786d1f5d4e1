import { clientMutations } from './client-mutations.fixture.ts';
import { codecMutations } from './codec-mutations.fixture.ts';
import { conflictMutations } from './conflict-mutations.fixture.ts';
import { elementMutations } from './element-mutations.fixture.ts';
import { handlespaceMutations } from './handlespace-mutations.fixture.ts';
import type { Mutation } from './mutation.fixture.ts';
import { peeringMutations } from './peering-mutations.fixture.ts';
import { takeoverMutations } from './takeover-mutations.fixture.ts';

/** All mutations: each of them has to be caught. */
export const allMutations: readonly Mutation[] = [
  ...takeoverMutations,
  ...peeringMutations,
  ...handlespaceMutations,
  ...conflictMutations,
  ...elementMutations,
  ...clientMutations,
  ...codecMutations,
];
