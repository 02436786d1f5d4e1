#!/bin/sh
# In the guest: starts a registrar, puts the load on it, and ends it.
# use: round.sh ADDRESS LOAD-COMMAND REGISTRAR-COMMAND...
address=$1 load=$2
shift 2
# An address that both processes have and that no packet leaves by: what is between them is the kernel alone.
ip addr replace "$address/32" dev lo
"$@" >/tmp/registrar.log 2>&1 </dev/null &
registrar=$!
eval "$load"
status=$?
kill -KILL $registrar
[ $status -eq 0 ] || head -c 2000 /tmp/registrar.log >&2
exit $status
