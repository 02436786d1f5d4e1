import { CauseCode } from '../cause-code.ts';
import { ParameterType } from '../parameter-type.ts';
import type { PacketWriter } from '../packet-writer.ts';
import {
  putErrorCause,
  putMissingParametersCause,
  putProtocolViolationCause,
} from '../causes/error-cause.ts';

/**
 * What is wrong with an INIT or INIT ACK:
 *
 * - `zero-tag`: its initiate tag is 0; an INIT is discarded in silence (RFC 9260 section 3.3.2);
 * - `zero-streams`: one of the numbers of streams is 0;
 * - `small-window`: the window is below 1500 bytes;
 * - `host-name`: there is a host name, which nobody may send any more (section 3.3.2.1.4);
 * - `missing-cookie`: an INIT ACK without a state cookie;
 * - `malformed`: it is too short, or lengths of parameters do not fit.
 */
export interface InitFault {
  readonly why: 'zero-tag' | 'zero-streams' | 'small-window' | 'host-name' | 'missing-cookie' | 'malformed';
  /** The tag that an ABORT in answer carries; 0 where there is none. */
  readonly initiateTag: number;
  /** The parameter at fault, header included: a copy. */
  readonly parameter?: Uint8Array;
}

/** Writes the error cause that an ABORT in answer to such an INIT or INIT ACK has. */
export function putInitFaultCause(writer: PacketWriter, fault: InitFault): void {
  switch (fault.why) {
    case 'missing-cookie':
      putMissingParametersCause(writer, [ParameterType.stateCookie]);
      return;
    case 'host-name':
      putErrorCause(writer, CauseCode.unresolvableAddress, fault.parameter);
      return;
    case 'malformed':
      putProtocolViolationCause(writer, 'INIT or INIT ACK with wrong lengths');
      return;
    case 'zero-tag':
    case 'zero-streams':
    case 'small-window':
      putErrorCause(writer, CauseCode.invalidMandatoryParameter);
  }
}
