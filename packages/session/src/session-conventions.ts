import type { SessionTimingProfile } from './machine/session-timing.ts';
import { maximumPoolHandleBytes } from './text-forms.ts';

/** What a profile says beside times. */
export interface SessionConventions {
  /** The longest pool handle that is sent, in bytes. */
  readonly maximumPoolHandleBytes: number;
  /** Whether elements send business cards by default. */
  readonly businessCard: boolean;
}

const rfc: SessionConventions = { maximumPoolHandleBytes, businessCard: true };

/**
 * The conventions of each profile. A registrar of the reference implementation ends with a failed assertion where a pool
 * handle has more than 32 bytes, and its users read a business card of another form.
 */
export const sessionConventions: Readonly<Record<SessionTimingProfile, SessionConventions>> = {
  rfc,
  lan: rfc,
  wan: rfc,
  rsplib: { maximumPoolHandleBytes: 32, businessCard: false },
};
