import { ServicePoolHandle } from '@rserpool/services/machine';
import { poolHandleFromText } from '@rserpool/wire';

/** The handle of the one pool of the evaluation, which is that of the CalcApp service. */
export const poolHandle: Uint8Array = poolHandleFromText(ServicePoolHandle.calcApp);
