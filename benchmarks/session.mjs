// How many requests a second a session carries, one at a time and 64 at a time, over framed TCP on loopback.
import { createRegistrar } from '@rserpool/registrar';
import { createPoolElement, createPoolUser } from '@rserpool/session';
import { createFramedTcpTransport } from '@rserpool/transport';
import { measure } from './measure.mjs';

const payload = new Uint8Array(100);

export async function benchSession(options) {
  const scope = await startScope();
  const tasks = [1, 64].map((width) => ({
    op: 'request and reply',
    transport: 'framed-tcp',
    bytes: payload.length,
    width,
    batch: width,
    isAsync: true,
    run: () => scope.exchange(width),
  }));
  const rows = await measure('session', tasks, options);
  await scope.end();
  return rows;
}

async function startScope() {
  const transport = createFramedTcpTransport();
  const registrar = await createRegistrar({ asap: { transport, port: 0 }, enrp: { transport, port: 0 } });
  const registrars = [registrar.asapEndpoint];
  const element = await createPoolElement({ transport, poolHandle: 'EchoPool', registrars });
  await element.registered();
  const serving = element.serve(async (session) => {
    for await (const { data } of session) if (!session.send(data)) await session.writable();
  });
  const user = await createPoolUser({ transport, sessionTransports: { sctp: transport }, registrars });
  const session = await user.connect('EchoPool');
  const answers = session[Symbol.asyncIterator]();
  return {
    exchange: async (width) => {
      for (let index = 0; index < width; index++) session.send(payload);
      for (let index = 0; index < width; index++) await answers.next();
    },
    end: async () => {
      await user.close();
      await element.close();
      await serving;
      await registrar.close();
    },
  };
}
