import type { SelectionPolicy } from '@rserpool/wire';
import type { TranscriptCommand, TranscriptHandlers } from '@rserpool/wire/testing';
import { VirtualScope } from './virtual-scope.fixture.ts';

/** The commands of transcripts with whole registrars and pool elements. Both are named `R1`, `E17`. */
export class ScopeTranscript {
  readonly #scope: VirtualScope = new VirtualScope();
  /** What does not change who owns what is not shown: presences, lists, keep-alives within their interval. */
  #hidden = /ENRP_PRESENCE|ENRP_LIST_|peerListReceived|keepAliveAcknowledged/;

  /** What does each command; what follows it is what was written down since. */
  get handlers(): TranscriptHandlers {
    const scope = this.#scope;
    const commands: Record<string, (command: TranscriptCommand) => void> = {
      // show-all: nothing is hidden from now on
      'show-all': () => {
        this.#hidden = /^$/;
      },
      // scope 1 2 3 [suggest]: registrars that know each other, at rest; what happens until then is not shown
      scope: (command) => {
        const takeoverSuggestion = command.has('suggest');
        const identifiers = command
          .words()
          .filter((word) => word !== 'suggest')
          .map(Number);
        for (const [index, identifier] of identifiers.entries()) {
          scope.registrar(identifier, identifiers.slice(0, index), { takeoverSuggestion });
          scope.advance(50);
        }
        scope.advance(600);
        scope.transcript.length = 0;
      },
      // registrar 3 peers=1,2
      registrar: (command) => {
        scope.registrar(command.number(0), command.numbersOption('peers'));
      },
      // element 17 echo registrars=1,2 [policy=random]
      element: (command) => {
        const policy = command.option('policy') ?? 'roundRobin';
        scope.element(command.number(0), command.word(1), command.numbersOption('registrars'), {
          type: policy,
        } as SelectionPolicy);
      },
      // update 17: it registers again
      update: (command) => {
        scope.tell(command.number(0), { type: 'updatePolicy', policy: { type: 'roundRobin' } });
      },
      deregister: (command) => scope.tell(command.number(0), { type: 'deregister' }),
      // advance 30: milliseconds
      advance: (command) => scope.advance(command.number(0)),
      // quietly-advance 1000: without its lines
      'quietly-advance': (command) => {
        scope.advance(command.number(0));
        scope.transcript.length = 0;
      },
      // advance-to registered [limit=3000]: to the first such event
      'advance-to': (command) => {
        const text = ` .. ${command.word(0)}`;
        const took = scope.advanceUntil(
          () => scope.transcript.some((line) => line.includes(text)),
          command.numberOption('limit') ?? 3000,
          1,
        );
        if (took === undefined) throw command.error('waits for what does not happen');
      },
      kill: (command) => scope.kill(command.word(0)),
      hang: (command) => scope.hang(command.word(0)),
      resume: (command) => scope.resume(command.word(0)),
      // partition R1,E17 | R2
      partition: (command) => {
        const sides = command.words().filter((word) => word !== '|');
        scope.partition(sides.map((side) => side.split(',')));
      },
      heal: () => scope.heal(),
      break: (command) => scope.breakAssociations(command.word(0), command.word(1)),
      // drop ENRP_HANDLE_UPDATE [to=R3]: such messages are lost from now on; without a name nothing is
      drop: (command) => {
        const types = command.words();
        const receiver = command.option('to');
        scope.passes = (message, _, to) =>
          !types.includes(message.type) || (receiver !== undefined && to !== receiver);
      },
      state: () => this.#state(),
    };
    return Object.fromEntries(
      Object.entries(commands).map(([name, run]) => [
        name,
        (command) => {
          run(command);
          return scope.transcript.splice(0).filter((line) => !this.#hidden.test(line));
        },
      ]),
    );
  }

  #state(): void {
    const { transcript, registrars, elements } = this.#scope;
    for (const { identifier, name, state } of registrars.values()) {
      const shown = state === 'running' ? '' : ` ${state}`;
      transcript.push(`${name}${shown} elements=${this.#scope.view(identifier).join(' ')}`);
    }
    for (const { machine, name, state } of elements.values()) {
      const [, , , host] = machine.homeRegistrar?.remote?.addresses[0] ?? [];
      transcript.push(`${name}${state === 'running' ? '' : ` ${state}`} home=R${host ?? '?'}`);
    }
  }
}
