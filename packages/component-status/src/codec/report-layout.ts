/**
 * The layout of a report of version 2.0. The protocol is the reference implementation's own; no document describes it.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |   type = 1    |   flags       |            length             |
 * +---------------+---------------+-------------------------------+
 * |                      version = 0x00000200                     |
 * +---------------------------------------------------------------+
 * |             sender: group in 8 bits, object in 56             |
 * +---------------------------------------------------------------+
 * |                 microseconds since its start                  |
 * +---------------------------------------------------------------+
 * |                 report interval in microseconds               |
 * +---------------------------------------------------------------+
 * |                 location: 128 bytes, status: 128 bytes        |
 * +-------------------------------+-------------------------------+
 * |            workload           |     number of associations    |
 * +-------------------------------+-------------------------------+
 * :        for each: receiver (64), microseconds (64),            :
 * :        flags (16), protocol (16), payload protocol (32)       :
 * +---------------------------------------------------------------+
 * ```
 */
export const reportLayout = {
  type: 1,
  finalFlag: 1,
  version: 0x200,
  locationAt: 28,
  statusAt: 156,
  textBytes: 128,
  workloadAt: 284,
  associationsAt: 288,
  associationBytes: 24,
  fullWorkload: 0xfffe,
  unknownWorkload: 0xffff,
  unknownDuration: 0xffff_ffff_ffff_ffffn,
} as const;

/** How many associations fit one report: its length field has 16 bits, and a datagram of UDP over IPv4 has 65507 bytes. */
export const maximumReportAssociations: number = Math.floor(
  (65_507 - reportLayout.associationsAt) / reportLayout.associationBytes,
);
