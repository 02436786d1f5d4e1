export { TimerTable } from './machine/timer-table.ts';
export { OutputQueue } from './machine/output-queue.ts';
export { NumberTable } from './machine/number-table.ts';
export { type QueuedTimer, stoppedTimer, TimerQueue } from './machine/timer-queue.ts';
