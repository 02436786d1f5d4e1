/*
 * Preloaded into linux.uml. The kernel of User-Mode Linux 6.1 keeps 2696 bytes of a task's extended processor state and
 * writes them back with PTRACE_SETREGSET; a host whose processor has more state (AMX) insists on its own, larger size,
 * and the guest dies. Here what is too short is filled up with zeros: the initial state of what the guest cannot use.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { EXTENDED_STATE = 0x202, MOST_BYTES = 1 << 16 };

static unsigned char state[MOST_BYTES] __attribute__((aligned(64)));
static size_t hostBytes;

static long call(long request, pid_t process, void* address, void* data)
{
   return syscall(SYS_ptrace, request, process, address, data);
}

static int concerns_extended_state(long request, long wanted, void* address)
{
   return request == wanted && (long)address == EXTENDED_STATE;
}

long ptrace(enum __ptrace_request request, ...)
{
   va_list arguments;
   va_start(arguments, request);
   const pid_t process = va_arg(arguments, pid_t);
   void* address = va_arg(arguments, void*);
   void* data = va_arg(arguments, void*);
   va_end(arguments);

   if (concerns_extended_state(request, PTRACE_GETREGSET, address) && hostBytes == 0) {
      struct iovec whole = {state, sizeof state};
      if (call(request, process, address, &whole) == 0) hostBytes = whole.iov_len;
   }
   if (concerns_extended_state(request, PTRACE_SETREGSET, address)) {
      const struct iovec* given = data;
      if (given->iov_len < hostBytes) {
         struct iovec whole = {state, hostBytes};
         memset(state, 0, hostBytes);
         memcpy(state, given->iov_base, given->iov_len);
         return call(request, process, address, &whole);
      }
   }
   if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
      /* The library's function returns the word itself, the system call writes it. */
      long word = 0;
      const long result = call(request, process, address, &word);
      if (result < 0) return result;
      errno = 0;
      return word;
   }
   return call(request, process, address, data);
}
