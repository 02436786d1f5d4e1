import type { RunMetrics } from '../experiment/runs/run-task.ts';

/** The payload protocol identifier of the messages between a runner and its workers: `RSIM` in ASCII. */
export const TaskPayloadProtocolIdentifier = 0x5253494d;

/**
 * The longest message, in bytes. Parameters and metrics have a few kilobytes; a longer message is none of ours, and is
 * refused before it is parsed.
 */
export const maximumTaskMessageBytes: number = 64 * 1024;

/** The version of the frame; a receiver takes no other. */
const frameVersion = 1;
const headerBytes = 8;

/** A run as it travels: what its parameters are worth is for the worker to check. */
export interface SentTask {
  readonly parameters: object;
  readonly seed: number;
}

/** One message between a runner and a worker. */
export type TaskMessage =
  /** The runner wants a run. `id` names it in the answers; `modelVersion` is which model has to simulate it. */
  | { readonly type: 'task'; readonly id: number; readonly modelVersion: string; readonly task: SentTask }
  /** The worker has taken the first task of a session; it simulates `slots` of them at a time. */
  | { readonly type: 'accepted'; readonly id: number; readonly worker: string; readonly slots: number }
  /** The metrics of the run. */
  | { readonly type: 'result'; readonly id: number; readonly metrics: RunMetrics }
  /** The worker has another model: its results would not be comparable. */
  | { readonly type: 'refused'; readonly id: number; readonly worker: string; readonly modelVersion: string }
  /** The run could not be simulated; it would fail elsewhere, too. */
  | { readonly type: 'failed'; readonly id: number; readonly worker: string; readonly reason: string };

/**
 * The bytes of a message: version (1 byte), three bytes of zero, the length of the whole (4 bytes), then JSON in UTF-8.
 *
 * @param message - The message.
 */
export function encodeTaskMessage(message: TaskMessage): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(message, writeSpecialNumber));
  const bytes = new Uint8Array(headerBytes + json.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, frameVersion);
  view.setUint32(4, bytes.length);
  bytes.set(json, headerBytes);
  return bytes;
}

/**
 * The message in some bytes, or `undefined` where they are none.
 *
 * @param bytes - One message of the session.
 */
export function decodeTaskMessage(bytes: Uint8Array): TaskMessage | undefined {
  if (bytes.length < headerBytes || bytes.length > maximumTaskMessageBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== frameVersion << 24 || view.getUint32(4) !== bytes.length) return undefined;
  const value = parseObject(bytes.subarray(headerBytes));
  if (value === undefined || !isCount(value['id'])) return undefined;
  return readMessage(value, value['id']);
}

function readMessage(value: Fields, id: number): TaskMessage | undefined {
  const { type, worker, modelVersion, slots, reason } = value;
  switch (type) {
    case 'task': {
      const task = readTask(value['task']);
      return task === undefined || typeof modelVersion !== 'string'
        ? undefined
        : { type, id, modelVersion, task };
    }
    case 'result': {
      const metrics = readMetrics(value['metrics']);
      return metrics === undefined ? undefined : { type, id, metrics };
    }
    case 'accepted':
      return typeof worker === 'string' && isCount(slots) && slots > 0
        ? { type, id, worker, slots }
        : undefined;
    case 'refused':
      return typeof worker === 'string' && typeof modelVersion === 'string'
        ? { type, id, worker, modelVersion }
        : undefined;
    case 'failed':
      return typeof worker === 'string' && typeof reason === 'string'
        ? { type, id, worker, reason }
        : undefined;
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readTask(value: unknown): SentTask | undefined {
  if (!isFields(value)) return undefined;
  const { parameters, seed } = value;
  return isFields(parameters) && typeof seed === 'number' && Number.isSafeInteger(seed)
    ? { parameters, seed }
    : undefined;
}

function readMetrics(value: unknown): RunMetrics | undefined {
  if (!isFields(value)) return undefined;
  const numbers: Record<string, number> = {};
  for (const [name, entry] of Object.entries(value)) {
    const number = typeof entry === 'string' ? specialNumbers.get(entry) : entry;
    if (typeof number !== 'number') return undefined;
    // Not an assignment: a name such as __proto__ is a name like any other.
    Object.defineProperty(numbers, name, {
      value: number,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return numbers;
}

/** What JSON has no notation for; without them a result would not come back bit for bit. */
const specialNumbers: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

function writeSpecialNumber(_name: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function parseObject(bytes: Uint8Array): Fields | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
