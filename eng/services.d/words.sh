# What the other parts share: the table of servers, messages, a clean environment.
# shellcheck shell=bash

# Every server and the processes it consists of, in starting order.
SERVERS=(postgres redis s3 standby pgbouncer redis-cluster redis-sentinel)
DEFAULT_SERVERS=(postgres redis s3)
declare -A PROCESSES=(
  [postgres]="postgres"
  [redis]="redis"
  [s3]="s3-mon s3-osd s3-gateway"
  [standby]="standby"
  [pgbouncer]="pgbouncer"
  [redis-cluster]="redis-cluster-1 redis-cluster-2 redis-cluster-3"
  [redis-sentinel]="redis-node-1 redis-node-2 redis-node-3 redis-sentinel-1 redis-sentinel-2 redis-sentinel-3"
)
# The processes that clients talk to and that `kill` and `restart` hit, where it is not the whole server. The storage
# behind the S3 gateway is in memory and must live on.
declare -A FRONT=([s3]="s3-gateway")
# Servers that work only on top of another.
declare -A NEEDS=([standby]=postgres [pgbouncer]=postgres)

# The programs we start; no process of another name is ever signalled.
PROGRAMS=" postgres redis-server ceph-mon ceph-osd radosgw pgbouncer "

say() { printf '%s\n' "$*" >&2; }
die() { # MESSAGE [EXIT-CODE]
  printf 'eng/services: %s\n' "$1" >&2
  exit "${2:-1}"
}
front_of() { echo "${FRONT[$1]:-${PROCESSES[$1]}}"; }
server_of() { # NAME: of a server or a process
  local server
  for server in "${SERVERS[@]}"; do
    if [[ " $server ${PROCESSES[$server]} " == *" $1 "* ]]; then
      echo "$server"
      return
    fi
  done
  die "unknown server: $1 (known: ${SERVERS[*]})" 2
}
function_of() { printf '%s_%s' "${1//-/_}" "$2"; } # redis-cluster start -> redis_cluster_start

# A caller's own settings for the clients we use must not lead us to another server.
for name in "${!PG@}" "${!CEPH@}" REDISCLI_AUTH; do unset "$name"; done
unset name
export LC_ALL=C.UTF-8
# Debian keeps some of the programs where a user's PATH does not look.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
umask 022
