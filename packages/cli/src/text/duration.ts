/**
 * A span of time for people: `0:00:05`, or `3d 0:00:05` from a day on.
 *
 * @param milliseconds - The span, rounded down to seconds.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const clock = `${Math.floor((seconds % 86_400) / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
  return days === 0 ? clock : `${days}d ${clock}`;
}
