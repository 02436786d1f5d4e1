// A pool element that answers each message with its process number. Registrar port and profile are arguments.
import { createPoolElement } from '@rserpool/session';
import { createFramedTcpTransport } from '@rserpool/transport';

const element = await createPoolElement({
  transport: createFramedTcpTransport(),
  poolHandle: 'EchoPool',
  registrars: [`127.0.0.1:${process.argv[2]}`],
  profile: process.argv[3] ?? 'rfc',
});
await element.registered();
console.log(JSON.stringify({ port: element.port }));
await element.serve(async (session) => {
  for await (const { data } of session) session.send(`${new TextDecoder().decode(data)} ${process.pid}`);
});
