import type { Service } from '../service.ts';
import { sendWhenWritable } from '../send-when-writable.ts';
import { formatDaytime } from '../machine/text/daytime.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';

/** Options of {@link daytimeService}. */
export interface DaytimeServiceOptions {
  /** The time of day; the system's by default. */
  readonly timeOfDay?: () => Date;
}

/**
 * The daytime service: tells the time for each message, whatever it says. The reference's tells it once, before the user
 * has said anything, and closes, whereupon its own clients fail over, and over again; here the user ends the session.
 *
 * @param options - The time of day.
 * @returns What to give to `serve` of a pool element.
 */
export function daytimeService(options: DaytimeServiceOptions = {}): Service {
  const timeOfDay = options.timeOfDay ?? ((): Date => new Date());
  return async (session) => {
    for await (const _message of session) {
      const time = formatDaytime(partsOf(timeOfDay()));
      await sendWhenWritable(session, time, ServicePayloadProtocolIdentifier.text);
    }
  };
}

/** In the local time zone, as the reference. */
function partsOf(date: Date): Parameters<typeof formatDaytime>[0] {
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    weekday: date.getDay(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    microsecond: date.getMilliseconds() * 1000,
  };
}
