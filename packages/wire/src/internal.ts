export { TimerTable } from './machine/timer-table.ts';
