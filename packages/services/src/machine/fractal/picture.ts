import { FractalComputation } from './fractal-computation.ts';
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
    const computation = new FractalComputation({ parameter, currentX: 0, currentY: 0 });
    for (let next = computation.next(); next !== undefined; next = computation.next()) {
      picture.put(next.startX, next.startY, next.points);
    }
    return picture;
  }

  /**
   * Takes points.
   *
   * @param startX - The first point's column.
   * @param startY - Its row.
   * @param points - The iterations of each point; they go on in the rows below.
   * @returns Whether they lie inside the picture; where not, nothing is taken.
   */
  put(startX: number, startY: number, points: Uint32Array): boolean {
    const { width } = this.parameter;
    const offset = startY * width + startX;
    if (startX >= width || offset + points.length > this.#iterations.length) return false;
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

  /** The colours of the points, row by row: red, green and blue, eight bits each. */
  toRgb(): Uint8Array {
    const colours = new Uint8Array(this.#iterations.length * 3);
    this.#iterations.forEach((iterations, index) =>
      colours.set(colour(iterations, this.parameter.maxIterations), 3 * index),
    );
    return colours;
  }
}

/** Black inside the set; outside, bands that run through the colours with the logarithm of the iterations. */
function colour(iterations: number, maxIterations: number): [number, number, number] {
  if (iterations >= maxIterations) return [0, 0, 0];
  const phase = 2.2 * Math.log(iterations + 1);
  const wave = (shift: number): number => Math.round(127.5 * (1 + Math.sin(phase + shift)));
  return [wave(0), wave(1.1), wave(2.4)];
}
