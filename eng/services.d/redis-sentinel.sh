# Redis with Sentinel: one master and two replicas, watched by three sentinels of which two must agree.
# shellcheck shell=bash

sentinel_master=ledgerlift
sentinel_nodes=(redis-node-1 redis-node-2 redis-node-3)
sentinel_watchers=(redis-sentinel-1 redis-sentinel-2 redis-sentinel-3)

# Nodes and sentinels rewrite their files when roles change, so the files are written once and kept.
redis_sentinel_create() {
  local process folder=$DATA/redis-sentinel
  for process in "${sentinel_nodes[@]}" "${sentinel_watchers[@]}"; do
    claim_port "$process"
    mkdir -p "$folder/$process"
  done
  for process in "${sentinel_nodes[@]}"; do
    {
      redis_configuration redis-sentinel "$process"
      if [[ $process != redis-node-1 ]]; then echo "replicaof 127.0.0.1 $(port_of redis-node-1)"; fi
    } >"$folder/$process.conf"
  done
  for process in "${sentinel_watchers[@]}"; do
    redis_sentinel_configuration "$process" >"$folder/$process.conf"
  done
}

redis_sentinel_configuration() { # PROCESS
  cat <<CONF
bind 127.0.0.1
port $(port_of "$1")
dir $DATA/redis-sentinel/$1
set-proc-title no
sentinel monitor $sentinel_master 127.0.0.1 $(port_of redis-node-1) 2
sentinel down-after-milliseconds $sentinel_master 1000
sentinel failover-timeout $sentinel_master 3000
CONF
}

redis_sentinel_start() {
  local process folder=$DATA/redis-sentinel
  for process in "${sentinel_nodes[@]}"; do
    alive redis-sentinel "$process" || launch "$process" redis-server "$folder/$process.conf"
  done
  for process in "${sentinel_watchers[@]}"; do
    alive redis-sentinel "$process" || launch "$process" redis-server "$folder/$process.conf" --sentinel
  done
}

# The node that the sentinels name as master now.
redis_sentinel_master() {
  local port process
  port=$(redis_ask redis-sentinel-1 SENTINEL get-master-addr-by-name "$sentinel_master" | sed -n 2p)
  for process in "${sentinel_nodes[@]}"; do
    if [[ $(port_of "$process") == "$port" ]]; then echo "$process"; fi
  done
}

# Every sentinel knows the others, and the master they name has both replicas in step: a failover can succeed.
redis_sentinel_answers() {
  local process roles
  for process in "${sentinel_watchers[@]}"; do
    [[ $(redis_ask "$process" SENTINEL ckquorum "$sentinel_master") == "OK 3 usable"* ]] || return 1
  done
  roles=$(redis_ask "$(redis_sentinel_master)" INFO replication)
  [[ $roles == *role:master* && $(grep -c 'state=online' <<<"$roles") == 2 ]]
}

redis_sentinel_settings() {
  echo "LEDGERLIFT_TEST_REDIS_SENTINEL='$(redis_addresses "${sentinel_watchers[@]}")'"
  echo "LEDGERLIFT_TEST_REDIS_SENTINEL_NODES='$(redis_addresses "${sentinel_nodes[@]}")'"
  echo "LEDGERLIFT_TEST_REDIS_SENTINEL_MASTER='$sentinel_master'"
}
