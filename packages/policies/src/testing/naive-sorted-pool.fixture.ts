import type { SelectionPolicy } from '../policy-types.ts';

interface Element {
  readonly slot: number;
  policy: SelectionPolicy;
  returned: number;
  firstAt: number;
}

/**
 * Priority, least used and their relatives, written down naively from RFC 5356: one list in the order in which they
 * came to the value that they have, which is sorted anew for each request.
 */
export class NaiveSortedPool {
  #elements: Element[] = [];
  #clock = 0;
  readonly #value: (policy: SelectionPolicy, returned: number) => number;
  readonly #increment: number | undefined;

  constructor(value: (policy: SelectionPolicy, returned: number) => number, increment?: number) {
    this.#value = value;
    this.#increment = increment;
  }

  slots(): number[] {
    return this.#elements.map(({ slot }) => slot);
  }

  add(slot: number, policy: SelectionPolicy): void {
    this.#elements.push({ slot, policy, returned: 0, firstAt: this.#clock++ });
  }

  update(slot: number, policy: SelectionPolicy): void {
    const element = this.#elements.find((each) => each.slot === slot)!;
    const before = this.#valueOf(element);
    Object.assign(element, { policy, returned: 0 });
    if (this.#valueOf(element) !== before) this.#sendBehind([element]);
  }

  remove(slot: number): void {
    this.#elements = this.#elements.filter((element) => element.slot !== slot);
  }

  /** A policy without degradation: of each group of equals, the first ones of the answer go behind the others. */
  select(count: number): number[] {
    const answer = this.#best(count);
    const groups = [...new Set(answer.map((each) => this.#valueOf(each)))].map((value) =>
      answer.filter((element) => this.#valueOf(element) === value),
    );
    const first = groups.flatMap((group) => group.slice(0, this.#increment ?? 1));
    this.#sendBehind(first.toSorted((a, b) => answer.indexOf(a) - answer.indexOf(b)));
    return answer.map(({ slot }) => slot);
  }

  /** A policy with degradation: all are counted, and the one of the equals is first that was it least recently. */
  selectAndDegrade(count: number): number[] {
    const queue = this.#best(count);
    const answer = [...queue];
    const equals = answer.filter((element) => this.#valueOf(element) === this.#valueOf(answer[0]!));
    const [first] = equals.toSorted((a, b) => a.firstAt - b.firstAt);
    if (first === undefined) return [];
    answer[answer.indexOf(first)] = answer[0]!;
    answer[0] = first;
    first.firstAt = this.#clock++;
    const counted = answer.slice(0, this.#increment);
    for (const element of counted) element.returned++;
    this.#sendBehind(queue.filter((element) => counted.includes(element)));
    return answer.map(({ slot }) => slot);
  }

  #valueOf({ policy, returned }: Element): number {
    return this.#value(policy, returned);
  }

  #best(count: number): Element[] {
    return this.#elements.toSorted((a, b) => this.#valueOf(a) - this.#valueOf(b)).slice(0, count);
  }

  #sendBehind(elements: readonly Element[]): void {
    this.#elements = [...this.#elements.filter((element) => !elements.includes(element)), ...elements];
  }
}
