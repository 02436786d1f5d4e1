#!/bin/sh
# Modules, networks (vec0 for control, the others are the paths of the tests), and the shell for the host.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
sources=$1
mkdir -p /lib/modules
ln -sfn "/usr/lib/uml/modules/$(uname -r)" "/lib/modules/$(uname -r)"
# hmac first: without it nothing can listen on SCTP.
for module in hmac ipv6 udp_tunnel ip6_udp_tunnel sctp; do busybox modprobe -q $module; done
ip link set lo up
for word in $(cat /proc/cmdline); do
  case $word in
    lab.udp=*) port=${word#*=}; echo "$port" >/proc/sys/net/sctp/udp_port; echo "$port" >/proc/sys/net/sctp/encap_port ;;
    # DEVICE,ADDRESS/LENGTH[,ADDRESS/LENGTH]
    lab.network=*)
      settings=${word#*=}
      device=${settings%%,*}
      ethtool -K "$device" tx off >/dev/null 2>&1
      for address in $(echo "${settings#*,}" | tr , ' '); do
        case $address in
          *:*) ip addr add "$address" dev "$device" nodad ;;
          *) ip addr add "$address" dev "$device" ;;
        esac
      done
      ip link set "$device" up
      ;;
  esac
done
echo "guest ready: Linux $(uname -r)"
exec busybox nc -ll -p 7007 -e /bin/sh "$sources/remote-shell.sh" </dev/null >/dev/null 2>&1
