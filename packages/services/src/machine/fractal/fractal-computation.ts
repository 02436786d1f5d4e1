import { computePoint } from './compute-point.ts';
import type { FractalState } from './fractal-cookie.ts';
import { maximumPointsPerPacket } from './fractal-packets.ts';

/** Points of a picture, as a DATA packet has them. */
export interface FractalPoints {
  /** The column of the first one. */
  readonly startX: number;
  /** Its row. */
  readonly startY: number;
  /** The iterations of each; they may go on in the rows below. */
  readonly points: Uint32Array;
}

/**
 * After how many iterations a packet is sent with the points that there are: a picture of many iterations must not
 * hold up the other sessions. It is some milliseconds' worth.
 */
const iterationsPerPacket = 1_000_000;

/** A picture on its way from one position to its end. */
export class FractalComputation {
  readonly #parameter: FractalState['parameter'];
  readonly #pointsPerPacket: number;
  #position: number;
  readonly #end: number;

  /**
   * @param from - The picture, and the position to go on from.
   * @param pointsPerPacket - How many points one packet gets, 1 .. {@link maximumPointsPerPacket}.
   */
  constructor(from: FractalState, pointsPerPacket: number = maximumPointsPerPacket) {
    this.#parameter = from.parameter;
    this.#pointsPerPacket = pointsPerPacket;
    const { width, height } = from.parameter;
    this.#position = from.currentY * width + from.currentX;
    this.#end = width * height;
  }

  /** How far the picture is: what its cookie consists of. */
  get state(): FractalState {
    const { width } = this.#parameter;
    return {
      parameter: this.#parameter,
      currentX: this.#position % width,
      currentY: Math.floor(this.#position / width),
    };
  }

  /** Computes the next points, or gives `undefined` behind the last one. */
  next(): FractalPoints | undefined {
    if (this.#position >= this.#end) return undefined;
    const { currentX: startX, currentY: startY } = this.state;
    const { width } = this.#parameter;
    const points: number[] = [];
    let iterations = 0;
    while (
      this.#position < this.#end &&
      points.length < this.#pointsPerPacket &&
      iterations < iterationsPerPacket
    ) {
      const point = computePoint(this.#parameter, this.#position % width, Math.floor(this.#position / width));
      points.push(point);
      iterations += point;
      this.#position += 1;
    }
    return { startX, startY, points: Uint32Array.from(points) };
  }
}
