// A registrar for the elements and the user of this comparison. Its profile is an argument.
import { createRegistrar } from '@rserpool/registrar';
import { createFramedTcpTransport } from '@rserpool/transport';

const transport = createFramedTcpTransport();
const registrar = await createRegistrar({
  asap: { transport, port: 0 },
  enrp: { transport, port: 0 },
  profile: process.argv[2] ?? 'rfc',
});
await registrar.ready();
console.log(JSON.stringify({ port: registrar.asapEndpoint.port }));
