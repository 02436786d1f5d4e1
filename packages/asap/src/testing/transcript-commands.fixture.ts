import { type PoolElement, type SelectionPolicy, parseIpAddress, poolHandleFromText } from '@rserpool/wire';
import { defaultAsapRegistrarLimits } from '../registrar/asap-registrar-limits.ts';
import type { TranscriptCommand, TranscriptHandlers } from '@rserpool/wire/testing';
import {
  asapRegistrarTimingProfiles,
  type AsapTimingProfileName,
  asapTimingProfiles,
} from '../timing/asap-timing-profiles.ts';
import { knownElement, registrationOf } from './samples.fixture.ts';
import { Scope } from './scope.fixture.ts';

/** Keep-alives far apart, for transcripts about something else. */
const quiet = { keepAliveIntervalMs: 10_000_000 };

/** The commands of ASAP's transcripts, on one scope. What varies at random is in the middle of its range. */
export class AsapTranscript {
  readonly #scope: Scope = new Scope();
  #shown = 0;

  /** What does each command; what follows it is what the network has logged since. */
  get handlers(): TranscriptHandlers {
    const { network } = this.#scope;
    const commands: Record<string, (command: TranscriptCommand) => void> = {
      // registrar 1 [quiet] [announce] [profile=lan] [<name of a timer or limit>=<value>]
      registrar: (command) => this.#registrar(command),
      // element 1 registrars=1,2 [silent] [profile=lan] [<name of a timer>=<value>]: its timers are shown
      element: (command) => {
        const number = command.number(0);
        const machine = this.#scope.element(number, command.numbersOption('registrars'), {
          timing: timingOf(command),
        });
        if (!command.has('silent')) network.showTimersOf(`pe${number}`, machine);
      },
      // user 1 registrars=1,2 [silent] [stale=5000] [host=2] [profile=lan] [<name of a timer>=<value>]: its timers are shown
      user: (command) => {
        const number = command.number(0);
        const staleCacheValueMs = command.numberOption('stale');
        const host = command.numberOption('host');
        const registrars = command.numbersOption('registrars');
        const options = {
          ...(staleCacheValueMs === undefined ? {} : { staleCacheValueMs }),
          timing: timingOf(command),
        };
        const machine = this.#scope.user(number, registrars, options, host);
        if (!command.has('silent')) network.showTimersOf(`pu${number}`, machine);
      },
      // register 1 echo 17 [life=300] [policy=random] [transport=udp]: element 1 registers with identifier 17
      register: (command) => {
        const number = command.number(0);
        const policy = command.option('policy');
        const registrationLife = command.numberOption('life');
        const poolElement = registrationOf(`10.1.0.${number}`, command.number(2), {
          ...(policy === undefined ? {} : { policy: policyOf(policy) }),
          ...(registrationLife === undefined ? {} : { registrationLife }),
          ...(command.option('transport') === 'udp'
            ? { userTransport: { protocol: 'udp', port: 7, address: parseIpAddress(`10.1.0.${number}`) } }
            : {}),
        });
        network.input(`pe${number}`, {
          type: 'register',
          poolHandle: poolHandleFromText(command.word(1)),
          poolElement,
        });
      },
      // policy 1 random: element 1 changes its policy
      policy: (command) => {
        network.input(`pe${command.word(0)}`, { type: 'updatePolicy', policy: policyOf(command.word(1)) });
      },
      deregister: (command) => network.input(`pe${command.word(0)}`, { type: 'deregister' }),
      // resolve 1 echo request=1 [anew]: user 1 resolves, or asks the registrar whatever is in its cache
      resolve: (command) => {
        network.input(`pu${command.word(0)}`, {
          type: 'resolve',
          request: command.numberOption('request') ?? 1,
          poolHandle: poolHandleFromText(command.word(1)),
          ...(command.has('anew') ? { bypassCache: true } : {}),
        });
      },
      // watch 1 echo watch=1, unwatch 1 watch=1: user 1 follows a pool, or does so no longer
      watch: (command) => {
        network.input(`pu${command.word(0)}`, {
          type: 'watch',
          watch: command.numberOption('watch') ?? 1,
          poolHandle: poolHandleFromText(command.word(1)),
        });
      },
      unwatch: (command) => {
        network.input(`pu${command.word(0)}`, { type: 'unwatch', watch: command.numberOption('watch') ?? 1 });
      },
      // report 1 echo 17: user 1 reports element 17
      report: (command) => {
        network.input(`pu${command.word(0)}`, {
          type: 'reportUnreachable',
          poolHandle: poolHandleFromText(command.word(1)),
          poolElementIdentifier: command.number(2),
        });
      },
      // known 1 echo 17 host=10.1.0.1 [home=2]: registrar 1 has learnt an element from its peers
      known: (command) => {
        const element: PoolElement = knownElement(
          command.option('host') ?? '',
          command.number(2),
          command.numberOption('home') ?? command.number(0),
        );
        this.#scope.handlespace(command.number(0)).register(poolHandleFromText(command.word(1)), element);
      },
      // lose 1 echo 17 [policy=random]: ENRP removes an element at registrar 1; with a policy the pool is another one then
      lose: (command) => {
        const handlespace = this.#scope.handlespace(command.number(0));
        const poolHandle = poolHandleFromText(command.word(1));
        const policy = command.option('policy');
        const element = handlespace.find(poolHandle, command.number(2));
        if (element === undefined) throw command.error('names no element');
        handlespace.remove(element);
        if (policy === undefined) return;
        handlespace.learn(poolHandle, knownElement('10.1.0.9', 99, 9, { policy: policyOf(policy) }));
      },
      // take-over 1 from=2: ENRP makes registrar 1 the home of all elements of registrar 2
      'take-over': (command) => {
        const number = command.number(0);
        const elements = this.#scope.handlespace(number).takeOver(command.numberOption('from') ?? 0, number);
        network.input(`pr${number}`, { type: 'adopt', elements });
      },
      // offer 1: registrar 1 is initialized and announces itself
      offer: (command) => network.input(`pr${command.word(0)}`, { type: 'offerService' }),
      // run 1.5: seconds
      run: (command) => network.run(command.number(0) * 1000),
      kill: (command) => network.kill(command.word(0)),
      hang: (command) => network.hang(command.word(0)),
      silence: (command) => network.silence(command.word(0)),
      resume: (command) => network.resume(command.word(0)),
      // break pe1 pr1: the associations between them are reset
      break: (command) => network.breakAssociations(command.word(0), command.word(1)),
    };
    return {
      ...Object.fromEntries(
        Object.entries(commands).map(([name, run]) => [
          name,
          (command) => {
            run(command);
            return this.#written();
          },
        ]),
      ),
      state: () => this.#state(),
    };
  }

  #registrar(command: TranscriptCommand): void {
    const profile = asapRegistrarTimingProfiles[profileOf(command)];
    const announce = command.has('announce') ? { announce: { transports: [] } } : {};
    const timing = { ...profile, ...(command.has('quiet') ? quiet : {}) };
    const others = Object.entries(command.otherNumbers());
    const isLimit = (name: string): boolean => Object.hasOwn(defaultAsapRegistrarLimits, name);
    this.#scope.registrar(command.number(0), {
      ...announce,
      timing: { ...timing, ...Object.fromEntries(others.filter(([name]) => !isLimit(name))) },
      limits: Object.fromEntries(others.filter(([name]) => isLimit(name))),
    });
  }

  #written(): string[] {
    const { log } = this.#scope.network;
    const written = log.slice(this.#shown);
    this.#shown = log.length;
    return written;
  }

  #state(): string[] {
    return [...this.#scope.handlespaces].map(([name, handlespace]) => {
      const elements = [...handlespace.homeRegistrars()].flatMap((home) =>
        [...handlespace.elementsOf(home)].map(
          (element) => `${handlespace.poolElement(element).identifier}@${home}`,
        ),
      );
      return `${name} elements=${elements.toSorted().join(' ')}`;
    });
  }
}

function profileOf(command: TranscriptCommand): AsapTimingProfileName {
  const name = command.option('profile') ?? 'rfc';
  if (Object.hasOwn(asapTimingProfiles, name)) return name as AsapTimingProfileName;
  throw command.error(`knows no profile ${name}`);
}

// Last of all options: what is left over are timers.
function timingOf(command: TranscriptCommand): typeof asapTimingProfiles.rfc {
  return { ...asapTimingProfiles[profileOf(command)], ...command.otherNumbers() };
}

// leastUsed:15 has a load of 15 %, and leastUsedWithDegradation:15 10 % more after each answer.
function policyOf(text: string): SelectionPolicy {
  const [type = '', percent = '0'] = text.split(':');
  const fraction = (of: number): number => Math.floor((of / 100) * 0xffff_ffff);
  if (type === 'roundRobin' || type === 'random') return { type };
  if (type === 'priority') return { type, priority: 1 };
  if (type === 'leastUsed') return { type, load: fraction(Number(percent)) };
  if (type === 'leastUsedWithDegradation')
    return { type, load: fraction(Number(percent)), loadDegradation: fraction(10) };
  throw new Error(`no policy ${type} in transcripts`);
}
