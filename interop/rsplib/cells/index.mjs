// The matrix: what is tried, by the part of the issue that it belongs to, each over every carrier of our side.
import { oneScope } from './one-scope.mjs';
import { ourClients } from './our-clients.mjs';
import { sessions } from './sessions.mjs';
import { status } from './status.mjs';
import { theirClients } from './their-clients.mjs';
import { documented } from './documented.mjs';

/** What carries SCTP at our side; in the guest it is the kernel. */
export const carriers = ['kernel', 'udp', 'raw'];

const parts = {
  'our elements and users on rspregistrar': ourClients,
  'theirs on our registrar': theirClients,
};

/** Every cell, the longest first, so that none of them is the only one at the end. */
export const cells = [
  ...ofPart('one scope of both', oneScope),
  ...ofPart('sessions across', sessions),
  ...Object.entries(parts).flatMap(([part, runs]) => ofPart(part, runs)),
  ...ofPart('component status', status, ['kernel', 'udp']),
  ...ofPart('documented', documented, ['udp']).map((cell) => ({ ...cell, isDocumented: true })),
];

function ofPart(part, runs, over = carriers) {
  return Object.entries(runs).flatMap(([name, run]) =>
    over.map((carrier) => ({ part, what: name, name: `${carrier}: ${name}`, carrier, run })),
  );
}
