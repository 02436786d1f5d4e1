import { parseArgs } from 'node:util';
import { parseRemoteEndpoint, type RemoteEndpoint } from '@rserpool/wire';

/** What one process of the job is told on its command line. */
export interface Role {
  /** What it is. */
  readonly role: 'registrar' | 'element' | 'user';
  /** Its name in the timeline. */
  readonly name: string;
  /** The registrars that it may turn to; for a registrar none. */
  readonly registrars: readonly RemoteEndpoint[];
  /** The ENRP endpoints of a registrar's peers. */
  readonly peers: readonly RemoteEndpoint[];
  /** The pause of an element between two rows, in milliseconds. */
  readonly rowPauseMs: number;
  /** Where the user writes the picture. */
  readonly output: string;
}

/**
 * Reads the command line of a process of the job; the job itself wrote it, so nothing is checked.
 *
 * @param argv - The arguments.
 * @returns The role, or `undefined` where the arguments are the job's own.
 */
export function readRole(argv: readonly string[]): Role | undefined {
  if (!argv.some((argument) => argument.startsWith('--role='))) return undefined;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      registrar: { type: 'string', multiple: true },
      peer: { type: 'string', multiple: true },
      'row-pause': { type: 'string' },
      output: { type: 'string' },
    },
  });
  const { role, name = '' } = values;
  if (role !== 'registrar' && role !== 'element' && role !== 'user') return undefined;
  return {
    role,
    name,
    registrars: (values.registrar ?? []).map((text) => parseRemoteEndpoint(text)),
    peers: (values.peer ?? []).map((text) => parseRemoteEndpoint(text)),
    rowPauseMs: Number(values['row-pause'] ?? 0),
    output: values.output ?? 'fractal.png',
  };
}
