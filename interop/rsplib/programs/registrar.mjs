// Our registrar: node registrar.mjs '{ carrier, address, identifier, peers, multicast, profile, timing, options }'
import { reportRegistrarStatus } from '@rserpool/component-status';
import { createRegistrar } from '@rserpool/registrar';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, transport } from './network.mjs';

const {
  identifier,
  multicast = false,
  peers = [],
  profile = 'rsplib',
  timing,
  options = {},
  status,
} = settings;
const registrar = await createRegistrar({
  asap: { transport, addresses: [address], port: 3863 },
  enrp: { transport, addresses: [address], port: 9901 },
  identifier,
  peers,
  profile,
  ...(multicast && { announce: true, enrpGroup: true }),
  ...(timing !== undefined && { timing }),
  ...options,
});
// Keep-alives of a thousand elements tell nothing.
registrar.onEvent((event) => {
  if (event.type !== 'elementProbed' && event.type !== 'elementAlive') tellEvent(event);
});
if (status !== undefined) reportRegistrarStatus(registrar, { server: status, intervalMs: 500 });
tell('listening');
void registrar.ready().then(() => tell('ready'));

await answerWith({
  pools: () => registrar.pools(),
  counts: () => ({ pools: registrar.poolCount, elements: registrar.elementCount }),
  homes() {
    const homes = {};
    for (const { poolElements } of registrar.pools())
      for (const { homeRegistrar } of poolElements) homes[homeRegistrar] = (homes[homeRegistrar] ?? 0) + 1;
    return homes;
  },
  peers: () => registrar.peers,
  close: () => registrar.close(),
});
