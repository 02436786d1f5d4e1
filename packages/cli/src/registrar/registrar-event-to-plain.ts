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
      typeof value === 'number' && identifierFields.has(name)
        ? formatIdentifier(value)
        : toPlain(value, name),
    ]),
  );
}
