# Where things are kept: one folder with a lock, ports, process ids, logs, data and the settings file.
# shellcheck shell=bash

STATE=$(realpath -m "${LEDGERLIFT_SERVICES_DIR:-$repository/artifacts/services}")
# Marks what belongs to this folder outside of it: PostgreSQL's process titles and the private folder in /tmp.
TAG=ledgerlift-$(cksum <<<"$STATE" | cut -d' ' -f1)
DATA=$(readlink -e "$STATE/data" || true)

# PostgreSQL refuses to run as root, so root starts it (and pgbouncer) as Debian's user postgres.
AS_POSTGRES=()
if ((EUID == 0)); then
  AS_POSTGRES=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

# One command at a time per folder. The lock (descriptor 9) goes when the command and its helpers have ended;
# servers do not inherit it (see launch).
open_state() {
  mkdir -p "$STATE"
  exec 9>"$STATE/lock"
  flock -w 300 9 || die "another eng/services has been at work in $STATE for five minutes"
  mkdir -p "$STATE"/{log,run,ports}
  open_data
  cd "$DATA" || exit
}

# The data lies in the state folder where that serves. Where user postgres may not search it (a clone in a root-only
# folder), or its path has characters that Ceph's settings cannot carry, it lies in a private folder in /tmp, and
# `data` is a link to it. The folder's name lets a later run find it again when the link is lost.
open_data() {
  local found
  if [[ ! -d $STATE/data ]]; then
    rm -f "$STATE/data"
    for found in /tmp/"$TAG".*; do
      if [[ -d $found && ! -L $found && -O $found ]]; then ln -sfn "$found" "$STATE/data"; fi
    done
  fi
  if [[ ! -d $STATE/data ]]; then
    if [[ $STATE =~ ^[A-Za-z0-9/._-]+$ ]] && "${AS_POSTGRES[@]}" test -x "$STATE" 2>/dev/null; then
      mkdir "$STATE/data"
    else
      ln -s "$(mktemp -d "/tmp/$TAG.XXXXXX")" "$STATE/data"
    fi
    chmod 711 "$STATE/data/."
  fi
  DATA=$(readlink -e "$STATE/data")
}

# The password of this folder's servers, made once. Without it old data is of no use, so it is forgotten too.
make_password() {
  if [[ ! -s $DATA/password ]]; then
    rm -f "$DATA"/*.created
    (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$DATA/password")
  fi
}
password() { cat "$DATA/password" 2>/dev/null || true; }

port_of() { cat "$STATE/ports/$1" 2>/dev/null || true; }

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Keeps the recorded port of a process while nobody else took it; otherwise records a free one. The range lies below
# the one that systems hand out to outgoing connections, and leaves port+10000 to Redis Cluster's bus.
claim_port() (
  flock 8
  port=$(port_of "$1")
  if [[ ! $port =~ ^[0-9]+$ ]] || port_open "$port"; then
    port=
    until [[ -n $port ]]; do
      port=$((10100 + SRANDOM % 9900))
      if port_open "$port" || port_open $((port + 10000)) || grep -rqx "$port" "$STATE/ports"; then port=; fi
    done
    echo "$port" >"$STATE/ports/$1"
  fi
) 8>"$STATE/ports/.lock"
