#!/bin/sh
# One more host at a hub: a network namespace with an interface eth0. Runs in the guest, where a process is expensive.
# use: add-host.sh NAME HUB UDP-PORT ADDRESS/LENGTH...     UDP-PORT: where it takes SCTP over UDP; 0 for none
set -e
name=$1 hub=$2 port=$3
shift 3
# A name of a device has 15 characters at most.
outer=v-$name
ip -batch - <<COMMANDS
netns add $name
link add $outer type veth peer name eth0 netns $name
link set $outer master $hub up
COMMANDS
{
  echo link set lo up
  for address; do
    case $address in
      *:*) echo "addr add $address dev eth0 nodad" ;;
      *) echo "addr add $address dev eth0" ;;
    esac
  done
  echo link set eth0 up
  echo route add multicast 224.0.0.0/4 dev eth0
} | ip -n "$name" -batch -
# Checksums are for captures, too: nobody calculates them later. A socket takes the ports when it is made.
exec ip netns exec "$name" sh -c "ethtool -K eth0 tx-checksum-sctp off tx-checksum-ip-generic off >/dev/null 2>&1
echo $port >/proc/sys/net/sctp/udp_port
echo $port >/proc/sys/net/sctp/encap_port"
