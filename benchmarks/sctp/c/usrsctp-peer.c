/*
 * The workloads of workload.mjs on usrsctp (Debian: libusrsctp-dev), SCTP in C over UDP encapsulation on loopback.
 *
 *   usrsctp-peer serve LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT
 *   usrsctp-peer flood LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT BYTES MS
 *   usrsctp-peer roundTrip LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT BYTES MS
 *
 * A message begins with a byte that says what it is (numbers, echo, end) and has a number in network order at offset 4.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <usrsctp.h>

enum { NUMBERED = 0, ECHO = 1, END = 2 };
enum { HEADER_LENGTH = 8, REPORT_LENGTH = 16, LONGEST = 65536, MOST_TIMES = 1 << 21 };

static unsigned char buffer[LONGEST];
static double times[MOST_TIMES];

static void fail(const char* what)
{
   perror(what);
   exit(1);
}

static double seconds(void)
{
   struct timespec time;
   clock_gettime(CLOCK_MONOTONIC, &time);
   return time.tv_sec + 1e-9 * time.tv_nsec;
}

static struct sockaddr_in loopback(int port)
{
   struct sockaddr_in address;
   memset(&address, 0, sizeof address);
   address.sin_family = AF_INET;
   address.sin_port = htons(port);
   address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
   return address;
}

static void set(struct socket* socket, int level, int option, const void* value, socklen_t length, const char* what)
{
   if (usrsctp_setsockopt(socket, level, option, value, length) != 0) fail(what);
}

static struct socket* open_socket(int remoteUdpPort)
{
   struct socket* socket = usrsctp_socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP, NULL, NULL, 0, NULL);
   if (socket == NULL) fail("usrsctp_socket");
   struct sctp_udpencaps encapsulation;
   memset(&encapsulation, 0, sizeof encapsulation);
   encapsulation.sue_address.ss_family = AF_INET;
   encapsulation.sue_port = htons(remoteUdpPort);
   set(socket, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &encapsulation, sizeof encapsulation, "encapsulation");
   const int on = 1;
   set(socket, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on, "SCTP_NODELAY");
   const int bufferBytes = 1 << 20;
   set(socket, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes, "SO_RCVBUF");
   set(socket, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes, "SO_SNDBUF");
   return socket;
}

static void send_message(struct socket* socket, size_t length)
{
   struct sctp_sndinfo info;
   memset(&info, 0, sizeof info);
   info.snd_ppid = htonl(11);
   if (usrsctp_sendv(socket, buffer, length, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) != (ssize_t)length) {
      fail("usrsctp_sendv");
   }
}

static ssize_t receive_message(struct socket* socket)
{
   socklen_t fromLength = 0;
   socklen_t infoLength = 0;
   unsigned int infoType = 0;
   int flags = 0;
   return usrsctp_recvv(socket, buffer, sizeof buffer, NULL, &fromLength, NULL, &infoLength, &infoType, &flags);
}

static void put_number(unsigned char* at, uint32_t number)
{
   const uint32_t ordered = htonl(number);
   memcpy(at, &ordered, sizeof ordered);
}

static uint32_t number_at(const unsigned char* at)
{
   uint32_t ordered;
   memcpy(&ordered, at, sizeof ordered);
   return ntohl(ordered);
}

static void serve(int remoteUdpPort, int port)
{
   struct socket* listener = open_socket(remoteUdpPort);
   struct sockaddr_in address = loopback(port);
   if (usrsctp_bind(listener, (struct sockaddr*)&address, sizeof address) != 0) fail("usrsctp_bind");
   if (usrsctp_listen(listener, 8) != 0) fail("usrsctp_listen");
   puts("ready");
   fflush(stdout);
   for (;;) {
      struct socket* peer = usrsctp_accept(listener, NULL, NULL);
      if (peer == NULL) continue;
      const int on = 1;
      set(peer, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on, "SCTP_NODELAY");
      uint32_t arrived = 0;
      uint32_t misplaced = 0;
      ssize_t length;
      while ((length = receive_message(peer)) > 0) {
         if (buffer[0] == ECHO) {
            send_message(peer, length);
         } else if (buffer[0] == END) {
            put_number(buffer + HEADER_LENGTH, arrived);
            put_number(buffer + HEADER_LENGTH + 4, misplaced);
            send_message(peer, REPORT_LENGTH);
         } else {
            if (number_at(buffer + 4) != arrived) misplaced++;
            arrived++;
         }
      }
      usrsctp_close(peer);
   }
}

static struct socket* connect_to(int remoteUdpPort, int port)
{
   struct socket* socket = open_socket(remoteUdpPort);
   struct sockaddr_in local = loopback(0);
   struct sockaddr_in remote = loopback(port);
   if (usrsctp_bind(socket, (struct sockaddr*)&local, sizeof local) != 0) fail("usrsctp_bind");
   if (usrsctp_connect(socket, (struct sockaddr*)&remote, sizeof remote) != 0) fail("usrsctp_connect");
   return socket;
}

static void flood(struct socket* socket, int bytes, double limit)
{
   uint32_t sent = 0;
   memset(buffer, 0, sizeof buffer);
   const double began = seconds();
   do {
      for (int i = 0; i < 64; i++) {
         put_number(buffer + 4, sent++);
         send_message(socket, bytes);
      }
   } while (seconds() - began < limit);
   buffer[0] = END;
   send_message(socket, HEADER_LENGTH);
   if (receive_message(socket) != REPORT_LENGTH) fail("the report");
   const double took = seconds() - began;
   printf("{\"sent\":%" PRIu32 ",\"arrived\":%" PRIu32 ",\"misplaced\":%" PRIu32 ",\"seconds\":%.6f}\n", sent,
          number_at(buffer + HEADER_LENGTH), number_at(buffer + HEADER_LENGTH + 4), took);
}

static int compare(const void* left, const void* right)
{
   const double a = *(const double*)left;
   const double b = *(const double*)right;
   return (a > b) - (a < b);
}

static void round_trip(struct socket* socket, int bytes, double limit)
{
   size_t count = 0;
   memset(buffer, 0, sizeof buffer);
   const double began = seconds();
   double now = began;
   do {
      buffer[0] = ECHO;
      const double sentAt = now;
      send_message(socket, bytes);
      if (receive_message(socket) != bytes) fail("the echo");
      now = seconds();
      times[count++] = now - sentAt;
   } while (now - began < limit && count < MOST_TIMES);
   qsort(times, count, sizeof *times, compare);
   printf("{\"count\":%zu,\"seconds\":%.6f,\"p50Us\":%.1f,\"p99Us\":%.1f}\n", count, now - began,
          1e6 * times[count / 2], 1e6 * times[(size_t)(count * 0.99)]);
}

int main(int argc, char** argv)
{
   if (argc < 5) {
      fputs("use: usrsctp-peer serve|flood|roundTrip LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT [BYTES MS]\n", stderr);
      return 2;
   }
   const int remoteUdpPort = atoi(argv[3]);
   const int port = atoi(argv[4]);
   usrsctp_init(atoi(argv[2]), NULL, NULL);
   usrsctp_sysctl_set_sctp_blackhole(2);
   /* The other implementations compute the checksum on loopback, too. */
   usrsctp_sysctl_set_sctp_no_csum_on_loopback(0);
   if (strcmp(argv[1], "serve") == 0) serve(remoteUdpPort, port);
   if (argc < 7) return 2;
   struct socket* socket = connect_to(remoteUdpPort, port);
   const int bytes = atoi(argv[5]);
   const double limit = atof(argv[6]) / 1000;
   if (strcmp(argv[1], "flood") == 0) flood(socket, bytes, limit);
   else round_trip(socket, bytes, limit);
   usrsctp_close(socket);
   fflush(stdout);
   for (int i = 0; i < 50 && usrsctp_finish() != 0; i++) usleep(20000);
   _exit(0);
}
