/*
 * Times what a registrar does for one request, without input and output: parse the ASAP message, work on the
 * handlespace, write the reply; with rsplib, the reference implementation, from the Debian packages librsplib3 and
 * librsplib-dev. The counterpart in TypeScript is ../request-run.mjs: same messages, same generator with the same
 * seed, same way to measure. What is declared here is what the shared libraries are called with; the handlespace and
 * a parsed message stay opaque memory but for the fields below, which stand at these offsets on 64-bit machines. The
 * program checks each reply, so that an offset that is wrong would not go unnoticed.
 *
 * use: request ELEMENTS POOLS MILLISECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "measure.h"

typedef unsigned char *message;
#define HS(name) poolHandlespaceManagement##name##_SimpleRedBlackTree
extern void HS(New)(void *, uint32_t, void *, void *, void *);
extern unsigned HS(RegisterPoolElementByPtr)(void *, const void *, const void *, unsigned long long, void **);
extern unsigned HS(HandleResolution)(void *, const void *, void **, size_t *, size_t, size_t);
extern size_t HS(GetPoolElements)(const void *);
extern unsigned rserpoolPacket2Message(unsigned char *packet, const struct sockaddr_storage *source,
                                       uint32_t association, uint32_t protocol, size_t length, size_t room,
                                       message *parsed);
extern size_t rserpoolMessage2Packet(message);
extern void rserpoolMessageDelete(message);

/* Types are numbered with the payload protocol identifier's mark; the lower byte is that of RFC 5354. */
enum { REGISTRATION = 0xaa01, REGISTRATION_RESPONSE = 0xaa03, RESOLUTION = 0xaa05, RESOLUTION_RESPONSE = 0xaa06 };
enum { ASAP = 11, LEAST_USED = 0x40000001, BATCH = 256, PREPARED = 32768, ITEMS = 4, ROOM = 2048, MOST = 128 };

/* The beginning of a parsed message, as far as it is read and written here. */
typedef struct {
  unsigned type;
  uint16_t error;
  uint8_t flags;
  unsigned char skipped[129];
  uint32_t identifier;
  uint16_t checksum;
  unsigned policy[7];
  struct {
    size_t length;
    unsigned char bytes[32];
  } pool;
  uint32_t registrar, sender, receiver;
  void *element;
  unsigned char owned;
  void *cookie;
  unsigned char cookie_owned;
  size_t cookie_length;
  void *table;
  unsigned char table_owned;
  void *elements[128];
  size_t count;
  unsigned char elements_owned;
} parsed_message;

typedef struct {
  size_t length;
  unsigned char bytes[MOST];
} request;

static union {
  char bytes[65536];
  long double aligned;
} memory;
static void *const space = &memory;
static struct sockaddr_storage source;
static unsigned char packet[4096];
static request requests[PREPARED], built;
static size_t elements, pools;
static double least_seconds;
static unsigned long long clock_us = 1000000;

static void byte(unsigned value) { built.bytes[built.length++] = (unsigned char)value; }
static void half(unsigned value) {
  byte(value >> 8 & 255);
  byte(value & 255);
}
static void word(uint32_t value) {
  half(value >> 16);
  half(value & 0xffff);
}
static size_t begin(unsigned type) {
  half(type);
  half(0);
  return built.length - 4;
}
static void end(size_t start) {
  size_t length = built.length - start;
  built.bytes[start + 2] = (unsigned char)(length >> 8);
  built.bytes[start + 3] = (unsigned char)length;
  while (built.length % 4) byte(0);
}
static void begin_message(unsigned type, size_t pool) {
  char handle[32];
  int length = snprintf(handle, sizeof handle, "pool-%08zu", pool);
  built.length = 0;
  begin(type << 8);
  size_t start = begin(9);
  for (int i = 0; i < length; i++) byte((unsigned char)handle[i]);
  end(start);
}
static void build_resolution(size_t pool) {
  begin_message(5, pool);
  end(0);
}
static void address(unsigned type, const uint32_t *words, size_t count) {
  size_t start = begin(type);
  for (size_t i = 0; i < count; i++) word(words[i]);
  end(start);
}
static void build_registration(size_t i, uint32_t load) {
  static const uint32_t first = 0x0a010001, second = 0x0a020001, third[4] = {0x20010db8, 0, 0, 1};
  begin_message(1, i % pools);
  size_t element = begin(10);
  word((uint32_t)((i + 1) * 2654435761u));
  word(0);
  word(30000);
  size_t transport = begin(4);
  half(7000);
  half(0);
  address(1, &first, 1);
  address(1, &second, 1);
  address(2, third, 4);
  end(transport);
  size_t policy = begin(8);
  word(LEAST_USED);
  word(load);
  end(policy);
  end(element);
  end(0);
}

static void serve(const request *in) {
  message parsed = NULL;
  memcpy(packet, in->bytes, in->length);
  unsigned code = rserpoolPacket2Message(packet, &source, 0, ASAP, in->length, ROOM, &parsed);
  parsed_message *fields = (parsed_message *)(void *)parsed;
  check(code == 0 && parsed && fields->error == 0, "parsing");
  if (fields->type == RESOLUTION) {
    void *chosen[ITEMS];
    size_t count;
    code = HS(HandleResolution)(space, &fields->pool, chosen, &count, ITEMS, 0);
    check(code == 0 && count == ITEMS, "resolution");
    fields->type = RESOLUTION_RESPONSE;
    fields->policy[0] = LEAST_USED;
    memcpy(fields->elements, chosen, sizeof chosen);
    fields->count = count;
    fields->elements_owned = 0;
    /* Header, handle, policy, and four elements with three addresses each. */
    check(rserpoolMessage2Packet(parsed) == 4 + 20 + 12 + ITEMS * 72, "writing a resolution");
    fields->count = 0;
  } else {
    void *node;
    check(fields->type == REGISTRATION, "the type");
    code = HS(RegisterPoolElementByPtr)(space, &fields->pool, fields->element, clock_us++, &node);
    check(code == 0, "registration");
    fields->type = REGISTRATION_RESPONSE;
    check(rserpoolMessage2Packet(parsed) == 4 + 20 + 8, "writing a registration response");
  }
  rserpoolMessageDelete(parsed);
}

static void row(const char *op, int h, double count, double time) {
  printf("{\"impl\":\"c\",\"op\":\"%s\",\"policy\":\"LeastUsed\",\"n\":%zu,\"pools\":%zu,\"h\":%d,\"opsPerSec\":%.0f}\n",
         op, elements, pools, h, count / time);
}

static void timed(const char *op, int h) {
  double start, time;
  size_t count = 0;
  for (int k = 0; k < BATCH; k++) serve(&requests[k]);
  start = seconds();
  do {
    for (int k = 0; k < BATCH; k++, count++) serve(&requests[count % PREPARED]);
  } while ((time = seconds() - start) < least_seconds);
  row(op, h, (double)count, time);
}

int main(int argc, char **argv) {
  struct sockaddr_in *from = (struct sockaddr_in *)&source;
  check(argc == 4, "the command line");
  elements = strtoull(argv[1], NULL, 10);
  pools = strtoull(argv[2], NULL, 10);
  least_seconds = atof(argv[3]) / 1000;
  from->sin_family = AF_INET;
  from->sin_port = htons(7001);
  from->sin_addr.s_addr = htonl(0x0a010001u);
  HS(New)(space, 1, NULL, NULL, NULL);

  double filling = 0, start;
  for (size_t done = 0; done < elements;) {
    /* Only the serving is timed, a chunk at a time. */
    size_t chunk = elements - done < PREPARED ? elements - done : PREPARED;
    for (size_t k = 0; k < chunk; k++) {
      build_registration(done + k, below(101) * 42949672u);
      requests[k] = built;
    }
    start = seconds();
    for (size_t k = 0; k < chunk; k++) serve(&requests[k]);
    filling += seconds() - start;
    done += chunk;
  }
  check(HS(GetPoolElements)(space) == elements, "filling");
  for (size_t k = 0; k < PREPARED; k++) {
    build_resolution(below((uint32_t)pools));
    requests[k] = built;
  }
  timed("resolve", ITEMS);
  for (size_t k = 0; k < PREPARED; k++) {
    size_t i = below((uint32_t)elements);
    build_registration(i, below(101) * 42949672u);
    requests[k] = built;
  }
  timed("reregister", 0);
  row("register", 0, (double)elements, filling);
  return 0;
}
