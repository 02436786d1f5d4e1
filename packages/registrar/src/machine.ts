export type { RegistrarInput } from './machine/registrar-input.ts';
export { RegistrarMachine, type RegistrarMachineOptions } from './machine/registrar-machine.ts';
export type { RegistrarOutput } from './machine/registrar-output.ts';
