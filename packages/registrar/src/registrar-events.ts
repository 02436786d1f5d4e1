import type { AsapRegistrarEvent } from '@rserpool/asap';
import type { EnrpEvent } from '@rserpool/enrp';

/** Everything that a registrar tells about itself; `type` says what it is. */
export type RegistrarEvent = AsapRegistrarEvent | EnrpEvent;

/** One kind of {@link RegistrarEvent}. */
export type RegistrarEventOf<Type extends RegistrarEvent['type']> = Extract<
  RegistrarEvent,
  { readonly type: Type }
>;
