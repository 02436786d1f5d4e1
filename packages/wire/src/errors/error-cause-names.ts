/** The RFC's names of the error causes by their codes (RFC 5354 section 3.12, table 2). */
export const errorCauseNames: Readonly<Record<number, string>> = {
  0x0: 'Unspecified Error',
  0x1: 'Unrecognized Parameter',
  0x2: 'Unrecognized Message',
  0x3: 'Invalid Values',
  0x4: 'Non-unique PE Identifier',
  0x5: 'Inconsistent Pooling Policy',
  0x6: 'Lack of Resources',
  0x7: 'Inconsistent Transport Type',
  0x8: 'Inconsistent Data/Control Configuration',
  0x9: 'Unknown Pool Handle',
  0xa: 'Rejected Due to Security Considerations',
};
