// Our registrar: node registrar.mjs '{ carrier, address, identifier, peers, multicast, profile, timing, ... }'
import { createRegistrar } from '@rserpool/registrar';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, announceGroup, enrpGroup, transport } from './network.mjs';

const { identifier, multicast = false, peers = [], profile = 'rsplib', timing, options = {} } = settings;
const registrar = await createRegistrar({
  asap: { transport, addresses: [address], port: 3863 },
  enrp: { transport, addresses: [address], port: 9901 },
  identifier,
  peers,
  profile,
  ...(multicast && { announce: announceGroup, enrpGroup }),
  ...(timing !== undefined && { timing }),
  ...options,
});
registrar.onEvent(tellEvent);
tell('listening');
void registrar.ready().then(() => tell('ready'));

await answerWith({
  pools: () => registrar.pools(),
  counts: () => ({ pools: registrar.poolCount, elements: registrar.elementCount }),
  peers: () => registrar.peers,
  close: () => registrar.close(),
});
