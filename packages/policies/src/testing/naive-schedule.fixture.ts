/** A rational number, exact. */
class Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator: bigint = 1n) {
    let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
    while (b > 0n) [a, b] = [b, a % b];
    this.numerator = numerator / (a || 1n);
    this.denominator = denominator / (a || 1n);
  }

  plus(other: Fraction): Fraction {
    return new Fraction(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  over(divisor: number): Fraction {
    return new Fraction(this.numerator, this.denominator * BigInt(divisor));
  }

  compare(other: Fraction): number {
    return (
      Number(this.numerator * other.denominator - other.numerator * this.denominator > 0n) -
      Number(this.numerator * other.denominator - other.numerator * this.denominator < 0n)
    );
  }
}

interface Turn {
  readonly seat: number;
  weight: number;
  start: Fraction;
  started: boolean;
  age: number;
}

const zero = new Fraction(0n);

/**
 * Earliest Eligible Virtual Deadline First written down naively: exact fractions, and a look at every seat for
 * everything. Virtual time is computed from its definition, the mean of the starts by weight.
 */
export class NaiveSchedule {
  readonly turns: Turn[] = [];
  #age = 0;
  #tail = zero;

  #time(): Fraction {
    let sum = zero;
    for (const { start, weight } of this.turns) sum = sum.plus(start.times(new Fraction(BigInt(weight))));
    return sum.over(this.turns.reduce((total, { weight }) => total + weight, 0));
  }

  #mark(): void {
    if (this.turns.length === 0) {
      this.#tail = zero;
      return;
    }
    const time = this.#time();
    for (const turn of this.turns) if (turn.start.compare(time) <= 0) turn.started = true;
  }

  #turnOf(seat: number): Turn {
    return this.turns.find((turn) => turn.seat === seat)!;
  }

  add(seat: number, weight: number): void {
    let start = zero;
    if (this.turns.length > 0) {
      const time = this.#time();
      const latest = time.plus(new Fraction(1n).over(weight));
      start = this.#tail.compare(time) < 0 ? time : this.#tail;
      if (start.compare(latest) > 0) start = latest;
    }
    this.turns.push({ seat, weight, start, started: false, age: this.#age++ });
    this.#mark();
  }

  reweigh(seat: number, weight: number): void {
    const turn = this.#turnOf(seat);
    if (turn.weight === weight) return;
    const time = this.#time();
    const ahead = turn.start.plus(time.times(new Fraction(-1n))).times(new Fraction(BigInt(turn.weight)));
    turn.start = time.plus(ahead.over(weight));
    turn.weight = weight;
    turn.started = false;
    this.#mark();
  }

  remove(seat: number): void {
    this.turns.splice(this.turns.indexOf(this.#turnOf(seat)), 1);
    this.#mark();
  }

  list(): number[] {
    const deadline = (turn: Turn): Fraction => turn.start.plus(new Fraction(1n).over(turn.weight));
    const started = this.turns.filter((turn) => turn.started);
    const waiting = this.turns.filter((turn) => !turn.started);
    started.sort((a, b) => deadline(a).compare(deadline(b)) || b.weight - a.weight || a.age - b.age);
    waiting.sort((a, b) => a.start.compare(b.start) || b.weight - a.weight || a.age - b.age);
    return [...started, ...waiting].map(({ seat }) => seat);
  }

  /** Whether two seats have the same deadline or start: rounding may decide then. */
  tie(left: number, right: number): boolean {
    const [a, b] = [this.#turnOf(left), this.#turnOf(right)];
    const deadline = (turn: Turn): Fraction => turn.start.plus(new Fraction(1n).over(turn.weight));
    return deadline(a).compare(deadline(b)) === 0 || a.start.compare(b.start) === 0;
  }

  serve(seat: number): void {
    const turn = this.#turnOf(seat);
    turn.start = turn.start.plus(new Fraction(1n).over(turn.weight));
    turn.started = false;
    turn.age = this.#age++;
    this.#tail = turn.start;
    this.#mark();
  }
}
