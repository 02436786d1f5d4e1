#!/bin/sh
# Modules, networks (vec0 for control, the others are those of the tests), and the shell for the host.
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
    # DEVICE,NAME: a hub that add-host.sh joins hosts to. It learns no addresses: who listens anywhere hears everything.
    lab.hub=*)
      settings=${word#*=}
      device=${settings%%,*}
      hub=${settings#*,}
      for module in veth bridge; do busybox modprobe -q $module; done
      ip link add "$hub" type bridge mcast_snooping 0 ageing_time 0
      echo 1 >"/proc/sys/net/ipv6/conf/$hub/disable_ipv6"
      ethtool -K "$device" tx off >/dev/null 2>&1
      ip link set "$device" master "$hub" up
      ip link set "$hub" up
      ;;
  esac
done
echo "guest ready: Linux $(uname -r)"
exec busybox nc -ll -p 7007 -e /bin/sh "$sources/remote-shell.sh" </dev/null >/dev/null 2>&1
