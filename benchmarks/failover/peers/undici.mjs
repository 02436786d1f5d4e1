// HTTP requests with undici over two servers: its BalancedPool, alone or with its RetryAgent.
import { BalancedPool, RetryAgent } from 'undici';
import { startServer } from '../child.mjs';

export async function startUndici({ retry }) {
  const servers = await Promise.all([startServer('http.mjs'), startServer('http.mjs')]);
  const origins = servers.map(({ info }) => `http://127.0.0.1:${info.port}`);
  const pool = new BalancedPool(origins);
  const dispatcher = retry ? new RetryAgent(pool) : pool;
  return {
    request: async () => {
      const { body } = await dispatcher.request({ origin: origins[0], path: '/', method: 'GET' });
      return { server: Number(await body.text()) };
    },
    hit: (pid, signal) => servers.find((server) => server.pid === pid).signal(signal),
    end: async () => {
      // The pool waits for requests that hang; they are what was to be shown.
      void pool.destroy().catch(() => undefined);
      await Promise.all(servers.map((server) => server.end()));
    },
  };
}
