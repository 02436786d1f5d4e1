import type { RegistrarEvent } from '@rserpool/registrar';
import { type Plain, toPlain } from '../decode/to-plain.ts';
import { formatIdentifier } from '../options/identifier.ts';

/** The fields of events that hold the identifier of a registrar or of a pool element. */
const identifierFields = new Set([
  'poolElementIdentifier',
  'serverIdentifier',
  'previousHomeRegistrar',
  'identifier',
  'peer',
  'target',
  'initiator',
  'by',
  'mentor',
  'awaited',
]);

/**
 * An event as JSON: identifiers with `0x`, pool handles and addresses as text.
 *
 * @param event - What happened.
 */
export function registrarEventToPlain(event: RegistrarEvent): { readonly [key: string]: Plain } {
  const fields = Object.entries(event).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    fields.map(([name, value]: [string, unknown]) => [
      name,
      identifierFields.has(name) ? identifiersToText(value) : toPlain(value, name),
    ]),
  );
}

function identifiersToText(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(identifiersToText);
  return typeof value === 'number' ? formatIdentifier(value) : toPlain(value);
}
