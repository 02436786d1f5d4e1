import type { Mutation } from './mutation.fixture.ts';

const monitor = 'asap/src/registrar/element-monitor.ts';
const registration = 'asap/src/pool-element/registration-procedure.ts';
const reports = 'asap/src/registrar/unreachable-report-handler.ts';

/** Ways to break registrations and the supervision of elements (RFC 5352 sections 3.1, 3.2, 3.4 and 3.5). */
export const elementMutations: readonly Mutation[] = [
  {
    procedure: 'keep-alive',
    name: 'an element that does not answer stays',
    file: monitor,
    before: `      this.#fail(probe.element, 'keepAliveTimeout');`,
    after: `      void probe;`,
  },
  {
    procedure: 'keep-alive',
    name: 'only the first one is sent',
    file: monitor,
    before: `    if (watch.isOwn) {
      this.#bind(watch, association);
      this.#startInterval(watch, now);`,
    after: `    if (watch.isOwn) {
      this.#bind(watch, association);`,
  },
  {
    procedure: 'keep-alive',
    name: 'an element that answers is removed all the same',
    file: monitor,
    before: `    const { reason } = watch.probe;
    this.#endProbe(watch);`,
    after: `    const { reason } = watch.probe;`,
  },
  {
    procedure: 'keep-alive',
    name: 'the H flag is not set',
    file: monitor,
    before: `      home: watch.isAdoption,`,
    after: `      home: false,`,
  },
  {
    procedure: 'keep-alive',
    name: 'an element ignores the H flag',
    file: 'asap/src/pool-element/home-watch.ts',
    before: `    if (message.home) return`,
    after: `    if (message.home && current === undefined) return`,
  },
  {
    procedure: 'registration',
    name: 'its life never runs out',
    file: 'asap/src/registrar/owned-elements.ts',
    before: `registrationLife < 0 ? undefined : now + registrationLife * unitMs);`,
    after: `registrationLife < 0 ? undefined : now + 1_000 * registrationLife * unitMs);`,
  },
  {
    procedure: 'registration',
    name: 'an expired element is not told',
    file: 'asap/src/registrar/owned-elements.ts',
    before: `        this.#runtime.send(association, { type: 'ASAP_DEREGISTRATION_RESPONSE', ...identity });
      }
      this.during`,
    after: `      }
      this.during`,
  },
  {
    procedure: 'registration',
    name: 'a re-registration does not prolong the life',
    file: 'asap/src/registrar/owned-elements.ts',
    before: `    this.startExpiry(element, registrationLife, now);
  }`,
    after: `    if (this.#handlespace.expiry(element) === undefined) this.startExpiry(element, registrationLife, now);
  }`,
  },
  {
    procedure: 'registration',
    name: 'a re-registration adds the element once more',
    file: 'handlespace/src/registration.ts',
    before: `  const known = number === -1 ? -1 : store.index.find(number, element.identifier);`,
    after: `  const known = Math.min(-1, store.index.find(number, element.identifier));`,
  },
  {
    procedure: 'registration',
    name: 'an element does not register again by itself',
    file: registration,
    before: `    if (!this.isBusy && this.#halted === undefined) this.repeat('noHomeRegistrar', now);`,
    after: ``,
  },
  {
    procedure: 'registration',
    name: 'T2 is not set: an answer is awaited for ever',
    file: registration,
    before: `    runtime.timers.set(poolElementTimers.registration, now + runtime.timing.registrationTimeoutMs);`,
    after: ``,
  },
  {
    procedure: 'registration',
    name: 'MAX-REG-ATTEMPT is no limit',
    file: registration,
    before: `    if (attempt >= runtime.timing.maximumRegistrationAttempts) {`,
    after: `    if (attempt >= 1_000 * runtime.timing.maximumRegistrationAttempts) {`,
  },
  {
    procedure: 'deregistration',
    name: 'a stranger may deregister an element',
    file: 'asap/src/registrar/element-deregistration.ts',
    before: `!isElementItself(runtime, association, element)) {`,
    after: `isElementItself(runtime, association, element) === undefined) {`,
  },
  {
    procedure: 'deregistration',
    name: 'the peers are not told',
    file: 'asap/src/registrar/element-deregistration.ts',
    before: `  if (removed !== undefined) runtime.updatePeers('delete', poolHandle, removed);`,
    after: `  void removed;`,
  },
  {
    procedure: 'report',
    name: 'a reported element is not probed',
    file: reports,
    before: `    else if (timing.probeOnReport) this.#probe(element, reports, now);`,
    after: ``,
  },
  {
    procedure: 'report',
    name: 'the counter is not reset by a registration',
    file: 'asap/src/registrar/owned-elements.ts',
    before: `        if (kind === 'updated' && this.#reports.size > 0) this.#reports.delete(element);`,
    after: `        void kind;`,
  },
  {
    procedure: 'report',
    name: 'MAX-BAD-PE-REPORT is no limit',
    file: reports,
    before: `    if (isBad) this.#owned.remove(element, 'badReports');
    else if`,
    after: `    if (isBad && element < 0) this.#owned.remove(element, 'badReports');
    else if`,
  },
];
