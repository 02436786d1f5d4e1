/**
 * The RSerPool handlespace: pools and pool elements with everything that a registrar asks of them. Pure: no
 * clock, no timers, no messages.
 *
 * @packageDocumentation
 */
export type { ElementReference } from './element-reference.ts';
export type { HandlespaceChange, HandlespaceListener, HandlespaceObserver } from './handlespace-change.ts';
export { defaultHandlespaceLimits, type HandlespaceLimits } from './handlespace-limits.ts';
export type { HandlespaceOptions } from './handlespace-options.ts';
export { Handlespace } from './handlespace.ts';
export type { VisitedElement } from './ordered-lists.ts';
export type { HandlespacePage, PageCursor, PageOptions, PurgedSlice, ReferencePage } from './page.ts';
export type { PoolResolution } from './pool-resolution.ts';
export type {
  RegistrationAccepted,
  RegistrationRejected,
  RegistrationResult,
} from './registration-result.ts';
