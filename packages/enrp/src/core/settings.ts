import { RserpoolError } from '@rserpool/wire';
import { type EnrpLimits, defaultEnrpLimits } from '../enrp-limits.ts';
import { type EnrpTiming, enrpTimingProfiles } from '../enrp-timing.ts';

function refuse(name: string, value: number, rule: string): never {
  throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', `${name} is ${value}; it has to be ${rule}.`);
}

/**
 * The timers that hold. Only {@link EnrpTiming.mentorDiscoveryMs} and {@link EnrpTiming.auditSettlingMs} may be 0:
 * a cycle of no length would never end.
 */
export function resolvedTiming(timing: Partial<EnrpTiming> = {}): EnrpTiming {
  const resolved = { ...enrpTimingProfiles.rfc, ...timing };
  for (const [name, value] of Object.entries(resolved)) {
    if (name === 'heartbeatJitter') {
      if (!(value >= 0 && value < 1)) refuse(`timing.${name}`, value, 'a fraction in 0 .. 1, without 1');
    } else {
      const least = name === 'mentorDiscoveryMs' || name === 'auditSettlingMs' ? 0 : 1;
      if (!(value >= least) || value === Number.POSITIVE_INFINITY) {
        refuse(`timing.${name}`, value, `${least} millisecond${least === 1 ? '' : 's'} or more`);
      }
    }
  }
  return resolved;
}

/** The limits that hold. */
export function resolvedLimits(limits: Partial<EnrpLimits> = {}): EnrpLimits {
  const resolved = { ...defaultEnrpLimits, ...limits };
  for (const [name, value] of Object.entries(resolved)) {
    if (!Number.isInteger(value) || value < 1) refuse(`limits.${name}`, value, 'an integer of 1 or more');
  }
  const { maximumMessageBytes } = resolved;
  if (maximumMessageBytes < 100 || maximumMessageBytes > 0xffff) {
    refuse('limits.maximumMessageBytes', maximumMessageBytes, 'in 100 .. 65535');
  }
  return resolved;
}
