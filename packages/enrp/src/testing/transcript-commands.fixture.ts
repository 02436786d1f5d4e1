import { hexToBytes, poolHandleFromText } from '@rserpool/wire';
import type { TranscriptCommand, TranscriptHandlers } from '@rserpool/wire/testing';
import { type Cluster, type Node, elementOf, viewOf } from './cluster.fixture.ts';

/** The commands of ENRP's transcripts, on one cluster whose timers are those of the profile `lan`. */
export class EnrpTranscript {
  readonly cluster: Cluster;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** What does each command; what follows it is what the cluster has written down since. */
  get handlers(): TranscriptHandlers {
    const commands: Record<string, (command: TranscriptCommand) => void> = {
      // limits maximumTableElements=2: for registrars that are made later
      limits: (command) => {
        this.cluster.defaults = { ...this.cluster.defaults, limits: command.otherNumbers() };
      },
      // add 7 [peers=1]: a registrar that accepts associations and was not told to begin
      add: (command) => {
        this.cluster.add(command.number(0), { peers: command.numbersOption('peers') });
      },
      // start 1 peers=2,3 [group]
      start: (command) => this.#start(command),
      // cluster 1 2 3 [elements=1]: started one after the other, and at rest; what happens until then is not shown
      cluster: (command) => this.#settled(command),
      // register 1 echo 77 [78 ...]
      register: (command) => {
        const [identifier, pool, ...elements] = command.words();
        for (const element of elements)
          this.cluster.register(this.#node(identifier), pool ?? '', Number(element));
      },
      // deregister 1 echo 77
      deregister: (command) => {
        this.cluster.deregister(this.#node(command.word(0)), command.word(1), command.number(2));
      },
      // announce-deletion 1 echo 77: as if it had left before what came meanwhile
      'announce-deletion': (command) => {
        const node = this.#node(command.word(0));
        this.cluster.input(node, {
          type: 'handleUpdate',
          action: 'delete',
          poolHandle: poolHandleFromText(command.word(1)),
          poolElement: elementOf(command.number(2), node.identifier),
        });
      },
      // lose 1 echo 20: its handlespace loses an element, and nobody is told
      lose: (command) => {
        const { handlespace } = this.#node(command.word(0));
        const element = handlespace.find(poolHandleFromText(command.word(1)), command.number(2));
        if (element === undefined) throw command.error('names no element');
        handlespace.remove(element);
      },
      // advance 30: milliseconds
      advance: (command) => this.cluster.advance(command.number(0)),
      // advance-to takeoverStarted [limit=3000]: to the first such event, step by step
      'advance-to': (command) => this.#advanceTo(command),
      // kill 2 [silent]
      kill: (command) => {
        this.cluster.kill(command.number(0), { silent: command.has('silent') });
      },
      hang: (command) => this.cluster.hang(command.number(0)),
      resume: (command) => this.cluster.resume(command.number(0)),
      // partition 1,2 | 3
      partition: (command) => {
        const sides = command.words().filter((word) => word !== '|');
        this.cluster.partition(sides.map((side) => side.split(',').map(Number)));
      },
      heal: () => this.cluster.heal(),
      // break 1 2: the associations between them are reset
      break: (command) => this.cluster.breakAssociations(command.number(0), command.number(1)),
      // inject 1 2 0b00000c...: registrar 2 receives these bytes from registrar 1
      inject: (command) => {
        this.cluster.inject(command.number(0), command.number(1), hexToBytes(command.word(2)));
      },
      // drop ENRP_INIT_TAKEOVER_ACK [from=1]: such messages are lost from now on; without a name nothing is
      drop: (command) => {
        const types = command.words();
        const from = command.numberOption('from');
        this.cluster.passes = (message, sender) =>
          !types.includes(message.type) || (from !== undefined && sender.identifier !== from);
      },
      state: () => this.#state(),
    };
    return Object.fromEntries(
      Object.entries(commands).map(([name, run]) => [
        name,
        (command) => {
          run(command);
          return this.cluster.transcript.splice(0);
        },
      ]),
    );
  }

  #start(command: TranscriptCommand): void {
    const options = {
      peers: command.numbersOption('peers'),
      useGroup: command.has('group'),
    };
    const identifier = command.number(0);
    const isKnown = this.cluster.nodes.get(identifier)?.state === 'running';
    if (isKnown) this.cluster.input(this.#node(command.word(0)), { type: 'start' });
    else this.cluster.start(identifier, options);
  }

  #settled(command: TranscriptCommand): void {
    const perRegistrar = command.numberOption('elements') ?? 1;
    for (const node of this.cluster.startAll(...command.numbers())) {
      for (let index = 0; index < perRegistrar; index += 1)
        this.cluster.register(node, 'echo', node.identifier * 10 + index);
    }
    this.cluster.advance(20);
    this.cluster.transcript.length = 0;
    this.#state();
  }

  #advanceTo(command: TranscriptCommand): void {
    const text = ` .. ${command.word(0)}`;
    const limitMs = command.numberOption('limit') ?? 3000;
    const { transcript } = this.cluster;
    const took = this.cluster.advanceUntil(() => transcript.some((line) => line.includes(text)), limitMs, 1);
    if (took === undefined) throw command.error('waits for what does not happen');
  }

  #state(): void {
    for (const { identifier, state, machine, handlespace } of this.cluster.nodes.values()) {
      const peers = machine
        .peers()
        .map((peer) => `${peer.identifier}${peer.status === 'active' ? '' : `:${peer.status}`}`)
        .join(',');
      const shown = state === 'running' ? machine.state : state;
      this.cluster.transcript.push(
        `R${identifier} ${shown} peers=${peers} elements=${viewOf(handlespace).join(' ')}`,
      );
    }
  }

  #node(identifier: string | undefined): Node {
    return this.cluster.node(Number(identifier));
  }
}
