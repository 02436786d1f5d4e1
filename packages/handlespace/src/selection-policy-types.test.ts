import type * as policies from '@rserpool/policies';
import type * as wire from '@rserpool/wire';
import { expectTypeOf, test } from 'vitest';

// `policies` depends on nothing, so it has its own type of the same shape; here is where both meet.
test('the policies of the wire and those of the selectors are the same type', () => {
  expectTypeOf<wire.SelectionPolicy>().toExtend<policies.SelectionPolicy>();
  expectTypeOf<policies.SelectionPolicy>().toExtend<wire.SelectionPolicy>();
  expectTypeOf<wire.SelectionPolicy['type']>().toEqualTypeOf<policies.SelectionPolicy['type']>();
  expectTypeOf<wire.RandomSource>().toEqualTypeOf<policies.RandomSource>();
});
