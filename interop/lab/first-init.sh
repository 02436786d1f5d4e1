#!/bin/sh
# The guest's first process, on the host's files read-only: makes a root that can be written to, and goes on there.
# The kernel's command line tells lab.directory (the unpacked packages) and lab.sources (where these scripts are).
PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
for word in $(cat /proc/cmdline); do
  case $word in
    lab.directory=*) directory=${word#*=} ;;
    lab.sources=*) sources=${word#*=} ;;
  esac
done
busybox=$directory/root/bin/busybox
$busybox insmod "$directory/root/usr/lib/uml/modules/$(uname -r)/kernel/fs/overlayfs/overlay.ko"
mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/packages /mnt/root
# A file system of its own: an overlay takes no layer that lies within another one.
mount -t hostfs -o "$directory/root" none /mnt/packages
mount -t overlay -o lowerdir=/mnt/packages:/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
cd /mnt/root || exit 1
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs devtmpfs dev
mkdir -p dev/shm dev/pts
mount -t devpts devpts dev/pts
for name in dev/shm run tmp; do mount -t tmpfs -o mode=1777 tmpfs $name; done
exec chroot . /bin/sh "$sources/second-init.sh" "$sources"
