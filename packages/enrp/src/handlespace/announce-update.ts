import { type PoolElement, UpdateAction } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';

/**
 * Announces to all peers that an element of this registrar is there or gone (RFC 5353 section 3.3). The sender is the
 * home, and the Pool Element parameter says so, too.
 */
export function announceUpdate(
  core: EnrpCore,
  action: 'add' | 'delete',
  poolHandle: Uint8Array,
  poolElement: PoolElement,
): void {
  const { identifier } = core;
  core.announce({
    type: 'ENRP_HANDLE_UPDATE',
    takeoverSuggested: false,
    action: action === 'add' ? UpdateAction.addPoolElement : UpdateAction.deletePoolElement,
    poolHandle,
    poolElement:
      poolElement.homeRegistrar === identifier ? poolElement : { ...poolElement, homeRegistrar: identifier },
  });
}
