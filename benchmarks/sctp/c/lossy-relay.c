/*
 * Carries UDP datagrams between a client and a server on loopback, and loses some of them in both directions, by a
 * generator with a fixed seed: the same pattern for every implementation.
 *
 *   lossy-relay CLIENT-SIDE-PORT SERVER-SIDE-PORT SERVER-PORT LOSS-PER-MILLE SEED
 *
 * Prints how many datagrams it carried and lost when it is told to end (SIGTERM).
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { LONGEST = 65536 };

static uint32_t state;
static volatile sig_atomic_t ended = 0;

static void end(int signal)
{
   (void)signal;
   ended = 1;
}

static uint32_t draw(void)
{
   state ^= state << 13;
   state ^= state >> 17;
   state ^= state << 5;
   return state;
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

static int open_socket(int port)
{
   const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
   const int bufferBytes = 4 << 20;
   setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes);
   setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes);
   struct sockaddr_in address = loopback(port);
   if (descriptor < 0 || bind(descriptor, (struct sockaddr*)&address, sizeof address) != 0) {
      perror("bind");
      exit(1);
   }
   return descriptor;
}

int main(int argc, char** argv)
{
   if (argc < 6) {
      fputs("use: lossy-relay CLIENT-SIDE-PORT SERVER-SIDE-PORT SERVER-PORT LOSS-PER-MILLE SEED\n", stderr);
      return 2;
   }
   static unsigned char buffer[LONGEST];
   const uint32_t loss = atoi(argv[4]);
   state = (uint32_t)atoi(argv[5]) * 2654435761u | 1;
   struct sockaddr_in server = loopback(atoi(argv[3]));
   struct sockaddr_in client;
   memset(&client, 0, sizeof client);
   struct pollfd sides[2] = {{.fd = open_socket(atoi(argv[1])), .events = POLLIN}, {.fd = open_socket(atoi(argv[2])), .events = POLLIN}};
   puts("ready");
   fflush(stdout);
   signal(SIGTERM, end);
   unsigned long carried = 0;
   unsigned long lost = 0;
   while (!ended) {
      if (poll(sides, 2, -1) < 0) continue;
      for (int side = 0; side < 2; side++) {
         if ((sides[side].revents & POLLIN) == 0) continue;
         struct sockaddr_in from;
         socklen_t fromLength = sizeof from;
         const ssize_t length =
            recvfrom(sides[side].fd, buffer, sizeof buffer, 0, (struct sockaddr*)&from, &fromLength);
         if (length < 0) continue;
         if (side == 0) client = from;
         if (draw() % 1000 < loss) {
            lost++;
            continue;
         }
         carried++;
         struct sockaddr_in* to = side == 0 ? &server : &client;
         sendto(sides[1 - side].fd, buffer, length, 0, (struct sockaddr*)to, sizeof *to);
      }
   }
   printf("{\"carried\":%lu,\"lost\":%lu}\n", carried, lost);
   return 0;
}
