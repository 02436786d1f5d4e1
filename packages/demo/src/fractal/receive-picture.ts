import type { Session } from '@rserpool/session';
import { RserpoolError } from '@rserpool/wire';
import {
  decodeFractalPacket,
  encodeFractalPacket,
  FractalPayloadProtocolIdentifier,
} from './fractal-packets.ts';
import type { FractalParameter } from './fractal-parameter.ts';
import { Picture } from './picture.ts';

/**
 * Has a picture computed in a session.
 *
 * @param session - A session with the fractal pool, made with `resend: 'sinceCookie'`: the request itself has to
 *   survive an element that is lost before its first cookie.
 * @param parameter - The picture.
 * @param onRow - Is called with the number of each row of which points came in, and the picture so far.
 * @returns The complete picture.
 * @throws RserpoolError `ERR_RSERPOOL_DEMO_PROTOCOL` where the element sends what does not belong to the picture or
 *   ends before it is complete, and the session's final error.
 */
export async function receivePicture(
  session: Session,
  parameter: FractalParameter,
  onRow: (row: number, picture: Picture) => void = () => undefined,
): Promise<Picture> {
  const picture = new Picture(parameter);
  session.send(encodeFractalPacket({ type: 'parameter', parameter }), {
    payloadProtocolIdentifier: FractalPayloadProtocolIdentifier,
  });
  for await (const { data } of session) {
    const packet = decodeFractalPacket(data);
    if (packet?.type === 'end') break;
    if (packet?.type !== 'data' || !picture.put(packet.startX, packet.startY, packet.points)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_DEMO_PROTOCOL',
        'the element sent what is no part of the picture',
      );
    }
    onRow(packet.startY, picture);
  }
  if (picture.isComplete) return picture;
  throw new RserpoolError(
    'ERR_RSERPOOL_DEMO_PROTOCOL',
    `the picture ended with ${picture.rows} of ${parameter.height} rows`,
  );
}
