import type { Session } from '@rserpool/session';
import { RserpoolError } from '@rserpool/wire';
import { decodeFractalPacket, encodeFractalPacket } from '../machine/fractal/fractal-packets.ts';
import type { FractalParameter } from '../machine/fractal/fractal-parameter.ts';
import { Picture } from '../machine/fractal/picture.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';

/**
 * Has a picture computed in a session.
 *
 * @param session - A session with the fractal pool, made with `resend: 'sinceCookie'`: the request itself has to
 *   survive an element that is lost before its first cookie.
 * @param parameter - The picture.
 * @param onPoints - Is called when points came in, with the row of the first one and the picture so far.
 * @returns The complete picture.
 * @throws RserpoolError `ERR_RSERPOOL_SERVICE_PROTOCOL` where the element sends what does not belong to the picture or
 *   ends before it is complete, and the session's final error.
 */
export async function receivePicture(
  session: Session,
  parameter: FractalParameter,
  onPoints: (row: number, picture: Picture) => void = () => undefined,
): Promise<Picture> {
  const picture = new Picture(parameter);
  session.send(encodeFractalPacket({ type: 'parameter', parameter }), {
    payloadProtocolIdentifier: ServicePayloadProtocolIdentifier.fractal,
  });
  for await (const { data } of session) {
    const packet = decodeFractalPacket(data);
    if (packet?.type === 'end') break;
    if (packet?.type !== 'data' || !picture.put(packet.startX, packet.startY, packet.points)) {
      throw new RserpoolError(
        'ERR_RSERPOOL_SERVICE_PROTOCOL',
        'the element sent what is no part of the picture',
      );
    }
    onPoints(packet.startY, picture);
  }
  if (picture.isComplete) return picture;
  throw new RserpoolError(
    'ERR_RSERPOOL_SERVICE_PROTOCOL',
    `the picture ended with ${picture.rows} of ${parameter.height} rows`,
  );
}
