import { bytesEqual, formatIpAddress, parseIpAddress, seededRandom } from '@rserpool/wire';
import { SctpEndpointMachine } from '../endpoint/sctp-endpoint-machine.ts';
import type { AssociationParameters } from '../sctp-input.ts';
import type { PacketOutput, SctpOutput } from '../sctp-output.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import { decodeInit, decodeInitAck } from '../wire/chunks/decode-init.ts';
import { readHeartbeatInformation } from '../wire/chunks/heartbeat.ts';
import { isChecksumRight, verificationTagOf } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { type ChunkText, lineOfPacket, textOfPacket } from './packet-text.fixture.ts';
import { type PeerState, putScriptedChunk } from './scripted-chunk.fixture.ts';
import { hmacSha256 } from './simulated-endpoint.fixture.ts';

// A script tells an exchange of packets between an endpoint and a peer that does what the script says, in this way:
//
//   given rtoMaxMs=2000          a parameter of the endpoint; before anything else
//   user associate               what the application asks for: associate, send, shutdown, abort, primary, read
//   > INIT os=16                 the endpoint has to send this packet next: its chunks, and those fields that are named
//   < INIT-ACK cookie=none       the peer sends this packet
//   wait 1000                    so many milliseconds pass
//   > nothing                    the endpoint has sent nothing else
//   = associationLost reason=x   the application is told this next (other things in between are passed over)
//
// Chunks are separated by ';', and behind '|' is what concerns the packet: tag=, from=, to=, checksum=wrong, cut=.
// TSNs count from 1 in both directions. HEARTBEATs are answered by themselves unless the script says `heartbeats shown`
// or `heartbeats lost`. `established` and `connected` stand for a whole setup from the peer's and from this side.

const endpointAddresses = ['10.0.0.1', '10.0.1.1'];
const peerAddresses = ['10.0.0.2', '10.0.1.2'];
const peerPort = 7000;
const port = 5000;
const association = 1;

const established = ['< INIT', '> INIT-ACK', '< COOKIE-ECHO', '> COOKIE-ACK', '= associationUp inbound=true'];
const connected = [
  'user associate',
  '> INIT',
  '< INIT-ACK',
  '> COOKIE-ECHO',
  '< COOKIE-ACK',
  '= associationUp inbound=false',
];

/** Options of a script. */
export interface ScriptOptions {
  /** How many addresses each side has: 1 or 2. */
  readonly addresses?: 1 | 2;
  /** The peer's initial TSN; 100 by default. */
  readonly peerInitialTsn?: number;
}

/** Runs a script; what went differently, or `undefined` where all went as it says. */
export function runScript(script: string, options: ScriptOptions = {}): string | undefined {
  const run = new ScriptRun(options);
  const lines = script
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => (line === 'established' ? established : line === 'connected' ? connected : [line]));
  for (const line of [...lines, '> nothing']) {
    const deviation = run.line(line);
    if (deviation !== undefined) return `at '${line}': ${deviation}\n${run.log.join('\n')}`;
  }
  return undefined;
}

class ScriptRun {
  /** What happened so far. */
  readonly log: string[] = [];
  // Scripts tell what RFC 9260 says to the packet: probes beyond it are for tests of their own.
  readonly #parameters: Record<string, number> = { heartbeatIntervalMs: 0, tailLossProbes: 0 };
  readonly #count: number;
  readonly #peer: PeerState;
  readonly #packets: PacketOutput[] = [];
  readonly #events: SctpOutput[] = [];
  #machine: SctpEndpointMachine | undefined;
  readonly #answers: (() => void)[] = [];
  #heartbeats = 'answered';
  #endpointTag = 0;
  #now = 0;
  #names = association;

  constructor(options: ScriptOptions) {
    this.#count = options.addresses ?? 1;
    this.#peer = {
      tag: 0x70656572,
      initialTsn: options.peerInitialTsn ?? 100,
      endpointInitialTsn: 0,
      cookie: new Uint8Array(0),
      heartbeat: new Uint8Array(0),
    };
  }

  /** Does what a line says; what went differently. */
  line(line: string): string | undefined {
    this.log.push(`${this.#now} ${line}`);
    const [command = '', ...words] = line.split(/\s+/);
    const rest = line.slice(command.length).trim();
    switch (command) {
      case 'given':
        for (const [name, value] of Object.entries(fieldsOf(words))) this.#parameters[name] = Number(value);
        return undefined;
      case 'user':
        return this.#user(words);
      case '<':
        this.#receive(rest);
        this.#answerHeartbeats();
        return undefined;
      case '>':
        return rest === 'nothing' ? this.#expectNothing() : this.#expectPacket(rest);
      case '=':
        return this.#expectEvent(words);
      case 'wait':
        this.#wait(Number(words[0]));
        return undefined;
      case 'heartbeats':
        this.#heartbeats = words[0] ?? '';
        return undefined;
      default:
        return `a script knows no '${command}'`;
    }
  }

  /** The machine, made when it is needed first. */
  get #endpoint(): SctpEndpointMachine {
    this.#machine ??= new SctpEndpointMachine({
      port,
      addresses: endpointAddresses.slice(0, this.#count).map(parseIpAddress),
      listen: true,
      allocate: () => this.#names++,
      random: seededRandom(7),
      hmac: hmacSha256,
      encapsulationPort: () => 9899,
      parameters: this.#parameters,
    });
    return this.#machine;
  }

  #user([what, ...words]: readonly string[]): string | undefined {
    const fields = fieldsOf(words);
    switch (what) {
      case 'associate': {
        this.#names++;
        const addresses = peerAddresses.slice(0, this.#count).map(parseIpAddress);
        const parameters = this.#parameters as Partial<AssociationParameters>;
        this.#endpoint.handle(
          { type: 'associate', association, remote: { addresses, port: peerPort }, parameters },
          this.#now,
        );
        break;
      }
      case 'send':
        this.#endpoint.handle(
          {
            type: 'send',
            association,
            data: new Uint8Array(Number(fields['len'] ?? 4)),
            payloadProtocolIdentifier: Number(fields['ppid'] ?? 0),
            stream: Number(fields['sid'] ?? 0),
            unordered: words.includes('unordered'),
          },
          this.#now,
        );
        // Several messages of one turn are given to the machine before it is asked for packets.
        if (words.includes('more')) return undefined;
        break;
      case 'shutdown':
      case 'abort':
        this.#endpoint.handle({ type: what, association }, this.#now);
        break;
      case 'read':
        this.#endpoint.handle({ type: 'consumed', association, bytes: Number(words[0]) }, this.#now);
        break;
      case 'primary': {
        const address = parseIpAddress(peerAddresses[Number(words[0]) - 1] ?? '');
        this.#endpoint.handle({ type: 'setPrimary', association, address }, this.#now);
        break;
      }
      default:
        return `no user does '${what}'`;
    }
    this.#drain();
    return undefined;
  }

  #receive(text: string): void {
    const [chunks = '', about = ''] = text.split('|');
    const fields = fieldsOf(about.trim().split(/\s+/));
    const writer = new PacketWriter(65532);
    const isInit = /^INIT\b(?!-)/.test(chunks);
    writer.start(
      Number(fields['sourcePort'] ?? peerPort),
      port,
      this.#tagOf(fields['tag'] ?? (isInit ? 'zero' : 'endpoint')),
    );
    for (const chunk of chunks.split(';')) {
      const [name = '', ...words] = chunk.trim().split(/\s+/);
      putScriptedChunk(writer, name, fieldsOf(words), this.#peer);
    }
    let bytes = writer.finish();
    if (fields['checksum'] === 'wrong') bytes[8] = (bytes[8] as number) ^ 1;
    if (fields['cut'] !== undefined) {
      const length = bytes.length - Number(fields['cut']);
      // The checksum is right: what is too short is the packet.
      const short = new PacketWriter(length);
      short.start(peerPort, port, verificationTagOf(bytes));
      short.putBytes(bytes, 12, length);
      bytes = short.finish();
    }
    const { from = '1' } = fields;
    const source = /[.:]/.test(from) ? from : peerAddresses[Number(from) - 1];
    this.#endpoint.handle(
      {
        type: 'packet',
        bytes,
        source: parseIpAddress(source ?? ''),
        destination: parseIpAddress(endpointAddresses[Number(fields['at'] ?? from) - 1] ?? '10.0.0.1'),
        encapsulationPort: 9899,
      },
      this.#now,
    );
    this.#drain();
  }

  #tagOf(name: string): number {
    if (name === 'zero') return 0;
    if (name === 'endpoint') return this.#endpointTag;
    if (name === 'peer') return this.#peer.tag;
    if (name === 'wrong') return (this.#endpointTag ^ 0x0f0f) >>> 0;
    return Number(name);
  }

  #wait(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      this.#answerHeartbeats();
      const timeout = this.#endpoint.nextTimeout();
      if (timeout === undefined || timeout > end) break;
      this.#now = Math.max(this.#now, timeout);
      this.#endpoint.handleTimeout(this.#now);
      this.#drain();
    }
    this.#now = end;
  }

  #drain(): void {
    for (let output = this.#endpoint.poll(); output !== undefined; output = this.#endpoint.poll()) {
      if (output.type !== 'packet') {
        this.#events.push(output);
        this.log.push(`${this.#now}   = ${lineOfEvent(output)}`);
        continue;
      }
      this.#learn(output.bytes);
      this.log.push(`${this.#now}   > ${this.#lineOf(output)}`);
      this.#packets.push(output);
      this.#treatHeartbeats();
    }
  }

  /** Takes what the peer has to remember out of a packet of the endpoint. */
  #learn(bytes: Uint8Array): void {
    const walk = new ChunkWalk();
    walk.start(bytes);
    while (walk.next()) {
      if (walk.type === ChunkType.init || walk.type === ChunkType.initAck) {
        const decode = walk.type === ChunkType.init ? decodeInit : decodeInitAck;
        const result = decode(bytes, walk.offset, walk.length);
        if (!result.ok) continue;
        // An INIT ACK to a second INIT must not change what is known of the association that exists.
        if (this.#endpointTag === 0) {
          this.#endpointTag = result.init.initiateTag;
          this.#peer.endpointInitialTsn = result.init.initialTsn;
        }
        if ('stateCookie' in result.init) this.#peer.cookie = (result.init.stateCookie as Uint8Array).slice();
      }
      if (walk.type === ChunkType.heartbeat) {
        this.#peer.heartbeat = (
          readHeartbeatInformation(bytes, walk.offset, walk.length) ?? new Uint8Array(0)
        ).slice();
      }
    }
  }

  /** Takes packets that are nothing but a HEARTBEAT away, and notes the answer where one is wanted. */
  #treatHeartbeats(): void {
    const packet = this.#packets.at(-1);
    if (packet === undefined || this.#heartbeats === 'shown') return;
    const chunks = this.#textOf(packet);
    if (!chunks.some(({ name }) => name === 'HEARTBEAT')) return;
    if (chunks.length === 1) this.#packets.pop();
    if (this.#heartbeats !== 'answered') return;
    const from = peerAddresses.indexOf(formatIpAddress(packet.destination)) + 1;
    const at = endpointAddresses.indexOf(formatIpAddress(packet.source)) + 1;
    const { heartbeat } = this.#peer;
    this.#answers.push(() => {
      this.#peer.heartbeat = heartbeat;
      this.#receive(`HEARTBEAT-ACK | from=${from} at=${at}`);
    });
  }

  /** Answers the HEARTBEATs that came before the latest line. */
  #answerHeartbeats(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }

  #textOf(packet: PacketOutput): readonly ChunkText[] {
    return textOfPacket(packet.bytes, {
      sender: this.#peer.endpointInitialTsn,
      receiver: this.#peer.initialTsn,
    });
  }

  #lineOf(packet: PacketOutput): string {
    const tag = verificationTagOf(packet.bytes).toString(16);
    return `${lineOfPacket(this.#textOf(packet))} | to=${formatIpAddress(packet.destination)} tag=${tag}`;
  }

  #expectNothing(): string | undefined {
    const packet = this.#packets[0];
    return packet === undefined ? undefined : `there is ${this.#lineOf(packet)}`;
  }

  #expectPacket(text: string): string | undefined {
    const packet = this.#packets.shift();
    if (packet === undefined) return 'nothing was sent';
    const [chunksText = '', about = ''] = text.split('|');
    const expected = chunksText.split(';').map((chunk) => chunk.trim().split(/\s+/));
    const chunks = this.#textOf(packet).filter(
      ({ name }) => name !== 'HEARTBEAT' || this.#heartbeats === 'shown',
    );
    const found = `but ${this.#lineOf(packet)}`;
    if (!isChecksumRight(packet.bytes)) return `the checksum is wrong of ${found}`;
    if (chunks.length !== expected.length) return found;
    for (const [index, [name, ...words]] of expected.entries()) {
      const chunk = chunks[index];
      if (chunk === undefined || chunk.name !== name) return found;
      for (const [key, value] of Object.entries(fieldsOf(words)))
        if (chunk.fields[key] !== value) return found;
    }
    const fields = fieldsOf(about.trim().split(/\s+/));
    const wanted = fields['tag'] ?? (expected[0]?.[0] === 'INIT' ? 'zero' : 'peer');
    if (verificationTagOf(packet.bytes) !== this.#tagOf(wanted)) return `the tag is not ${wanted}, ${found}`;
    if (fields['to'] !== undefined && !this.#isTo(packet, fields['to'])) return found;
    return undefined;
  }

  #isTo(packet: PacketOutput, to: string): boolean {
    const address = to.includes('.') ? to : (peerAddresses[Number(to) - 1] ?? '');
    return bytesEqual(packet.destination, parseIpAddress(address));
  }

  #expectEvent([name, ...words]: readonly string[]): string | undefined {
    if (name === 'nothing') {
      const event = this.#events[0];
      return event === undefined ? undefined : `there is ${lineOfEvent(event)}`;
    }
    const fields = Object.entries(fieldsOf(words));
    for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
      const told = fieldsOfEvent(event);
      if (event.type === name && fields.every(([key, value]) => told[key] === value)) return undefined;
    }
    return 'nobody was told';
  }
}

function fieldsOf(words: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at > 0) fields[word.slice(0, at)] = word.slice(at + 1);
  }
  return fields;
}

function fieldsOfEvent(event: SctpOutput): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(event)) {
    if (key === 'address') fields['address'] = formatIpAddress(value as Uint8Array);
    else if (value instanceof Uint8Array) fields['len'] = String(value.length);
    else if (typeof value !== 'object') fields[key] = String(value);
  }
  if (event.type === 'operationError') fields['causes'] = event.causes.map(({ code }) => code).join(',');
  return fields;
}

function lineOfEvent(event: SctpOutput): string {
  const { type, ...fields } = fieldsOfEvent(event);
  return [type, ...Object.entries(fields).map(([key, value]) => `${key}=${value}`)].join(' ');
}
