import type { Association } from './association.ts';

/** Tells the application how much was acknowledged, if anything was. */
export function reportAcknowledged(association: Association, bytes: number): void {
  if (bytes > 0) association.core.emit({ type: 'acknowledged', association: association.id, bytes });
}
