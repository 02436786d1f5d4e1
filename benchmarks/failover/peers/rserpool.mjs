// A session of this project with a pool of two elements. What the lost element had not answered is sent again.
import { createPoolUser } from '@rserpool/session';
import { createFramedTcpTransport } from '@rserpool/transport';
import { startServer } from '../child.mjs';

export async function startRserpool({ profile = 'rfc' }) {
  const registrar = await startServer('registrar.mjs', [profile]);
  const elementArguments = [String(registrar.info.port), profile];
  const servers = await Promise.all([1, 2].map(() => startServer('element.mjs', elementArguments)));
  const transport = createFramedTcpTransport();
  const user = await createPoolUser({
    transport,
    sessionTransports: { sctp: transport },
    registrars: [`127.0.0.1:${registrar.info.port}`],
    profile,
  });
  const session = await user.connect('EchoPool', { resend: 'sinceCookie' });
  let noticedAt;
  session.on('elementLost', () => {
    noticedAt = performance.now();
  });
  const answers = session[Symbol.asyncIterator]();
  return {
    request: async (sequence) => {
      session.send(String(sequence));
      for (;;) {
        const { value, done } = await answers.next();
        if (done) throw new Error('the session ended');
        const [answered, server] = new TextDecoder().decode(value.data).split(' ').map(Number);
        // After a failover, requests that were answered already may be answered again.
        if (answered === sequence) return { server };
      }
    },
    hit: (pid, signal) => servers.find((server) => server.pid === pid).signal(signal),
    noticedAt: () => noticedAt,
    end: async () => {
      session.abort();
      await user.close();
      await Promise.all([registrar, ...servers].map((server) => server.end()));
    },
  };
}
