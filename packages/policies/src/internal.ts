/**
 * For packages of the same version only: the selections of many pools in one store.
 *
 * @packageDocumentation
 */
export { createSelection } from './selector/create-selection.ts';
export type { Selection } from './selector/selection.ts';
export { SelectionStore, type SelectionStoreOptions } from './structures/selection-store.ts';
