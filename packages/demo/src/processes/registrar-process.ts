import { createRegistrar } from '@rserpool/registrar';
import { createAsapTcpTransport } from '@rserpool/transport';
import { formatRemoteEndpoint } from '@rserpool/wire';
import { demoTransport } from './demo-transport.ts';
import { formatIdentifier } from './identifier.ts';
import { report } from './process-message.ts';
import type { Role } from './role.ts';
import { untilDisconnected } from './until-disconnected.ts';

/**
 * A registrar of the job: it reports where it listens, whom it finds and whom it takes over for.
 *
 * @param role - Its name and its peers.
 */
export async function runRegistrar(role: Role): Promise<void> {
  const transport = demoTransport();
  await using registrar = await createRegistrar({
    asap: { transport, port: 0 },
    poolUsers: { transport: createAsapTcpTransport(), port: 0 },
    enrp: { transport, port: 0 },
    peers: role.peers,
    profile: 'lan',
  });
  const own = formatIdentifier(registrar.identifier);
  registrar.on('peerDiscovered', ({ peer }) => {
    report({ event: 'peerDiscovered', process: role.name, registrar: own, peer: formatIdentifier(peer) });
  });
  registrar.on('takeoverServerSent', ({ target, elements }) => {
    report({ event: 'takeover', registrar: own, target: formatIdentifier(target), elements, afterMs: 0 });
  });
  // What was found before the handlers were there.
  for (const { identifier } of registrar.peers) {
    report({
      event: 'peerDiscovered',
      process: role.name,
      registrar: own,
      peer: formatIdentifier(identifier),
    });
  }
  report({
    event: 'listening',
    identifier: own,
    asap: formatRemoteEndpoint(registrar.asapEndpoint),
    poolUsers:
      registrar.poolUserEndpoint === undefined ? '' : formatRemoteEndpoint(registrar.poolUserEndpoint),
    enrp: formatRemoteEndpoint(registrar.enrpEndpoint),
  });
  await untilDisconnected();
}
