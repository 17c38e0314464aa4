# What the other parts share: the table of servers, messages, a clean environment.
# shellcheck shell=bash

# Every server and the processes it consists of, in starting order.
SERVERS=(postgres redis s3)
declare -A PROCESSES=(
  [postgres]="postgres"
  [redis]="redis"
  [s3]="s3-mon s3-osd s3-gateway"
)
# What `kill` and `restart` hit, where it is not the whole server: the storage behind the gateway is in memory and
# must live on.
declare -A VICTIMS=([s3]="s3-gateway")
# The programs we start; no process of another name is ever signalled.
PROGRAMS=" postgres redis-server ceph-mon ceph-osd radosgw pgbouncer "

say() { printf '%s\n' "$*" >&2; }
die() { # MESSAGE [EXIT-CODE]
  printf 'eng/services: %s\n' "$1" >&2
  exit "${2:-1}"
}
function_of() { printf '%s_%s' "${1//-/_}" "$2"; } # redis-cluster start -> redis_cluster_start

# A caller's own settings for the clients we use must not lead us to another server.
for name in "${!PG@}" "${!CEPH@}" REDISCLI_AUTH; do unset "$name"; done
unset name
export LC_ALL=C.UTF-8
# Debian keeps some of the programs where a user's PATH does not look.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
umask 022
