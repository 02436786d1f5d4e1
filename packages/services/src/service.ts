import type { ServedSession } from '@rserpool/session';

/** Serves one session: what `serve` of a pool element wants. */
export type Service = (session: ServedSession) => Promise<void>;
