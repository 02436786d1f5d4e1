// Our pool elements: node element.mjs '{ carrier, address, registrars, multicast, elements: [{ service, ... }] }'
import { reportPoolElementStatus } from '@rserpool/component-status';
import {
  chargenService,
  createCalcAppService,
  daytimeService,
  discardService,
  echoService,
  fractalService,
  pingPongService,
} from '@rserpool/services';
import { createPoolElement } from '@rserpool/session';
import { answerWith, settings, tell, tellEvent } from './conversation.mjs';
import { address, transport } from './network.mjs';

const { elements, multicast = false, registrars = [], profile = 'rsplib', asapTiming, status } = settings;
const created = new Map();

const services = {
  echo: echoService,
  discard: discardService,
  daytime: daytimeService,
  chargen: chargenService,
  pingPong: pingPongService,
  calcApp: (options) => createCalcAppService(options).serve,
  fractal: fractalService,
};

const told = [
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
];

for (const { identifier, service = 'echo', serviceOptions = {}, ...options } of elements) {
  const element = await createPoolElement({
    transport,
    registrars,
    listen: { addresses: [address] },
    profile,
    identifier,
    ...(multicast && { announces: true }),
    ...(asapTiming !== undefined && { asapTiming }),
    ...options,
  });
  created.set(identifier, element);
  if (status !== undefined) reportPoolElementStatus(element, { server: status, intervalMs: 500 });
  for (const type of told) element.on(type, (event) => tellEvent({ ...event, identifier }));
  const serve = services[service](serviceOptions);
  void element.serve(async (session) => {
    const { restoredState } = session;
    tell('session', { identifier, ...(restoredState !== undefined && { restored: restoredState }) });
    await serve(session);
  });
}
tell('listening');

await answerWith({
  update: ({ identifier, policy }) => created.get(identifier).updatePolicy(policy),
  state: ({ identifier }) => created.get(identifier).registrationState,
  close: ({ identifier }) => created.get(identifier).close(),
});
