#!/bin/sh
# Keeps one private Docker Engine for private-engine.ts: reads `start` and `stop` from stdin, answers in one line each.
# When stdin ends, also because the test process was killed, nothing is left: processes, mounts, cgroups, files.
# usage: keep-engine.sh DIRECTORY CGROUP DOCKER-CLI [UNSHARE-FLAG...]
# With JOURNALD set to that program, the engine has a journal of its own for its containers.
directory=$1 cgroup=$2 docker=$3
shift 3
driver=

# A signal makes `read` return, which ends the engine; unlike '' a handler is not inherited by the daemon.
trap : HUP INT TERM PIPE

launch() {
  rm -f "$directory/docker.sock" "$directory/pid"
  # /run is hidden, so that neither a system containerd is used nor sockets of shims are left there.
  # What containerd writes about itself when it is slow belongs to what is removed.
  mkdir -p "$directory/tmp"
  # shellcheck disable=SC2016,SC2086
  TMPDIR=$directory/tmp unshare -m -n $flags sh -c '
    directory=$1 here=$2
    shift 2
    mount -t tmpfs tmpfs /run
    ip link set lo up || busybox ip link set lo up
    [ -z "$JOURNALD" ] || "$here/keep-journal.sh" "$directory"
    exec "$@"' sh "$directory" "$(dirname "$0")" \
    dockerd --config-file "$directory/daemon.json" --data-root "$directory/data" --exec-root "$directory/exec" \
    --pidfile "$directory/pid" -H "unix://$directory/docker.sock" --cgroup-parent "/$cgroup" \
    --storage-driver $driver </dev/null >>"$directory/log" 2>&1 &
  job=$!
  while kill -0 "$job" 2>/dev/null; do
    if DOCKER_CONFIG=$directory "$docker" -H "unix://$directory/docker.sock" version >/dev/null 2>&1; then
      # With a pid namespace unshare stays the parent of the daemon, else it became the daemon.
      daemon=$(tr -d ' ' <"/proc/$job/task/$job/children")
      [ "$flags" ] || daemon=$job
      return 0
    fi
    sleep 0.05
  done
  return 1
}

start() {
  if [ "$driver" ]; then launch && echo "started $daemon" && return; fi
  # With containerd's store of images the drivers are its own.
  ! grep -qs containerd-snapshotter "$directory/daemon.json" || set -- overlayfs native
  for driver in "$@" overlay2 vfs 'vfs --iptables=false --ip6tables=false --bridge=none'; do
    launch && echo "started $daemon" && return
    rm -rf "$directory/data"
  done
  driver=
  echo "failed $(tail -n 3 "$directory/log" | tr '\n' ' ')"
}

cgroup_members() {
  find /sys/fs/cgroup -path "*/$cgroup/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u
}

# The daemon, containerd, shims and whatever else they started: by their environment, since a namespace that is gone
# leaves its number to a container of another engine.
engine_members() {
  grep -lFs "TMPDIR=$directory/tmp" /proc/[0-9]*/environ | cut -d/ -f3
}

# An orderly end; containers that ignore TERM would hold the daemon for their ten seconds, so they are killed first.
stop() {
  kill -TERM "$daemon" 2>/dev/null
  waited=0
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.05
    waited=$((waited + 1))
    # shellcheck disable=SC2046
    [ $waited -gt 6 ] && kill -KILL $(cgroup_members) 2>/dev/null
    [ $waited -gt 300 ] && kill -KILL "$daemon" 2>/dev/null
  done
  wait "$job"
  # In a pid namespace it ended with the daemon, and its number is another process here.
  [ ! -e "$directory/journald" ] || [ "$flags" ] || end "$(cat "$directory/journald")"
  rm -f "$directory/docker.sock" "$directory/journald"
  echo stopped
}

# Ends a process that is no child of this one.
end() {
  while kill "$1" 2>/dev/null; do sleep 0.05; done
}

remove() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    members="$(engine_members) $(cgroup_members)"
    [ "$(echo $members)" ] || break
    # shellcheck disable=SC2086
    kill -KILL $members 2>/dev/null
    sleep 0.1
  done
  wait
  for _ in 1 2 3 4 5; do
    find /sys/fs/cgroup -depth -type d -path "*/$cgroup*" -exec rmdir {} + 2>/dev/null
    [ "$(find /sys/fs/cgroup -type d -name "$cgroup" 2>/dev/null)" ] || break
    sleep 0.1
  done
  rm -rf "$directory"
}

flags=$*
while read -r command; do
  case $command in
    start) start ;;
    stop) stop ;;
  esac
done
remove
