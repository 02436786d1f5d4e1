/**
 * The fractal pool that `npm start` runs. The service itself is in `@rserpool/services`.
 *
 * @packageDocumentation
 */
export { main } from './main.ts';
