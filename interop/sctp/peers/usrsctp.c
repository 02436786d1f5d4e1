/*
 * A peer on usrsctp (Debian: libusrsctp-dev) that is told what to do on its standard input and tells what happens on
 * its standard output. peers/ours.mjs understands the same words and tells the same events.
 *
 *   usrsctp LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT ADDRESS[,ADDRESS...]
 *
 *   listen                                     accepts associations
 *   connect SCTP-PORT ADDRESS[,ADDRESS...]     opens one
 *   send COUNT LENGTH STREAM PPID ORDERED      sends messages whose bytes follow from their number (ORDERED: 1 or 0)
 *   add ADDRESS, remove ADDRESS                change the addresses of the association
 *   shutdown, abort                            end the association
 *   quit                                       ends the process
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <usrsctp.h>

enum { LONGEST = 1 << 20, MOST_ADDRESSES = 8 };

static uint16_t remoteUdpPort;
static uint16_t sctpPort;
static char localAddresses[512];
static struct socket* current;
static pthread_mutex_t output = PTHREAD_MUTEX_INITIALIZER;

static void fail(const char* what)
{
   perror(what);
   exit(1);
}

static void tell(const char* line)
{
   pthread_mutex_lock(&output);
   puts(line);
   fflush(stdout);
   pthread_mutex_unlock(&output);
}

static void set(struct socket* socket, int option, const void* value, socklen_t length, const char* what)
{
   if (usrsctp_setsockopt(socket, IPPROTO_SCTP, option, value, length) != 0) fail(what);
}

/* Parses addresses that stand one after the other, as usrsctp_bindx() and usrsctp_connectx() take them. */
static int parse_addresses(const char* list, uint16_t port, unsigned char* into)
{
   char copy[512];
   int count = 0;
   snprintf(copy, sizeof copy, "%s", list);
   for (char* text = strtok(copy, ","); text != NULL; text = strtok(NULL, ","), count++) {
      struct sockaddr_in v4;
      struct sockaddr_in6 v6;
      memset(&v4, 0, sizeof v4);
      memset(&v6, 0, sizeof v6);
      if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
         v4.sin_family = AF_INET;
         v4.sin_port = htons(port);
         memcpy(into, &v4, sizeof v4);
         into += sizeof v4;
      } else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
         v6.sin6_family = AF_INET6;
         v6.sin6_port = htons(port);
         memcpy(into, &v6, sizeof v6);
         into += sizeof v6;
      } else {
         fail(text);
      }
   }
   return count;
}

static const char* change_name(uint16_t state)
{
   switch (state) {
   case SCTP_COMM_UP: return "up";
   case SCTP_COMM_LOST: return "lost";
   case SCTP_RESTART: return "restarted";
   case SCTP_SHUTDOWN_COMP: return "closed";
   default: return "refused";
   }
}

static const char* path_state(uint32_t state)
{
   switch (state) {
   case SCTP_ADDR_UNREACHABLE: return "inactive";
   case SCTP_ADDR_ADDED: return "added";
   case SCTP_ADDR_REMOVED: return "removed";
   default: return "active";
   }
}

static void tell_path(const struct sctp_paddr_change* change)
{
   char text[INET6_ADDRSTRLEN] = "";
   char line[256];
   const struct sockaddr* address = (const struct sockaddr*)&change->spc_aaddr;
   if (address->sa_family == AF_INET) {
      inet_ntop(AF_INET, &((const struct sockaddr_in*)address)->sin_addr, text, sizeof text);
   } else {
      inet_ntop(AF_INET6, &((const struct sockaddr_in6*)address)->sin6_addr, text, sizeof text);
   }
   const char* state = path_state(change->spc_state);
   snprintf(line, sizeof line, "{\"event\":\"path\",\"address\":\"%s\",\"state\":\"%s\"}", text, state);
   tell(line);
}

static void tell_notification(const union sctp_notification* notification)
{
   char line[128];
   if (notification->sn_header.sn_type == SCTP_ASSOC_CHANGE) {
      const struct sctp_assoc_change* change = &notification->sn_assoc_change;
      snprintf(line, sizeof line, "{\"event\":\"%s\",\"outboundStreams\":%u}", change_name(change->sac_state),
               change->sac_outbound_streams);
      tell(line);
   } else if (notification->sn_header.sn_type == SCTP_PEER_ADDR_CHANGE) {
      tell_path(&notification->sn_paddr_change);
   }
}

static uint32_t digest(const unsigned char* bytes, size_t length)
{
   uint32_t hash = 0x811c9dc5u;
   for (size_t i = 0; i < length; i++) hash = (hash ^ bytes[i]) * 0x01000193u;
   return hash;
}

static void tell_message(const unsigned char* bytes, size_t length, const struct sctp_rcvinfo* info)
{
   char line[256];
   snprintf(line, sizeof line,
            "{\"event\":\"message\",\"length\":%zu,\"digest\":%u,\"stream\":%u,\"ppid\":%u,\"unordered\":%s}", length,
            digest(bytes, length), info->rcv_sid, ntohl(info->rcv_ppid),
            (info->rcv_flags & SCTP_UNORDERED) != 0 ? "true" : "false");
   tell(line);
}

/* Reads one association until it is gone; a message may come in pieces. */
static void* read_association(void* argument)
{
   struct socket* socket = argument;
   unsigned char* bytes = malloc(LONGEST);
   size_t held = 0;
   for (;;) {
      struct sctp_rcvinfo info;
      socklen_t infoLength = sizeof info;
      socklen_t fromLength = 0;
      unsigned int infoType = 0;
      int flags = 0;
      const ssize_t length = usrsctp_recvv(socket, bytes + held, LONGEST - held, NULL, &fromLength, &info, &infoLength,
                                           &infoType, &flags);
      if (length <= 0) break;
      if ((flags & MSG_NOTIFICATION) != 0) {
         tell_notification((const union sctp_notification*)(bytes + held));
         continue;
      }
      held += length;
      if ((flags & MSG_EOR) == 0) continue;
      tell_message(bytes, held, &info);
      held = 0;
   }
   tell("{\"event\":\"end\"}");
   free(bytes);
   return NULL;
}

static void begin_reading(struct socket* socket)
{
   pthread_t thread;
   current = socket;
   if (pthread_create(&thread, NULL, read_association, socket) != 0) fail("pthread_create");
   pthread_detach(thread);
}

static struct socket* open_socket(void)
{
   const int types[] = {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE};
   const int on = 1;
   struct socket* socket = usrsctp_socket(strchr(localAddresses, ':') == NULL ? AF_INET : AF_INET6, SOCK_STREAM,
                                          IPPROTO_SCTP, NULL, NULL, 0, NULL);
   if (socket == NULL) fail("usrsctp_socket");
   struct sctp_udpencaps encapsulation;
   memset(&encapsulation, 0, sizeof encapsulation);
   encapsulation.sue_address.ss_family = AF_INET;
   encapsulation.sue_port = htons(remoteUdpPort);
   set(socket, SCTP_REMOTE_UDP_ENCAPS_PORT, &encapsulation, sizeof encapsulation, "encapsulation");
   set(socket, SCTP_RECVRCVINFO, &on, sizeof on, "SCTP_RECVRCVINFO");
   set(socket, SCTP_NODELAY, &on, sizeof on, "SCTP_NODELAY");
   for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
      struct sctp_event event;
      memset(&event, 0, sizeof event);
      event.se_assoc_id = SCTP_ALL_ASSOC;
      event.se_type = types[i];
      event.se_on = 1;
      set(socket, SCTP_EVENT, &event, sizeof event, "SCTP_EVENT");
   }
   /* Failures are to be noticed within the time of a test. */
   struct sctp_rtoinfo timeouts = {.srto_initial = 500, .srto_min = 200, .srto_max = 2000};
   set(socket, SCTP_RTOINFO, &timeouts, sizeof timeouts, "SCTP_RTOINFO");
   struct sctp_paddrparams paths;
   memset(&paths, 0, sizeof paths);
   paths.spp_address.ss_family = AF_INET;
   paths.spp_flags = SPP_HB_ENABLE;
   paths.spp_hbinterval = 500;
   paths.spp_pathmaxrxt = 2;
   set(socket, SCTP_PEER_ADDR_PARAMS, &paths, sizeof paths, "SCTP_PEER_ADDR_PARAMS");
   struct sctp_initmsg init = {.sinit_num_ostreams = 16, .sinit_max_instreams = 64};
   set(socket, SCTP_INITMSG, &init, sizeof init, "SCTP_INITMSG");
   unsigned char addresses[MOST_ADDRESSES * sizeof(struct sockaddr_in6)];
   const int count = parse_addresses(localAddresses, sctpPort, addresses);
   if (usrsctp_bindx(socket, (struct sockaddr*)addresses, count, SCTP_BINDX_ADD_ADDR) != 0) fail("usrsctp_bindx");
   return socket;
}

static void* accept_associations(void* listener)
{
   for (;;) {
      struct socket* accepted = usrsctp_accept(listener, NULL, NULL);
      if (accepted == NULL) continue;
      begin_reading(accepted);
   }
   return NULL;
}

static void listen_for_associations(void)
{
   pthread_t thread;
   struct socket* listener = open_socket();
   if (usrsctp_listen(listener, 8) != 0) fail("usrsctp_listen");
   if (pthread_create(&thread, NULL, accept_associations, listener) != 0) fail("pthread_create");
   pthread_detach(thread);
   tell("{\"event\":\"listening\"}");
}

static void connect_to(const char* list, uint16_t port)
{
   unsigned char addresses[MOST_ADDRESSES * sizeof(struct sockaddr_in6)];
   const int count = parse_addresses(list, port, addresses);
   struct socket* socket = open_socket();
   if (usrsctp_connectx(socket, (struct sockaddr*)addresses, count, NULL) != 0) {
      tell("{\"event\":\"refused\"}");
      usrsctp_close(socket);
      return;
   }
   begin_reading(socket);
}

static void send_messages(int count, size_t length, uint16_t stream, uint32_t ppid, int isOrdered)
{
   unsigned char* bytes = malloc(length);
   struct sctp_sndinfo info;
   memset(&info, 0, sizeof info);
   info.snd_sid = stream;
   info.snd_ppid = htonl(ppid);
   info.snd_flags = isOrdered ? 0 : SCTP_UNORDERED;
   for (int number = 0; number < count; number++) {
      for (size_t i = 0; i < length; i++) bytes[i] = (unsigned char)(number + i * 7);
      if (usrsctp_sendv(current, bytes, length, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) !=
          (ssize_t)length) {
         tell("{\"event\":\"sendFailed\"}");
         break;
      }
   }
   free(bytes);
   tell("{\"event\":\"sent\"}");
}

/* Adds addresses to those that the association is told of, or takes them away (RFC 5061). */
static void change_addresses(const char* list, int operation)
{
   unsigned char addresses[MOST_ADDRESSES * sizeof(struct sockaddr_in6)];
   const int count = parse_addresses(list, sctpPort, addresses);
   if (usrsctp_bindx(current, (struct sockaddr*)addresses, count, operation) != 0) fail("usrsctp_bindx");
   tell("{\"event\":\"addresses\"}");
}

static void abort_association(void)
{
   const struct linger atOnce = {.l_onoff = 1, .l_linger = 0};
   if (usrsctp_setsockopt(current, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce) != 0) fail("SO_LINGER");
   usrsctp_close(current);
}

int main(int argc, char** argv)
{
   if (argc < 5) {
      fputs("use: usrsctp LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT ADDRESS[,ADDRESS...]\n", stderr);
      return 2;
   }
   remoteUdpPort = atoi(argv[2]);
   sctpPort = atoi(argv[3]);
   snprintf(localAddresses, sizeof localAddresses, "%s", argv[4]);
   usrsctp_init(atoi(argv[1]), NULL, NULL);
   usrsctp_sysctl_set_sctp_blackhole(0);
   usrsctp_sysctl_set_sctp_no_csum_on_loopback(0);
   tell("{\"event\":\"ready\"}");
   char line[1024];
   while (fgets(line, sizeof line, stdin) != NULL) {
      char addresses[512];
      int count, ordered;
      unsigned port, stream, ppid;
      size_t length;
      if (strncmp(line, "listen", 6) == 0) listen_for_associations();
      else if (sscanf(line, "connect %u %511s", &port, addresses) == 2) connect_to(addresses, port);
      else if (sscanf(line, "send %d %zu %u %u %d", &count, &length, &stream, &ppid, &ordered) == 5)
         send_messages(count, length, stream, ppid, ordered);
      else if (sscanf(line, "add %511s", addresses) == 1) change_addresses(addresses, SCTP_BINDX_ADD_ADDR);
      else if (sscanf(line, "remove %511s", addresses) == 1) change_addresses(addresses, SCTP_BINDX_REM_ADDR);
      else if (strncmp(line, "shutdown", 8) == 0) usrsctp_shutdown(current, SHUT_RDWR);
      else if (strncmp(line, "abort", 5) == 0) abort_association();
      else if (strncmp(line, "quit", 4) == 0) break;
   }
   _exit(0);
}
