import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/** What every ENRP message begins with (RFC 5353 section 2.1). */
export interface EnrpHeader extends ParameterContainer {
  /** Sending Server's ID, 32 bits unsigned. */
  readonly senderIdentifier: number;
  /** Receiving Server's ID, 32 bits unsigned; 0 for the group, and allowed point-to-point. */
  readonly receiverIdentifier: number;
}
