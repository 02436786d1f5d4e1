import { bytesToHex, hexToBytes } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { CauseCode } from '../cause-code.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { compact, packetWith, written } from '../testing/golden.fixture.ts';
import {
  putErrorCause,
  putInvalidStreamCause,
  putMissingParametersCause,
  putNoUserDataCause,
  putProtocolViolationCause,
  putRestartWithNewAddressesCause,
  putStaleCookieCause,
  putUnrecognizedChunkCause,
  putUnrecognizedParametersCause,
  putUnsupportedHmacCause,
} from './error-cause.ts';
import { type ErrorCause, readErrorCauses } from './read-error-causes.ts';

interface GoldenCause {
  readonly name: string;
  readonly write: (writer: PacketWriter) => void;
  /** The cause with its padding. */
  readonly hex: string;
  readonly code: number;
  readonly value: string;
}

const chunk = hexToBytes('7f 00 0005 01 000000');

const causes: readonly GoldenCause[] = [
  {
    name: 'Invalid Stream Identifier',
    write: (writer) => putInvalidStreamCause(writer, 0xfffe),
    hex: '0001 0008 fffe 0000',
    code: CauseCode.invalidStreamIdentifier,
    value: 'fffe0000',
  },
  {
    name: 'Missing Mandatory Parameter',
    write: (writer) => putMissingParametersCause(writer, [7, 5]),
    hex: '0002 000c 00000002 0007 0005',
    code: CauseCode.missingMandatoryParameter,
    value: '0000000200070005',
  },
  {
    name: 'Stale Cookie',
    write: (writer) => putStaleCookieCause(writer, 1000.25),
    hex: '0003 0008 000003e9',
    code: CauseCode.staleCookie,
    value: '000003e9',
  },
  {
    name: 'Stale Cookie since more than an hour',
    write: (writer) => putStaleCookieCause(writer, 5e9),
    hex: '0003 0008 ffffffff',
    code: CauseCode.staleCookie,
    value: 'ffffffff',
  },
  {
    name: 'Out of Resource',
    write: (writer) => putErrorCause(writer, CauseCode.outOfResource),
    hex: '0004 0004',
    code: CauseCode.outOfResource,
    value: '',
  },
  {
    name: 'Unresolvable Address',
    write: (writer) => putErrorCause(writer, CauseCode.unresolvableAddress, hexToBytes('000b00066100')),
    hex: '0005 000a 000b 0006 6100 0000',
    code: CauseCode.unresolvableAddress,
    value: '000b00066100',
  },
  {
    name: 'Unrecognized Chunk Type',
    write: (writer) => putUnrecognizedChunkCause(writer, chunk, 0, 5),
    hex: '0006 0009 7f00000501 000000',
    code: CauseCode.unrecognizedChunkType,
    value: '7f00000501',
  },
  {
    name: 'Invalid Mandatory Parameter',
    write: (writer) => putErrorCause(writer, CauseCode.invalidMandatoryParameter),
    hex: '0007 0004',
    code: CauseCode.invalidMandatoryParameter,
    value: '',
  },
  {
    name: 'Unrecognized Parameters',
    write: (writer) =>
      putUnrecognizedParametersCause(writer, [hexToBytes('ffff000501'), hexToBytes('c1230004')]),
    hex: '0008 0010 ffff0005 01000000 c1230004',
    code: CauseCode.unrecognizedParameters,
    value: 'ffff000501000000c1230004',
  },
  {
    name: 'No User Data',
    write: (writer) => putNoUserDataCause(writer, 0xffffffff),
    hex: '0009 0008 ffffffff',
    code: CauseCode.noUserData,
    value: 'ffffffff',
  },
  {
    name: 'Cookie Received While Shutting Down',
    write: (writer) => putErrorCause(writer, CauseCode.cookieReceivedWhileShuttingDown),
    hex: '000a 0004',
    code: CauseCode.cookieReceivedWhileShuttingDown,
    value: '',
  },
  {
    name: 'Restart of an Association with New Addresses',
    write: (writer) =>
      putRestartWithNewAddressesCause(writer, [hexToBytes('c0000201'), hexToBytes('c0000202')]),
    hex: '000b 0014 0005 0008 c0000201 0005 0008 c0000202',
    code: CauseCode.restartWithNewAddresses,
    value: '00050008c000020100050008c0000202',
  },
  {
    name: 'User-Initiated Abort',
    write: (writer) => putErrorCause(writer, CauseCode.userInitiatedAbort, hexToBytes('627965')),
    hex: '000c 0007 627965 00',
    code: CauseCode.userInitiatedAbort,
    value: '627965',
  },
  {
    name: 'Protocol Violation',
    write: (writer) => putProtocolViolationCause(writer, 'no'),
    hex: '000d 0006 6e6f 0000',
    code: CauseCode.protocolViolation,
    value: '6e6f',
  },
  {
    name: 'Unsupported HMAC Identifier',
    write: (writer) => putUnsupportedHmacCause(writer, 2),
    hex: '0105 0006 0002 0000',
    code: CauseCode.unsupportedHmacIdentifier,
    value: '0002',
  },
  {
    name: 'Request to Delete Last Remaining IP Address',
    write: (writer) =>
      putErrorCause(
        writer,
        CauseCode.deleteLastRemainingAddress,
        hexToBytes('c0020010010234760005 0008c0000201'),
      ),
    hex: '00a0 0014 c002 0010 01023476 0005 0008 c0000201',
    code: CauseCode.deleteLastRemainingAddress,
    value: 'c00200100102347600050008c0000201',
  },
];

/** Reads the causes of an ERROR chunk that has nothing but these bytes. */
function readFrom(hex: string): readonly ErrorCause[] | undefined {
  const content = compact(hex);
  const length = 4 + content.length / 2;
  return readErrorCauses(packetWith(`0900${length.toString(16).padStart(4, '0')}${content}`), 12, length);
}

describe('error causes (RFC 9260 section 3.3.10, RFC 4895 section 4, RFC 5061 section 4.3)', () => {
  it.each(causes)('are written: $name', ({ write, hex }) => {
    expect(written(write)).toBe(compact(hex));
  });

  it.each(causes)('are read: $name', ({ hex, code, value }) => {
    expect(readFrom(hex)?.map((cause) => [cause.code, bytesToHex(cause.value)])).toEqual([[code, value]]);
  });

  it('are read one after the other', () => {
    const all = causes.map(({ hex }) => hex).join('');
    expect(readFrom(all)?.map(({ code }) => code)).toEqual(causes.map(({ code }) => code));
  });

  it.each([
    { name: 'a length below the header', hex: '0004 0003' },
    { name: 'a length beyond the end', hex: '0004 0005' },
    { name: 'half a header behind a cause', hex: '0004 0004 0004' },
  ])('are refused: $name', ({ hex }) => {
    expect(readFrom(hex)).toBeUndefined();
  });

  it('are not read without bound', () => {
    expect(readFrom('00040004'.repeat(1000))?.length).toBe(32);
  });

  it('have codes for all that the RFCs name', () => {
    const codes = Object.values(CauseCode).sort((left, right) => left - right);
    expect(codes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x105]);
  });
});

describe('reports of what was not recognized', () => {
  it('fit into the packet, however long the chunk was', () => {
    const long = new Uint8Array(65000).fill(0x7f);
    const hex = written((writer) => {
      const error = writer.beginChunk(9, 0);
      putUnrecognizedChunkCause(writer, long, 0, long.length);
      writer.endChunk(error);
    }, 100);
    expect(hex.length / 2).toBe(100 - 12);
  });

  it('leave out the parameters that do not fit', () => {
    const parameter = hexToBytes('ffff0008 01020304');
    const hex = written((writer) => {
      const error = writer.beginChunk(9, 0);
      putUnrecognizedParametersCause(
        writer,
        Array.from({ length: 20 }, () => parameter),
      );
      writer.endChunk(error);
    }, 60);
    // 60 bytes less 12 of the packet, 4 of the chunk, 4 of the cause: 5 parameters of 8 bytes.
    expect(hex.length / 2).toBe(4 + 4 + 5 * 8);
  });
});
