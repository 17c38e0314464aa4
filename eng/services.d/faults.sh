# kill, start, restart and promote: what fault tests do to servers that are up. Names are of servers or processes.
# shellcheck shell=bash

# What is hit when a name is given: a process by its own name, the sentinels' present master, else the server's front.
victims_of() { # NAME
  if [[ ! -v PROCESSES[$1] ]]; then
    echo "$1"
  elif [[ $1 == redis-sentinel ]]; then
    redis_sentinel_master
  else
    front_of "$1"
  fi
}

kill_all() { # NAME…
  local name
  for name; do kill_processes "$(server_of "$name")" "$(victims_of "$name")"; done
}

# Starts every process of the server that does not run, on the same ports and data, and never wipes anything.
start_all() { # NAME…
  local name server
  for name; do
    server=$(server_of "$name")
    created "$server" || die "$server: was not up before; use: eng/services up $server"
    if answers "$server" || start_kept "$server"; then continue; fi
    show_logs "$server"
    die "$server did not answer"
  done
  write_settings
}

restart_all() { # NAME…
  local name
  for name; do stop_processes "$(server_of "$name")" "$(victims_of "$name")"; done
  start_all "$@"
}

promote_all() { # standby
  [[ $* == standby ]] || die "only the standby can be promoted: eng/services promote standby" 2
  standby_promote
}
