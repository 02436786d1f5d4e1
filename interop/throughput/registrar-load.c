/*
 * The load of the throughput comparison: one association to a registrar over the kernel's SCTP, with a number of
 * requests always under way, and every answer checked. It knows nothing of the registrar's make. Messages are those of
 * RFC 5352 in the formats of RFC 5354; linux/sctp.h comes with the C library.
 *
 * use: registrar-load ADDRESS PORT POOLS MEMBERS MILLISECONDS WARM-UP-MILLISECONDS WINDOW...
 *
 * Warm, it prints a line; then for each window and operation it waits for a line, and prints one of JSON: how many were
 * answered, in how many seconds, and how long an answer is. Whoever runs it can see what each has cost.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sctp.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ASAP_PAYLOAD = 11 };
/* RFC 5354 sections 2.1 and 3. */
enum { POOL_HANDLE = 9, POOL_ELEMENT = 10, SCTP_TRANSPORT = 4, IPV4_ADDRESS = 1, POLICY = 8, IDENTIFIER = 14 };
enum { REGISTRATION = 1, DEREGISTRATION = 2, RESOLUTION = 5, KEEP_ALIVE = 7, KEEP_ALIVE_ACK = 8 };
/* The reference's option: how many items are wanted. */
enum { ITEMS = 0x803f };
enum { ROUND_ROBIN = 1, LIFE_MS = 3600000, HANDLE_LENGTH = 16 };
enum { ROOM = 65536, MOST_UNDER_WAY = 1024, CLOCK_EVERY = 64 };
/* How long the registrar may take to start, and between two attempts. */
enum { START_SECONDS = 60, RETRY_US = 100000 };

static int association;
static struct sockaddr_in own;
static unsigned pools, members;
static uint32_t state = 2463534242u;

static void fail(const char *what) {
  fprintf(stderr, "registrar-load: %s (%s)\n", what, strerror(errno));
  exit(1);
}

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (state >> 1) % limit;
}

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static uint8_t *put16(uint8_t *at, unsigned value) {
  at[0] = (uint8_t)(value >> 8);
  at[1] = (uint8_t)value;
  return at + 2;
}

static uint8_t *put32(uint8_t *at, uint32_t value) { return put16(put16(at, value >> 16), value & 0xffff); }

static uint32_t get32(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static unsigned get16(const uint8_t *at) { return (unsigned)at[0] << 8 | at[1]; }

/* What a request is about: an element of a pool, or only the pool. */
struct subject {
  unsigned pool, member;
};

static uint32_t identifier_of(struct subject subject) { return subject.pool * members + subject.member + 1; }

static uint8_t *put_handle(uint8_t *at, unsigned pool) {
  at = put16(put16(at, POOL_HANDLE), 4 + HANDLE_LENGTH);
  char text[HANDLE_LENGTH + 1];
  snprintf(text, sizeof text, "pool %011u", pool);
  memcpy(at, text, HANDLE_LENGTH);
  return at + HANDLE_LENGTH;
}

static uint8_t *put_element(uint8_t *at, struct subject subject) {
  uint8_t *begin = at;
  at = put32(put16(put16(at, POOL_ELEMENT), 0), identifier_of(subject));
  at = put32(put32(at, 0), LIFE_MS);
  at = put16(put16(at, SCTP_TRANSPORT), 16);
  at = put16(put16(at, ntohs(own.sin_port)), 0);
  at = put32(put16(put16(at, IPV4_ADDRESS), 8), ntohl(own.sin_addr.s_addr));
  at = put32(put16(put16(at, POLICY), 8), ROUND_ROBIN);
  put16(begin + 2, (unsigned)(at - begin));
  return at;
}

struct operation {
  const char *name;
  unsigned type, items;
};

static void send_bytes(const uint8_t *bytes, size_t length) {
  if (send(association, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) fail("cannot send");
}

static void request(const struct operation *operation, struct subject subject) {
  uint8_t bytes[256], *at = bytes + 4;
  at = put_handle(at, subject.pool);
  if (operation->type == REGISTRATION) at = put_element(at, subject);
  if (operation->type == DEREGISTRATION)
    at = put32(put16(put16(at, IDENTIFIER), 8), identifier_of(subject));
  if (operation->items > 0) at = put32(put16(put16(at, ITEMS), 8), operation->items);
  bytes[0] = (uint8_t)operation->type;
  bytes[1] = 0;
  put16(bytes + 2, (unsigned)(at - bytes));
  send_bytes(bytes, (size_t)(at - bytes));
}

/* RFC 5352 section 2.2.8: the same pool handle and identifier go back. */
static void acknowledge(const uint8_t *keep_alive, size_t length) {
  uint8_t bytes[256];
  size_t skipped = 8; /* header and the registrar's identifier */
  if (length < skipped || length - 4 > sizeof bytes) fail("a keep-alive that cannot be");
  bytes[0] = KEEP_ALIVE_ACK;
  bytes[1] = 0;
  put16(bytes + 2, (unsigned)(length - 4));
  memcpy(bytes + 4, keep_alive + skipped, length - skipped);
  send_bytes(bytes, length - 4);
}

/* Looks at the parameters of an answer: whom it is about, and how many elements it lists. */
static unsigned check_answer(const struct operation *operation, struct subject subject, const uint8_t *bytes,
                             size_t length) {
  static uint8_t handle[4 + HANDLE_LENGTH];
  if (length < 4 || bytes[0] != operation->type + (operation->type == RESOLUTION ? 1 : 2)) fail("another answer");
  put_handle(handle, subject.pool);
  if (length < 4 + sizeof handle || memcmp(bytes + 4, handle, sizeof handle) != 0) fail("an answer out of order");
  if (operation->type != RESOLUTION) {
    const uint8_t *parameter = bytes + 4 + sizeof handle;
    if ((bytes[1] & 1) != 0) fail("the registrar rejected a request");
    if (length < 4 + sizeof handle + 8 || get16(parameter) != IDENTIFIER ||
        get32(parameter + 4) != identifier_of(subject))
      fail("an answer about another element");
    return 0;
  }
  unsigned elements = 0;
  for (size_t at = 4; at + 4 <= length;) {
    unsigned size = get16(bytes + at + 2);
    if (size < 4) fail("an answer that cannot be");
    elements += get16(bytes + at) == POOL_ELEMENT;
    at += (size + 3u) & ~3u;
  }
  return elements;
}

/* Keeps `window` requests under way for `limit` seconds, or until `count` are answered; how many were answered. */
static uint64_t measure(const struct operation *operation, unsigned window, double limit, uint64_t count,
                      size_t *answer_length) {
  static uint8_t bytes[ROOM];
  static struct subject subjects[MOST_UNDER_WAY];
  const int in_order = count > 0;
  const unsigned wanted = operation->items > 0 && operation->items < members ? operation->items : members;
  uint64_t sent = 0, answered = 0;
  const double begin = seconds();
  int is_open = 1;
  do {
    while (is_open && sent - answered < window && (count == 0 || sent < count)) {
      const struct subject next =
          in_order ? (struct subject){(unsigned)(sent % pools), (unsigned)(sent / pools)}
                   : (struct subject){below(pools), below(members)};
      subjects[sent % MOST_UNDER_WAY] = next;
      request(operation, next);
      sent += 1;
      if (count == 0 && sent % CLOCK_EVERY == 0) is_open = seconds() - begin < limit;
    }
    const ssize_t length = recv(association, bytes, sizeof bytes, 0);
    if (length <= 0) fail("the association is gone");
    if (bytes[0] == KEEP_ALIVE) {
      acknowledge(bytes, (size_t)length);
      continue;
    }
    const unsigned elements =
        check_answer(operation, subjects[answered % MOST_UNDER_WAY], bytes, (size_t)length);
    if (operation->type == RESOLUTION && elements != wanted) fail("an answer of another size");
    *answer_length = (size_t)length;
    answered += 1;
  } while (answered < sent || (count > 0 ? sent < count : is_open));
  return answered;
}

static const struct operation registration = {"register", REGISTRATION, 0};
static const struct operation deregistration = {"deregister", DEREGISTRATION, 0};
static const struct operation others[] = {
    {"reregister", REGISTRATION, 0}, {"resolve", RESOLUTION, 0}, {"resolveOne", RESOLUTION, 1}};

static void report(const struct operation *operation, unsigned window, double limit, uint64_t count) {
  size_t length;
  if (getchar() == EOF) fail("nobody listens");
  const double begin = seconds();
  const uint64_t answered = measure(operation, window, limit, count, &length);
  printf("{\"operation\":\"%s\",\"window\":%u,\"answered\":%llu,\"seconds\":%.6f,\"answerBytes\":%zu}\n",
         operation->name, window, (unsigned long long)answered, seconds() - begin, length);
  fflush(stdout);
}

/* Connects; whether that succeeded. */
static int connect_to(const struct sockaddr_in *there) {
  socklen_t length = sizeof own;
  const int on = 1;
  const struct sctp_sndrcvinfo defaults = {.sinfo_ppid = htonl(ASAP_PAYLOAD)};
  association = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
  if (association < 0) fail("no SCTP here");
  own = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = there->sin_addr};
  if (bind(association, (struct sockaddr *)&own, sizeof own) != 0) fail("cannot bind");
  if (getsockname(association, (struct sockaddr *)&own, &length) != 0) fail("no name");
  if (setsockopt(association, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on) != 0 ||
      setsockopt(association, IPPROTO_SCTP, SCTP_DEFAULT_SEND_PARAM, &defaults, sizeof defaults) != 0)
    fail("cannot set an option");
  return connect(association, (const struct sockaddr *)there, sizeof *there) == 0;
}

/* Whether the registrar serves already: it accepts a registration within a second. */
static int is_served(void) {
  uint8_t bytes[ROOM];
  const struct timeval second = {.tv_sec = 1}, forever = {0};
  size_t unused;
  setsockopt(association, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  request(&registration, (struct subject){0, 0});
  if (recv(association, bytes, sizeof bytes, 0) < 4 || bytes[0] != REGISTRATION + 2 || (bytes[1] & 1) != 0) return 0;
  setsockopt(association, SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever);
  measure(&deregistration, 1, 0, 1, &unused);
  return 1;
}

static void connect_when_served(const char *address, unsigned port) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (inet_pton(AF_INET, address, &there.sin_addr) != 1) fail("not an IPv4 address");
  const double begin = seconds();
  while (!connect_to(&there) || !is_served()) {
    if (seconds() - begin > START_SECONDS) fail("the registrar does not serve");
    close(association);
    usleep(RETRY_US);
  }
}

/* A registrar runs for months: each operation gets that time before it is measured, on both sides. */
static void warm_up(double limit, uint64_t all) {
  enum { WINDOW = 64 };
  size_t unused;
  const double begin = seconds();
  do {
    measure(&registration, WINDOW, 0, all, &unused);
    measure(&deregistration, WINDOW, 0, all, &unused);
  } while (seconds() - begin < limit);
  measure(&registration, WINDOW, 0, all, &unused);
  for (size_t index = 0; index < sizeof others / sizeof *others; index += 1)
    measure(&others[index], WINDOW, limit, 0, &unused);
  measure(&deregistration, WINDOW, 0, all, &unused);
}

int main(int count, char **arguments) {
  if (count < 8) {
    fprintf(stderr, "use: registrar-load ADDRESS PORT POOLS MEMBERS MILLISECONDS WARM-UP-MILLISECONDS WINDOW...\n");
    return 2;
  }
  pools = (unsigned)atoi(arguments[3]);
  members = (unsigned)atoi(arguments[4]);
  const double limit = atof(arguments[5]) / 1000;
  const uint64_t all = (uint64_t)pools * members;
  connect_when_served(arguments[1], (unsigned)atoi(arguments[2]));
  warm_up(atof(arguments[6]) / 1000, all);
  puts("{\"warm\":true}");
  fflush(stdout);
  for (int argument = 7; argument < count; argument += 1) {
    const unsigned window = (unsigned)atoi(arguments[argument]);
    if (window == 0 || window > MOST_UNDER_WAY) fail("not a window");
    report(&registration, window, 0, all);
    for (size_t index = 0; index < sizeof others / sizeof *others; index += 1)
      report(&others[index], window, limit, 0);
    report(&deregistration, window, 0, all);
  }
  /* Until somebody has seen what the last one has cost. */
  getchar();
  close(association);
  return 0;
}
