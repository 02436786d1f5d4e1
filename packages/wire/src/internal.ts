export { TimerTable } from './machine/timer-table.ts';
export { OutputQueue } from './machine/output-queue.ts';
export { poolHandleOfKey, poolKey } from './machine/pool-key.ts';
export { NumberTable } from './machine/number-table.ts';
export { type QueuedTimer, stoppedTimer } from './machine/queued-timer.ts';
export { TimerQueue } from './machine/timer-queue.ts';
export { encodeHandleResolutionResponse } from './asap/encoded-handle-resolution-response.ts';
export {
  type EncodedPoolEntry,
  encodeHandleTableResponse,
  type HandleTableHeader,
} from './enrp/encoded-handle-table-response.ts';
export type { EncodedElements } from './parameters/encoded-elements.ts';
export { encodePoolElementWords, readPoolElementAt } from './parameters/pool-element-bytes.ts';
export { EncodedSend } from './machine/encoded-send.ts';
export { longestElementWords, makeElementWords } from './parameters/pool-element-words.ts';
