# Redis Cluster: three masters that share all slots.
# shellcheck shell=bash

redis_cluster_create() {
  local process
  for process in ${PROCESSES[redis-cluster]}; do
    claim_port "$process"
    mkdir -p "$DATA/redis-cluster/$process"
    redis_cluster_configuration "$process" >"$DATA/redis-cluster/$process.conf"
  done
  redis_cluster_start
  redis_cluster_join
}

redis_cluster_configuration() { # PROCESS
  redis_configuration redis-cluster "$1"
  cat <<CONF
cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 2000
cluster-announce-ip 127.0.0.1
CONF
}

# The nodes know each other by port, so a port that somebody else took since is noticed as a process that ends.
redis_cluster_start() {
  local process
  for process in ${PROCESSES[redis-cluster]}; do
    alive redis-cluster "$process" || launch "$process" redis-server "$DATA/redis-cluster/$process.conf"
  done
}

redis_cluster_join() {
  local process first=0 last share
  for process in ${PROCESSES[redis-cluster]}; do
    wait_until 20 redis_ask "$process" PING
    last=$((first + 16384 / 3))
    if [[ $process == *-3 ]]; then last=16383; fi
    redis_ask "$process" CLUSTER ADDSLOTSRANGE "$first" "$last"
    redis_ask "$process" CLUSTER MEET 127.0.0.1 "$(port_of redis-cluster-1)"
    first=$((last + 1))
  done
}

redis_cluster_answers() {
  local process info
  for process in ${PROCESSES[redis-cluster]}; do
    info=$(redis_ask "$process" CLUSTER INFO | tr -d '\r')
    [[ $info == *cluster_state:ok* && $info == *cluster_slots_ok:16384* && $info == *cluster_known_nodes:3* ]] || return 1
  done
}

redis_cluster_settings() { echo "LEDGERLIFT_TEST_REDIS_CLUSTER='$(redis_addresses redis-cluster-1 redis-cluster-2 redis-cluster-3)'"; }
