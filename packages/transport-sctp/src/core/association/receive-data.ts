import type { Path } from '../path/path.ts';
import type { DataOutcome } from '../receiving/data-receiver.ts';
import { CauseCode } from '../wire/cause-code.ts';
import {
  putErrorCause,
  putInvalidStreamCause,
  putNoUserDataCause,
  putProtocolViolationCause,
} from '../wire/causes/error-cause.ts';
import { dataStream, dataTsn } from '../wire/chunks/data.ts';
import type { Association } from './association.ts';
import { abortForViolation } from './end.ts';
import { putError } from './send-alone.ts';

/** A DATA chunk came (RFC 9260 sections 6.2 and 6.5). */
export function receiveData(
  association: Association,
  bytes: Uint8Array,
  offset: number,
  length: number,
  path: Path,
): DataOutcome {
  const outcome = association.receiver?.handleData(bytes, offset, length) ?? 'dropped';
  switch (outcome) {
    case 'accepted':
    case 'duplicate':
    case 'dropped':
      break;
    case 'invalid-stream':
      reportInvalidStream(association, path, dataStream(bytes, offset));
      break;
    case 'no-user-data':
      abortForViolation(association, 'DATA without user data', (writer) =>
        putNoUserDataCause(writer, dataTsn(bytes, offset)),
      );
      break;
    case 'protocol-violation': {
      const detail = 'DATA chunks that do not fit together';
      abortForViolation(association, detail, (writer) => putProtocolViolationCause(writer, detail));
      break;
    }
    case 'message-too-long':
      abortForViolation(association, 'a message that is longer than this side takes', (writer) =>
        putErrorCause(writer, CauseCode.outOfResource),
      );
  }
  return outcome;
}

function reportInvalidStream(association: Association, path: Path, stream: number): void {
  association.queueControl({
    path: path.isConfirmed ? path : association.paths.forData,
    bytes: 12,
    put: (writer) => putError(writer, (error) => putInvalidStreamCause(error, stream)),
  });
}
