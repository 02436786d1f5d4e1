// Our pool elements: node element.mjs '{ carrier, address, registrars, multicast, elements: [{ poolHandle, ... }] }'
// They echo what they are sent, with their identifier before it.
import { createPoolElement } from '@rserpool/session';
import { decodeUtf8 } from '@rserpool/wire';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, announceGroup, transport } from './network.mjs';

const { elements, multicast = false, registrars = [], profile = 'rsplib', asapTiming } = settings;
const created = new Map();

async function echo(session, identifier) {
  for await (const { data } of session) session.send(`${identifier}: ${decodeUtf8(data)}`);
}

for (const { identifier, ...options } of elements) {
  const element = await createPoolElement({
    transport,
    registrars,
    listen: { addresses: [address] },
    profile,
    identifier,
    ...(multicast && { announces: announceGroup }),
    ...(asapTiming !== undefined && { asapTiming }),
    ...options,
  });
  created.set(identifier, element);
  for (const type of [
    'registered',
    'registrationSent',
    'registrationRejected',
    'registrationUnanswered',
    'registrationFailed',
    'deregistered',
    'homeRegistrarLost',
    'homeRegistrarChanged',
    'keepAliveAcknowledged',
    'errorReceived',
  ])
    element.on(type, (event) => tellEvent({ ...event, identifier }));
  void element.serve((session) => echo(session, identifier)).catch(() => undefined);
}
tell('listening');

await answerWith({
  update: ({ identifier, policy }) => created.get(identifier).updatePolicy(policy),
  state: ({ identifier }) => created.get(identifier).registrationState,
  close: ({ identifier }) => created.get(identifier).close(),
});
