import type { RegistrarEvent } from '@rserpool/registrar';
import type { Plain } from '../decode/to-plain.ts';
import { registrarEventToPlain } from './registrar-event-to-plain.ts';

/** Events that come so often that only `--verbose` shows them. */
const quiet: ReadonlySet<RegistrarEvent['type']> = new Set([
  'elementProbed',
  'elementAlive',
  'associationAttempt',
  'poolUpdated',
  'tablePageReceived',
]);

/**
 * Whether an event is shown without `--verbose`; re-registrations are not.
 *
 * @param event - What happened.
 */
export function isNoteworthy(event: RegistrarEvent): boolean {
  if (event.type === 'elementRegistered') return !event.reregistration;
  return !quiet.has(event.type);
}

/**
 * An event as a line for people: its type in words, and its fields.
 *
 * @param event - What happened.
 */
export function describeRegistrarEvent(event: RegistrarEvent): string {
  const { type: _type, ...fields } = registrarEventToPlain(event);
  const words = event.type.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  const details = Object.entries(fields).map(([name, value]) => `${name}=${formatValue(value)}`);
  return [words, ...details].join(' ');
}

function formatValue(value: Plain): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
