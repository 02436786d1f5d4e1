import type { AsapClientOptions } from '../client/asap-client-options.ts';

/** How a {@link PoolElementMachine} is set up. */
export interface PoolElementOptions extends AsapClientOptions {}
