// A registrar for these comparisons. Its profile is an argument.
import { createRegistrar } from '@rserpool/registrar';
import { createAsapTcpTransport, createFramedTcpTransport } from '@rserpool/transport';

const transport = createFramedTcpTransport();
const registrar = await createRegistrar({
  asap: { transport, port: 0 },
  poolUsers: { transport: createAsapTcpTransport(), port: 0 },
  enrp: { transport, port: 0 },
  profile: process.argv[2] ?? 'rfc',
  limits: { asap: { maximumRegistrationsPerAssociation: 1_000_000, maximumResolutionsPerSecond: Infinity } },
});
await registrar.ready();
console.log(
  JSON.stringify({ port: registrar.asapEndpoint.port, poolUserPort: registrar.poolUserEndpoint.port }),
);
