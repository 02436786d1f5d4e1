export { TimerTable } from './machine/timer-table.ts';
export { OutputQueue } from './machine/output-queue.ts';
