#!/bin/sh
# One more host at a hub: a network namespace with an interface eth0. Runs in the guest.
# use: add-host.sh NAME HUB UDP-PORT ADDRESS/LENGTH...     UDP-PORT: where it takes SCTP over UDP; 0 for none
name=$1 hub=$2 port=$3
shift 3
outer=$(echo "$name-$hub" | cksum | cut -d ' ' -f 1)
set -e
ip netns add "$name"
ip link add "v$outer" type veth peer name eth0 netns "$name"
echo 1 >"/proc/sys/net/ipv6/conf/v$outer/disable_ipv6"
ip link set "v$outer" master "$hub" up
ip -n "$name" link set lo up
# Checksums are for captures, too: nobody calculates them later.
ip netns exec "$name" ethtool -K eth0 tx-checksum-sctp off tx-checksum-ip-generic off >/dev/null 2>&1 || true
for address in "$@"; do
  case $address in
    *:*) ip -n "$name" addr add "$address" dev eth0 nodad ;;
    *) ip -n "$name" addr add "$address" dev eth0 ;;
  esac
done
ip -n "$name" link set eth0 up
ip -n "$name" route add multicast 224.0.0.0/4 dev eth0
# A socket takes these when it is made.
ip netns exec "$name" sh -c "echo $port >/proc/sys/net/sctp/udp_port; echo $port >/proc/sys/net/sctp/encap_port"
