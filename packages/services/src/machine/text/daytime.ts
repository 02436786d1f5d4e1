/** A time of day and its day. */
export interface Daytime {
  /** Year, for example 2026. */
  readonly year: number;
  /** Month, 1 .. 12. */
  readonly month: number;
  /** Day of the month, 1 .. 31. */
  readonly day: number;
  /** Day of the week, 0 (Sunday) .. 6. */
  readonly weekday: number;
  /** Hour, 0 .. 23. */
  readonly hour: number;
  /** Minute, 0 .. 59. */
  readonly minute: number;
  /** Second, 0 .. 60. */
  readonly second: number;
  /** Microsecond, 0 .. 999 999. */
  readonly microsecond: number;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A time as the reference's daytime service tells it (RFC 867 leaves the form open).
 *
 * @param time - The time.
 * @example
 * ```ts
 * import { formatDaytime } from '@rserpool/services/machine';
 *
 * const noon = { hour: 12, minute: 0, second: 0, microsecond: 0 };
 * formatDaytime({ year: 2026, month: 11, day: 21, weekday: 6, ...noon }); // Saturday, 21-November-2026 12:00:00.000000
 * ```
 */
export function formatDaytime(time: Daytime): string {
  const date = `${time.day}-${months[time.month - 1]}-${time.year}`;
  const clock = [time.hour, time.minute, time.second]
    .map((value) => String(value).padStart(2, '0'))
    .join(':');
  return `${weekdays[time.weekday]}, ${date} ${clock}.${String(time.microsecond).padStart(6, '0')}\n`;
}
