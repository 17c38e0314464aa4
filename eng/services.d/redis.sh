# Redis 7 with an append-only file that is written to disk before a command is acknowledged.
# shellcheck shell=bash

redis_create() { mkdir "$DATA/redis"; }

redis_start() {
  alive redis redis && return
  claim_port redis
  redis_configuration redis redis >"$DATA/redis/redis.conf" || return 1
  launch redis redis-server "$DATA/redis/redis.conf"
}

# Shared by every kind of Redis server here.
redis_configuration() { # SERVER PROCESS
  mkdir -p "$DATA/$1/$2"
  # The title stays the command line, by which the process is recognised as ours.
  cat <<CONF
bind 127.0.0.1
port $(port_of "$2")
dir $DATA/$1/$2
appendonly yes
appendfsync always
save ""
set-proc-title no
CONF
}

redis_ask() { # PROCESS COMMAND…
  local port
  port=$(port_of "$1")
  shift
  timeout 3 redis-cli -e -h 127.0.0.1 -p "$port" "$@" 2>/dev/null
}

redis_answers() { [[ $(redis_ask redis PING) == PONG ]]; }

redis_settings() {
  echo "LEDGERLIFT_TEST_REDIS='127.0.0.1:$(port_of redis)'"
  echo "REDIS_URL='redis://127.0.0.1:$(port_of redis)'"
}

redis_addresses() { # PROCESS…: as a comma list
  local process list=
  for process; do list+=",127.0.0.1:$(port_of "$process")"; done
  echo "${list#,}"
}
