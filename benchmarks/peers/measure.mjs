// What the programs beside the reference have in common; the counterpart in C is c/measure.h.

let state = 0;
reseed();

/** Begins the numbers of {@link below} anew, as those of the program in C begin. */
export function reseed() {
  state = 0x92d68ca2 | 0;
}

/** 0 .. limit - 1, in integers as in C: the remainder of floating point numbers would be timed otherwise. */
export function below(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 1) % (limit | 0);
}

/** Processor time of all threads, compiler and garbage collector too; the neighbours on the machine do not count. */
export function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export function check(holds, what) {
  if (!holds) throw new Error(`${what} went wrong`);
}
