/** SCTP payload protocol identifier of ASAP (RFC 5352 section 8.3). */
export const AsapPayloadProtocolIdentifier = 11;

/** SCTP payload protocol identifier of ENRP (RFC 5353 section 5.4). */
export const EnrpPayloadProtocolIdentifier = 12;

/** Port of ASAP over SCTP, TCP and UDP (RFC 5352 section 8.2). */
export const asapPort = 3863;

/** Port of ENRP over SCTP and UDP (RFC 5353 section 5.3). */
export const enrpPort = 9901;
