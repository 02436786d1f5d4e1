// Our registrar on the kernel's SCTP, set as the reference is: node own-registrar.mjs ADDRESS.
import { createRegistrar } from '@rserpool/registrar';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { keepAliveIntervalMs } from './settings.mjs';

const [address] = process.argv.slice(2);
const transport = createSctpTransport({ carrier: 'kernel' });
await createRegistrar({
  asap: { transport, addresses: [address], port: 3863 },
  enrp: { transport, addresses: [address], port: 9901 },
  profile: 'rsplib',
  timing: { asap: { keepAliveIntervalMs } },
  // The reference has no limit unless it is given one.
  limits: { asap: { maximumResolutionsPerSecond: Infinity } },
});
