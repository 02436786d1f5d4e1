import type { SelectionPolicy } from '../policy-types.ts';

interface Element {
  readonly slot: number;
  policy: SelectionPolicy;
  returned: number;
}

/**
 * Priority, least used and their relatives, written down naively from RFC 5356: one list in the order of age, which
 * is sorted anew for each request.
 */
export class NaiveSortedPool {
  #elements: Element[] = [];
  readonly #value: (policy: SelectionPolicy, returned: number) => number;
  readonly #turns: number;
  readonly #degradations: number;

  constructor(
    value: (policy: SelectionPolicy, returned: number) => number,
    turns = 1,
    degradations = Infinity,
  ) {
    this.#value = value;
    this.#turns = turns;
    this.#degradations = degradations;
  }

  slots(): number[] {
    return this.#elements.map(({ slot }) => slot);
  }

  add(slot: number, policy: SelectionPolicy): void {
    this.#elements.push({ slot, policy, returned: 0 });
  }

  update(slot: number, policy: SelectionPolicy): void {
    Object.assign(this.#elements.find((element) => element.slot === slot)!, { policy, returned: 0 });
  }

  remove(slot: number): void {
    this.#elements = this.#elements.filter((element) => element.slot !== slot);
  }

  select(count: number): number[] {
    const valueOf = ({ policy, returned }: Element): number => this.#value(policy, returned);
    const answer = this.#elements.toSorted((a, b) => valueOf(a) - valueOf(b)).slice(0, count);
    const firstOfEquals = answer.filter(
      (element) =>
        answer.filter((other) => valueOf(other) === valueOf(element)).indexOf(element) < this.#turns,
    );
    this.#elements = [
      ...this.#elements.filter((element) => !firstOfEquals.includes(element)),
      ...firstOfEquals,
    ];
    for (const element of answer.slice(0, this.#degradations)) element.returned++;
    return answer.map(({ slot }) => slot);
  }
}
