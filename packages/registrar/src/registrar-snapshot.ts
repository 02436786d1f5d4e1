import type { AsapRegistrarCounters } from '@rserpool/asap';
import type { EnrpCounters } from '@rserpool/enrp';
import type { PolicyParameter, PoolElement } from '@rserpool/wire';

/** One pool as a registrar sees it. */
export interface PoolSnapshot {
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** The pool's policy, as its first element set it (RFC 5352 section 3.1). */
  readonly policy: PolicyParameter;
  /** Its elements, each with its home registrar. */
  readonly poolElements: readonly PoolElement[];
}

/** What a registrar has counted. */
export interface RegistrarCounters {
  /** Towards pool elements and pool users. */
  readonly asap: AsapRegistrarCounters;
  /** Towards peers. */
  readonly enrp: EnrpCounters;
}
