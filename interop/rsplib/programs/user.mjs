// Our pool user: node user.mjs '{ carrier, address, registrars, multicast }'
import { createPoolUser } from '@rserpool/session';
import { decodeUtf8 } from '@rserpool/wire';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, announceGroup, transport } from './network.mjs';

const { multicast = false, registrars = [], profile = 'rsplib', asapTiming } = settings;
const user = await createPoolUser({
  transport,
  sessionTransports: { sctp: transport },
  registrars,
  addresses: [address],
  profile,
  ...(multicast && { announces: announceGroup }),
  ...(asapTiming !== undefined && { asapTiming }),
});
tell('listening');

let session;

await answerWith({
  resolve: ({ poolHandle, items }) =>
    user.resolve(poolHandle, { bypassCache: true, ...(items !== undefined && { items }) }),
  report: ({ poolHandle, identifier }) => user.reportFailure(poolHandle, identifier),
  async connect({ poolHandle }) {
    session = await user.connect(poolHandle, { onEvent: tellEvent });
    void (async () => {
      for await (const { data } of session) tell('message', { text: decodeUtf8(data) });
    })();
  },
  send({ text }) {
    session.send(text);
  },
});
