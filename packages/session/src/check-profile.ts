import { RserpoolError } from '@rserpool/wire';
import { type SessionTimingProfile, sessionTimingProfiles } from './machine/session-timing.ts';

/**
 * Checks the name of a profile, which may come from a configuration file.
 *
 * @param profile - The name.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for any other.
 */
export function checkProfile(profile: SessionTimingProfile): void {
  if (Object.hasOwn(sessionTimingProfiles, profile)) return;
  const allowed = Object.keys(sessionTimingProfiles).join(', ');
  throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `profile is '${profile}'; allowed are ${allowed}`);
}
