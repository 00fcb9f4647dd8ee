#!/bin/sh
# Starts the program $JOURNALD where /run is private, for keep-engine.sh, which ends it. Its files outlive a restart.
# usage: keep-journal.sh DIRECTORY
directory=$1
mkdir -p "$directory/journal" /run/log/journal /run/systemd/journal /run/systemd/journald.conf.d
mount --bind "$directory/journal" /run/log/journal
# Not a line is left out because there are many, nor comes one of the kernel of this machine.
cat >/run/systemd/journald.conf.d/tests.conf <<END
[Journal]
Storage=volatile
RuntimeMaxUse=1G
RateLimitIntervalSec=0
ReadKMsg=no
Audit=no
ForwardToSyslog=no
ForwardToWall=no
END
"$JOURNALD" </dev/null >>"$directory/log" 2>&1 &
echo $! >"$directory/journald"
for _ in $(seq 100); do
  [ ! -S /run/systemd/journal/socket ] || exit 0
  sleep 0.05
done
