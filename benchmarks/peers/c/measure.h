/* What the programs beside the reference have in common; the counterpart in TypeScript is ../measure.mjs. */
#ifndef MEASURE_H
#define MEASURE_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint32_t measure_state = 2463534242u;

/* 0 .. limit - 1; the same numbers as in the counterpart. */
static inline uint32_t below(uint32_t limit) {
  measure_state ^= measure_state << 13;
  measure_state ^= measure_state >> 17;
  measure_state ^= measure_state << 5;
  return (measure_state >> 1) % limit;
}

/* Processor time of the process, as in the counterpart: the neighbours on the machine do not count. */
static inline double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static inline void check(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "%s went wrong\n", what);
  exit(1);
}
#endif
