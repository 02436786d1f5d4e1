// Our pool user: node user.mjs '{ carrier, address, registrars, multicast }'
import { calculateJob, Picture, receivePicture, runPingPongClient } from '@rserpool/services';
import { createPoolUser } from '@rserpool/session';
import { decodeUtf8 } from '@rserpool/wire';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, transport } from './network.mjs';

const { multicast = false, registrars = [], profile = 'rsplib', asapTiming, timing } = settings;
const user = await createPoolUser({
  transport,
  sessionTransports: { sctp: transport },
  registrars,
  addresses: [address],
  profile,
  ...(multicast && { announces: true }),
  ...(asapTiming !== undefined && { asapTiming }),
  ...(timing !== undefined && { timing }),
});
tell('listening');

const connect = (poolHandle) => user.connect(poolHandle, { onEvent: tellEvent });
let session;

await answerWith({
  resolve: ({ poolHandle, items }) =>
    user.resolve(poolHandle, { bypassCache: true, ...(items !== undefined && { items }) }),
  report: ({ poolHandle, identifier }) => user.reportFailure(poolHandle, identifier),
  async connect({ poolHandle }) {
    session = await connect(poolHandle);
    void (async () => {
      for await (const { data } of session) tell('message', { text: decodeUtf8(data), bytes: data.length });
    })().catch((error) => tell('sessionFailed', { error: String(error) }));
  },
  send({ text }) {
    session.send(text);
  },
  element: () => session.element?.identifier,
  async pingPong({ poolHandle, ...options }) {
    return runPingPongClient(await connect(poolHandle), { onEvent: tellEvent, ...options });
  },
  calcApp: ({ poolHandle, ...options }) =>
    calculateJob(user, { poolHandle, onSessionEvent: tellEvent, onJobEvent: tellEvent, ...options }),
  async fractal({ poolHandle, parameter }) {
    let rows = 0;
    const picture = await receivePicture(await connect(poolHandle), parameter, (row) => {
      if (row <= rows) return;
      rows = row;
      tell('row', { row });
    });
    const isSame = Buffer.compare(picture.toRgb(), Picture.computed(parameter).toRgb()) === 0;
    return { isSame, rows: picture.rows, recomputed: picture.rowsRecomputed };
  },
});
