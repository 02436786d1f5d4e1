import { encode } from 'fast-png';
import { computePoint } from './compute-point.ts';
import type { FractalParameter } from './fractal-parameter.ts';

/** A picture while it is computed: the iterations of each point, and which of them are there. */
export class Picture {
  /** What is computed. */
  readonly parameter: FractalParameter;
  readonly #iterations: Uint32Array;
  readonly #isKnown: Uint8Array;
  #known = 0;
  #recomputed = 0;

  /**
   * @param parameter - What is computed.
   */
  constructor(parameter: FractalParameter) {
    this.parameter = parameter;
    this.#iterations = new Uint32Array(parameter.width * parameter.height);
    this.#isKnown = new Uint8Array(this.#iterations.length);
  }

  /**
   * A picture that is computed here, in one go.
   *
   * @param parameter - What to compute.
   */
  static computed(parameter: FractalParameter): Picture {
    const picture = new Picture(parameter);
    for (let y = 0; y < parameter.height; y++) {
      const row = Uint32Array.from({ length: parameter.width }, (_, x) => computePoint(parameter, x, y));
      picture.put(0, y, row);
    }
    return picture;
  }

  /**
   * Takes points of one row.
   *
   * @param startX - The first point's column.
   * @param startY - The row.
   * @param points - The iterations of each point.
   * @returns Whether they lie inside the picture; where not, nothing is taken.
   */
  put(startX: number, startY: number, points: Uint32Array): boolean {
    const { width, height } = this.parameter;
    if (startY >= height || startX + points.length > width) return false;
    const offset = startY * width + startX;
    for (let index = offset; index < offset + points.length; index++) {
      if (this.#isKnown[index] === 1) this.#recomputed += 1;
      else this.#known += 1;
      this.#isKnown[index] = 1;
    }
    this.#iterations.set(points, offset);
    return true;
  }

  /** Whether every point is there. */
  get isComplete(): boolean {
    return this.#known === this.#isKnown.length;
  }

  /** How many rows' worth of points are there. */
  get rows(): number {
    return Math.floor(this.#known / this.parameter.width);
  }

  /** How many rows' worth of points came more than once. */
  get rowsRecomputed(): number {
    return Math.ceil(this.#recomputed / this.parameter.width);
  }

  /** The picture as a PNG file, eight bits a channel. */
  toPng(): Uint8Array {
    const { width, height, maxIterations } = this.parameter;
    const data = new Uint8Array(width * height * 3);
    this.#iterations.forEach((iterations, index) => data.set(colour(iterations, maxIterations), 3 * index));
    return encode({ width, height, data, channels: 3, depth: 8 });
  }
}

/** Black inside the set; outside, bands that run through the colours with the logarithm of the iterations. */
function colour(iterations: number, maxIterations: number): [number, number, number] {
  if (iterations >= maxIterations) return [0, 0, 0];
  const phase = 2.2 * Math.log(iterations + 1);
  const wave = (shift: number): number => Math.round(127.5 * (1 + Math.sin(phase + shift)));
  return [wave(0), wave(1.1), wave(2.4)];
}
