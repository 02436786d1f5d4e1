/** The cause codes of RFC 5354 section 3.12, table 2. */
export const ErrorCauseCode: {
  /** An error that has no cause of its own; no information (section 3.12.1). */
  readonly unspecified: 0;
  /** A parameter is not known; information: the parameter (section 3.12.2). */
  readonly unrecognizedParameter: 1;
  /** A message is not known; information: the message (section 3.12.3). */
  readonly unrecognizedMessage: 2;
  /** A parameter has invalid values; information: the parameter (section 3.12.4). */
  readonly invalidValues: 3;
  /** The PE Identifier is in use in the pool; no information (section 3.12.5). */
  readonly nonUniquePoolElementIdentifier: 4;
  /** The policy is not the pool's; information: the pool's policy parameter (section 3.12.6). */
  readonly inconsistentPoolPolicy: 5;
  /** Resources are lacking; no information (section 3.12.7). */
  readonly lackOfResources: 6;
  /** The user transport is not of the pool's type; information: a transport parameter (section 3.12.8). */
  readonly inconsistentTransportType: 7;
  /** The Transport Use is not the pool's; no information (section 3.12.9). */
  readonly inconsistentDataControlConfiguration: 8;
  /** The pool is not known; no information (section 3.12.11). */
  readonly unknownPoolHandle: 9;
  /** Credentials or authorization are missing (section 3.12.10). */
  readonly rejectedDueToSecurity: 0xa;
} = {
  unspecified: 0,
  unrecognizedParameter: 1,
  unrecognizedMessage: 2,
  invalidValues: 3,
  nonUniquePoolElementIdentifier: 4,
  inconsistentPoolPolicy: 5,
  lackOfResources: 6,
  inconsistentTransportType: 7,
  inconsistentDataControlConfiguration: 8,
  unknownPoolHandle: 9,
  rejectedDueToSecurity: 0xa,
};
