/** The RFC's names of the ENRP messages by their types (RFC 5353 section 2). */
export const enrpMessageNames: Readonly<Record<number, string>> = {
  0x01: 'ENRP_PRESENCE',
  0x02: 'ENRP_HANDLE_TABLE_REQUEST',
  0x03: 'ENRP_HANDLE_TABLE_RESPONSE',
  0x04: 'ENRP_HANDLE_UPDATE',
  0x05: 'ENRP_LIST_REQUEST',
  0x06: 'ENRP_LIST_RESPONSE',
  0x07: 'ENRP_INIT_TAKEOVER',
  0x08: 'ENRP_INIT_TAKEOVER_ACK',
  0x09: 'ENRP_TAKEOVER_SERVER',
  0x0a: 'ENRP_ERROR',
};
