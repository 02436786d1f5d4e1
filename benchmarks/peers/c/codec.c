/*
 * Times the message parser and writer of rsplib, the reference implementation, from the Debian packages librsplib3
 * and librsplib-dev. The counterpart in TypeScript is ../codec-run.mjs: same messages, same way to measure.
 *
 * A message that the library has parsed stays opaque memory but for the few fields below, which stand at these
 * offsets on 64-bit machines. The library writes each message back before it is timed, and the bytes have to be the
 * same: an offset that is wrong would not go unnoticed.
 *
 * use: codec MESSAGES MILLISECONDS     MESSAGES: a file with lines of name, payload protocol identifier, hexadecimal
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned char *message;
extern unsigned rserpoolPacket2Message(unsigned char *packet, const struct sockaddr_storage *source,
                                       uint32_t association, uint32_t protocol, size_t length, size_t room,
                                       message *parsed);
extern size_t rserpoolMessage2Packet(message);
extern void rserpoolMessageDelete(message);

/* Offsets in a message: what was wrong with it, and what a handle table is written from. */
enum { ERROR = 4, UPDATE_ACTION = 8, PEER = 1328, PEER_IS_OWNED = 1336, HANDLESPACE = 1360, MAXIMUM_ELEMENTS = 1376 };
enum { ENRP = 12, BATCH = 256, ROOM = 65536 };

static unsigned char input[ROOM], packet[ROOM];
static size_t length;
static uint32_t protocol;
static struct sockaddr_storage source;
static double least_seconds;

/* Processor time of the process, as in the counterpart: the neighbours on the machine do not count. */
static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void check(int holds, const char *name, const char *what) {
  if (holds) return;
  fprintf(stderr, "codec: %s: %s\n", name, what);
  exit(1);
}

static message parse(const char *name, size_t room) {
  uint16_t error = 0;
  message parsed = NULL;
  unsigned code = rserpoolPacket2Message(packet, &source, 0, protocol, length, room, &parsed);
  if (parsed) memcpy(&error, parsed + ERROR, sizeof error);
  check(code == 0 && parsed && error == 0, name, "was not parsed");
  return parsed;
}

/* A handle table is parsed into a handlespace, and written from one for a peer with a state of its own. */
static void prepare_for_writing(message parsed) {
  static unsigned char peer_state[4096] __attribute__((aligned(16)));
  void *handlespace, *peer = peer_state;
  size_t maximum = 1024;
  memcpy(&handlespace, parsed + HANDLESPACE, sizeof handlespace);
  if (!handlespace) return;
  memset(peer_state, 0, sizeof peer_state);
  memcpy(parsed + PEER, &peer, sizeof peer);
  parsed[PEER_IS_OWNED] = 0;
  memcpy(parsed + MAXIMUM_ELEMENTS, &maximum, sizeof maximum);
  if (protocol == ENRP) memset(parsed + UPDATE_ACTION, 0, 2);
}

static void write_batch(const char *name, message parsed) {
  for (int k = 0; k < BATCH; k++) check(rserpoolMessage2Packet(parsed) == length, name, "was not written");
}

static void parse_batch(const char *name, message unused) {
  (void)unused;
  for (int k = 0; k < BATCH; k++) rserpoolMessageDelete(parse(name, 0));
}

static void timed(const char *op, const char *name, void (*run)(const char *, message), message parsed) {
  double start, passed, least = least_seconds / 4;
  size_t count;
  /* The first, shorter round does not count. */
  for (int round = 0; round < 2; round++, least = least_seconds) {
    count = 0;
    start = seconds();
    do {
      run(name, parsed);
      count += BATCH;
    } while ((passed = seconds() - start) < least);
  }
  printf("{\"impl\":\"c\",\"op\":\"%s\",\"message\":\"%s\",\"opsPerSec\":%.0f}\n", op, name, (double)count / passed);
}

/* The library counts the padding behind the last parameter in the length of the message, RFC 5354 does not. */
static int is_same_message(void) {
  return memcmp(packet, input, 2) == 0 && memcmp(packet + 4, input + 4, length - 4) == 0;
}

static void measure(const char *name) {
  memcpy(packet, input, length);
  message parsed = parse(name, ROOM);
  prepare_for_writing(parsed);
  memset(packet, 0x55, sizeof packet);
  check(rserpoolMessage2Packet(parsed) == length && is_same_message(), name, "does not come out as it went in");
  timed("encode", name, write_batch, parsed);
  rserpoolMessageDelete(parsed);
  memcpy(packet, input, length);
  timed("decode", name, parse_batch, NULL);
}

int main(int argc, char **argv) {
  static char name[64], hex[2 * ROOM + 1];
  struct sockaddr_in *address = (struct sockaddr_in *)&source;
  check(argc == 3, "the command line", "has to be MESSAGES MILLISECONDS");
  FILE *messages = fopen(argv[1], "r");
  check(messages != NULL, argv[1], "cannot be read");
  least_seconds = atof(argv[2]) / 1000;
  address->sin_family = AF_INET;
  address->sin_port = htons(5000);
  address->sin_addr.s_addr = htonl(0x0a010001u);
  while (fscanf(messages, "%63s %u %131072s", name, &protocol, hex) == 3) {
    length = strlen(hex) / 2;
    for (size_t i = 0; i < length; i++) sscanf(hex + 2 * i, "%2hhx", &input[i]);
    measure(name);
  }
  fclose(messages);
  return 0;
}
