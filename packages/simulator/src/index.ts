/**
 * Simulates whole clusters in virtual time: registrars, pool elements and pool users, with the machines and the codec
 * that run in production, on a network whose every fault follows from a seed.
 *
 * @packageDocumentation
 */
export { simulate, type SimulationOptions, type SimulationResult } from './run/simulation.ts';
