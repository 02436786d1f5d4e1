/*
 * Times the handlespace of rsplib, the reference implementation, from the Debian packages librsplib3 and
 * librsplib-dev. The counterpart in TypeScript is ../handlespace-run.mjs: same order of operations, same elements,
 * same generator with the same seed. What is declared here is what the shared library is called with; handlespace,
 * address blocks and nodes stay opaque memory.
 *
 * use: handlespace ELEMENTS POOLS POLICY MILLISECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "measure.h"

/* The two values that cross the interface by content. */
typedef struct {
  size_t length;
  unsigned char bytes[32];
} pool_handle;

typedef struct {
  unsigned type, weight, load, load_degradation, load_dpf, weight_dpf, distance;
} policy_settings;

typedef union {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} address;

#define HS(name) poolHandlespaceManagement##name##_SimpleRedBlackTree
extern void HS(New)(void *, uint32_t, void *, void *, void *);
extern unsigned HS(RegisterPoolElement)(void *, const pool_handle *, uint32_t, uint32_t, unsigned,
                                        const policy_settings *, const void *, const void *, int, uint32_t,
                                        unsigned long long, void **);
extern unsigned HS(DeregisterPoolElement)(void *, const pool_handle *, uint32_t);
extern unsigned HS(HandleResolution)(void *, const pool_handle *, void **, size_t *, size_t, size_t);
extern void *HS(FindPoolElement)(void *, const pool_handle *, uint32_t);
extern void *HS(GetFirstPoolElementTimerNode)(void *);
extern void HS(RestartPoolElementExpiryTimer)(void *, void *, unsigned long long);
extern void *HS(GetFirstPoolElementOwnershipNodeForIdentifier)(void *, uint32_t);
extern void *HS(GetNextPoolElementOwnershipNodeForSameIdentifier)(void *, void *);
extern void HS(UpdateOwnershipOfPoolElementNode)(void *, void *, uint32_t);
extern int HS(GetHandleTable)(void *, uint32_t, void *, unsigned, size_t);
extern size_t HS(GetPoolElements)(const void *);
extern unsigned poolPolicyGetPoolPolicyTypeByName(const char *);
extern void transportAddressBlockNew(void *, int, uint16_t, uint16_t, const address *, size_t, size_t);

enum { REGISTRARS = 4, PAGE = 128, BATCH = 256, WALKED = 4096 };

static union {
  char bytes[65536];
  long double aligned;
} memory;
static void *const space = &memory;
static char user_transport[1024] __attribute__((aligned(16)));
static char asap_transport[1024] __attribute__((aligned(16)));
static char page[1 << 15] __attribute__((aligned(16)));

static size_t elements, pools;
static const char *policy;
static double least_seconds;
static unsigned policy_types[9];
static unsigned only_type;
static pool_handle *handles;
static uint32_t *identifiers, *order;
static void **nodes;
static unsigned long long clock_us = 1000000;

static void row(const char *op, int h, double count, double time) {
  printf("{\"impl\":\"c\",\"op\":\"%s\",\"policy\":\"%s\",\"n\":%zu,\"pools\":%zu,\"h\":%d,\"opsPerSec\":%.0f}\n", op,
         policy, elements, pools, h, count / time);
}

/* One weight and one of 101 loads for each registration, whatever the policy uses of them. */
static policy_settings settings_for(size_t pool) {
  policy_settings settings;
  memset(&settings, 0, sizeof settings);
  settings.type = only_type ? only_type : policy_types[pool % 9];
  settings.weight = 1 + below(100);
  settings.load = (unsigned)((below(101)) * 42949672u);
  settings.load_degradation = 42949672u;
  return settings;
}

static void *enter(size_t i) {
  void *node;
  policy_settings settings = settings_for(i % pools);
  unsigned code = HS(RegisterPoolElement)(space, &handles[i % pools], (uint32_t)(1 + i % REGISTRARS), identifiers[i],
                                          30000, &settings, user_transport, asap_transport, -1, 0, clock_us++, &node);
  check(code == 0, "registration");
  return node;
}

static double fill(void) {
  double start = seconds();
  for (size_t k = 0; k < elements; k++) nodes[order[k]] = enter(order[k]);
  return seconds() - start;
}

static double drain(void) {
  double start = seconds();
  for (size_t k = 0; k < elements; k++)
    check(HS(DeregisterPoolElement)(space, &handles[order[k] % pools], identifiers[order[k]]) == 0, "deregistration");
  return seconds() - start;
}

static void resolve(size_t h) {
  void *chosen[16];
  size_t count;
  HS(HandleResolution)(space, &handles[pools == 1 ? 0 : below((uint32_t)pools)], chosen, &count, h, 0);
  check(count == h, "resolution");
}
static void resolve1(void) { resolve(1); }
static void resolve4(void) { resolve(4); }

static void find(void) {
  size_t i = below((uint32_t)elements);
  check(HS(FindPoolElement)(space, &handles[i % pools], identifiers[i]) == nodes[i], "find");
}

static void reregister(void) { enter(below((uint32_t)elements)); }

static void restart_timer(void) {
  void *node = nodes[below((uint32_t)elements)];
  HS(RestartPoolElementExpiryTimer)(space, node, 30000000ull + below(1000000));
}

static unsigned long long ahead = 60000000ull;
static void expire(void) {
  void *node = HS(GetFirstPoolElementTimerNode)(space);
  HS(RestartPoolElementExpiryTimer)(space, node, ahead++ + below(1000000));
}

static void take_over_one(void) {
  void *node = nodes[below((uint32_t)elements)];
  HS(UpdateOwnershipOfPoolElementNode)(space, node, 1 + below(REGISTRARS));
}

static void timed(const char *op, int h, void (*operation)(void)) {
  double start, time;
  size_t count = 0;
  for (int k = 0; k < BATCH; k++) operation();
  start = seconds();
  do {
    for (int k = 0; k < BATCH; k++) operation();
    count += BATCH;
  } while ((time = seconds() - start) < least_seconds);
  row(op, h, (double)count, time);
}

static size_t walk_owned(void) {
  size_t count = 0;
  void *node = HS(GetFirstPoolElementOwnershipNodeForIdentifier)(space, 2);
  for (; node; node = HS(GetNextPoolElementOwnershipNodeForSameIdentifier)(space, node)) count++;
  return count;
}

/* The number of elements of a page lies behind the pool handle and two 32-bit fields. */
static size_t walk_pages(void) {
  size_t count = 0, got;
  unsigned flags = 3;
  while (HS(GetHandleTable)(space, 2, page, flags, PAGE)) {
    memcpy(&got, page + sizeof(pool_handle) + 8, sizeof got);
    count += got;
    flags = 2;
    if (got < PAGE) break;
  }
  return count;
}

/* Everything of registrar 1 to registrar 9 and back. */
static size_t take_over_all(void) {
  static uint32_t from = 1, to = 9;
  size_t count = 0;
  void *node;
  while ((node = HS(GetFirstPoolElementOwnershipNodeForIdentifier)(space, from)) != NULL) {
    HS(UpdateOwnershipOfPoolElementNode)(space, node, to);
    count++;
  }
  uint32_t swap = from;
  from = to;
  to = swap;
  return count;
}

static void timed_walk(const char *op, int h, size_t (*walk)(void)) {
  double start, time;
  size_t count = 0;
  walk();
  start = seconds();
  do {
    size_t end = count + WALKED;
    do count += walk();
    while (count < end);
  } while ((time = seconds() - start) < least_seconds);
  row(op, h, (double)count, time);
}

int main(int argc, char **argv) {
  static const char *const names[9] = {"RoundRobin",          "WeightedRoundRobin", "Random",
                                       "WeightedRandom",      "RandomizedLeastUsed", "Priority",
                                       "LeastUsed",           "PriorityLeastUsed",  "LeastUsedDegradation"};
  check(argc == 5, "the command line");
  elements = strtoull(argv[1], NULL, 10);
  pools = strtoull(argv[2], NULL, 10);
  policy = argv[3];
  least_seconds = atof(argv[4]) / 1000;
  for (int i = 0; i < 9; i++) policy_types[i] = poolPolicyGetPoolPolicyTypeByName(names[i]);
  only_type = poolPolicyGetPoolPolicyTypeByName(policy);
  check(only_type || strcmp(policy, "Mixed") == 0, "the name of the policy");

  address addresses[3];
  memset(addresses, 0, sizeof addresses);
  for (int i = 0; i < 2; i++) {
    addresses[i].v4.sin_family = AF_INET;
    addresses[i].v4.sin_port = htons(7000);
    addresses[i].v4.sin_addr.s_addr = htonl(0x0a010001u + (unsigned)i * 0x10000u);
  }
  addresses[2].v6.sin6_family = AF_INET6;
  addresses[2].v6.sin6_port = htons(7000);
  inet_pton(AF_INET6, "2001:db8::1", &addresses[2].v6.sin6_addr);
  transportAddressBlockNew(user_transport, IPPROTO_SCTP, 7000, 0, addresses, 3, 3);
  transportAddressBlockNew(asap_transport, IPPROTO_SCTP, 7001, 0, addresses, 1, 1);

  handles = calloc(pools, sizeof *handles);
  identifiers = calloc(elements, sizeof *identifiers);
  order = calloc(elements, sizeof *order);
  nodes = malloc(elements * sizeof *nodes);
  memset(nodes, 1, elements * sizeof *nodes);
  for (size_t i = 0; i < pools; i++)
    handles[i].length = (size_t)snprintf((char *)handles[i].bytes, sizeof handles[i].bytes, "pool-%08zu", i);
  for (size_t i = 0; i < elements; i++) {
    identifiers[i] = (uint32_t)((i + 1) * 2654435761u);
    order[i] = (uint32_t)i;
  }
  for (size_t i = elements - 1; i > 0; i--) {
    size_t j = below((uint32_t)i + 1);
    uint32_t swap = order[i];
    order[i] = order[j];
    order[j] = swap;
  }

  HS(New)(space, 1, NULL, NULL, NULL);
  double filling = fill(), draining = 0;
  size_t rounds = 1;
  check(HS(GetPoolElements)(space) == elements, "filling");
  timed("resolve", 1, resolve1);
  timed("resolve", 4, resolve4);
  timed("find", 0, find);
  timed("reregister", 0, reregister);
  for (size_t i = 0; i < elements; i++)
    HS(RestartPoolElementExpiryTimer)(space, nodes[i], 30000000ull + below(1000000));
  timed("timerRestart", 0, restart_timer);
  timed("expiry", 0, expire);
  timed_walk("ownerWalk", 0, walk_owned);
  timed_walk("tablePages", PAGE, walk_pages);
  timed("takeover", 0, take_over_one);
  timed_walk("takeoverAll", 0, take_over_all);
  draining = drain();
  /* What is too short to be timed is repeated; then the first round does not count. */
  if (filling < least_seconds) {
    filling = draining = 0;
    rounds = 0;
    while (filling < least_seconds) {
      filling += fill();
      draining += drain();
      rounds++;
    }
  }
  row("register", 0, (double)elements * (double)rounds, filling);
  row("deregister", 0, (double)elements * (double)rounds, draining);
  return 0;
}
