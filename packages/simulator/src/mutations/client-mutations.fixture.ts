import type { Mutation } from './mutation.fixture.ts';

const hunt = 'asap/src/server-hunt/server-hunt.ts';
const resolution = 'asap/src/pool-user/resolution-procedure.ts';
const session = 'session/src/machine/session-machine.ts';
const control = 'session/src/machine/session-control.ts';

/** Ways to break resolutions, policies, hunts, limits and sessions (RFC 5352 sections 3.3, 3.6 to 3.8 and 9; RFC 5356). */
export const clientMutations: readonly Mutation[] = [
  {
    procedure: 'policy',
    name: 'round robin advances by the number of elements of the answer',
    file: 'policies/src/selector/round-robin-selection.ts',
    before: `maximumIncrementOf(options.maximumIncrement, 1);`,
    after: `maximumIncrementOf(options.maximumIncrement, Infinity);`,
  },
  {
    procedure: 'policy',
    name: 'round robin does not advance',
    file: 'policies/src/selector/round-robin-selection.ts',
    before: `turn < turns; turn++)`,
    after: `turn < 0 * turns; turn++)`,
  },
  {
    procedure: 'policy',
    name: 'a returned element does not degrade',
    file: 'policies/src/structures/degradation-counters.ts',
    before: `(page[record + countField] as number) + 1;`,
    after: `page[record + countField] as number;`,
  },
  {
    procedure: 'policy',
    name: 'a re-registration does not reset the degradation',
    file: 'policies/src/structures/degradation-counters.ts',
    before: `    this.#records.set(seat, countField, 0);`,
    after: ``,
  },
  {
    procedure: 'policy',
    name: 'least used knows no new load',
    file: 'policies/src/selector/sorted-selection.ts',
    before: `this.#order.change(seat, sortKey(this.type, policy));`,
    after: `void [seat, policy];`,
  },
  {
    procedure: 'resolution',
    name: 'T1 is not set: an answer is awaited for ever',
    file: resolution,
    before: `    this.#timers.set(resolution, now + this.#context.runtime.timing.requestTimeoutMs);`,
    after: `    void [resolution, now];`,
  },
  {
    procedure: 'resolution',
    name: 'it is sent once more without end',
    file: resolution,
    before: `    if (failures <= this.#context.runtime.timing.maximumRequestRetransmissions) return true;`,
    after: `    if (failures <= 1_000 * this.#context.runtime.timing.maximumRequestRetransmissions) return true;`,
  },
  {
    procedure: 'resolution',
    name: 'an unknown pool is not forgotten',
    file: resolution,
    before: `      this.#context.cache.purge(resolution.queue.pool);`,
    after: ``,
  },
  {
    procedure: 'hunt',
    name: 'T5 does not double',
    file: hunt,
    before: `Math.min(2 * this.#timeoutMs, maximumServerHuntTimeoutMs);`,
    after: `Math.min(this.#timeoutMs, maximumServerHuntTimeoutMs);`,
  },
  {
    procedure: 'hunt',
    name: 'T5 doubles beyond RETRAN-MAX',
    file: hunt,
    before: `Math.min(2 * this.#timeoutMs, maximumServerHuntTimeoutMs);`,
    after: `Math.max(2 * this.#timeoutMs, maximumServerHuntTimeoutMs);`,
  },
  {
    procedure: 'hunt',
    name: 'one registrar is tried at a time',
    file: hunt,
    before: `export const maximumParallelAssociations: number = 3;`,
    after: `export const maximumParallelAssociations: number = 1;`,
  },
  {
    procedure: 'hunt',
    name: 'T7 never expires',
    file: 'asap/src/client/home-link.ts',
    before: `        this.#runtime.timers.set(outdateTimerPrefix + String(learnt.registrar.key), now + registrarOutdateMs);`,
    after: `        void registrarOutdateMs;`,
  },
  {
    procedure: 'limit',
    name: 'a rate that was used up never recovers',
    file: 'asap/src/registrar/token-bucket.ts',
    before: `const earned = ((now - this.#filledAt) * this.#perSecond) / oneSecondMs;`,
    after: `const earned = this.#filledAt < 0 ? this.#perSecond : 0;`,
  },
  {
    procedure: 'limit',
    name: 'a rate is no limit',
    file: 'asap/src/registrar/token-bucket.ts',
    before: `    if (this.#tokens < 1) return false;`,
    after: ``,
  },
  {
    procedure: 'limit',
    name: 'an address may have any number of associations',
    file: 'asap/src/registrar/asap-registrar-machine.ts',
    before: `    if (isFull || this.#associations.acceptedFrom(remote) >= limits.maximumAssociationsPerAddress) {`,
    after: `    if (isFull) {`,
  },
  {
    procedure: 'session',
    name: 'a cookie is not kept',
    file: control,
    before: `        this.#cookie = message.cookie.slice();`,
    after: `        this.#cookie ??= message.cookie.slice();`,
  },
  {
    procedure: 'session',
    name: 'the cookie is not echoed to the next element',
    file: control,
    before: `    if (this.#cookie !== undefined) this.#send({ type: 'ASAP_COOKIE_ECHO', cookie: this.#cookie });`,
    after: ``,
  },
  {
    procedure: 'session',
    name: 'an element begins anew although it was brought a state',
    file: 'session/src/machine/served-session-machine.ts',
    before: `    if (opened.ok) this.#start(opened.cookie);`,
    after: `    if (opened.ok) this.#start(undefined);`,
  },
  {
    procedure: 'session',
    name: 'a lost element is not reported',
    file: session,
    before: `      this.#outputs.push({ type: 'reportUnreachable', poolElementIdentifier: element.identifier });`,
    after: ``,
  },
  {
    procedure: 'session',
    name: 'the lost element is chosen again',
    file: session,
    before: `    if (!wasConnected || !this.#mayReturn) this.#choice.markFailed(element.identifier);`,
    after: ``,
  },
  {
    procedure: 'session',
    name: 'a failover has no end',
    file: session,
    before: `    this.#timers.set('deadline', now + this.#timing.failoverTimeoutMs);`,
    after: ``,
  },
  {
    procedure: 'session',
    name: 'what no cookie covers is not sent again',
    file: 'session/src/machine/send-path.ts',
    before: `    for (const message of again) this.#outputs.push({ type: 'sendData', association, message });`,
    after: ``,
  },
];
