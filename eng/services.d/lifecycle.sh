# The commands, the same for every server. A server's file provides:
#   NAME_create    make its data from nothing, may start processes
#   NAME_start     start the processes that do not run on the data there is; exit 1 when that is hopeless
#   NAME_answers   does it answer, with everything a test needs?
#   NAME_settings  its lines of the settings file
#   NAME_wiped     optional: what is left to do elsewhere after its data was deleted
# shellcheck shell=bash

START_SECONDS=30

created() { [[ -e $DATA/$1.created ]]; }

answers() { all_alive "$1" && "$(function_of "$1" answers)"; }

# Waits for the answer, but not for a server whose process has died meanwhile.
wait_for_answer() { # SERVER
  local deadline=$((SECONDS + START_SECONDS))
  until answers "$1"; do
    if ((SECONDS > deadline)) || launched_died; then return 1; fi
    sleep 0.1
  done
}

# Starts a server on the data of an earlier run. Exit 1: there is none, or it does not come up.
start_kept() { # SERVER
  created "$1" || return 1
  if all_alive "$1"; then
    if wait_until 5 answers "$1"; then return; fi
    say "$1: runs but does not answer; killing it first"
    kill_processes "$1" "${PROCESSES[$1]}"
  fi
  # When no process is recorded as alive, a half-dead earlier run may have left some that would be in the way.
  if ! any_alive "$1"; then kill_processes "$1" "${PROCESSES[$1]}"; fi
  "$(function_of "$1" start)" && wait_for_answer "$1"
}

any_alive() { # SERVER
  local process
  for process in ${PROCESSES[$1]}; do if alive "$1" "$process"; then return 0; fi; done
  return 1
}

wipe() { # SERVER
  local process
  stop_processes "$1" "${PROCESSES[$1]}"
  rm -rf "${DATA:?}/$1" "$DATA/$1.created"
  for process in ${PROCESSES[$1]}; do rm -f "$STATE/run/$process"; done
  if declare -F "$(function_of "$1" wiped)" >/dev/null; then "$(function_of "$1" wiped)"; fi
}

bring_up() { # SERVER
  local server=$1 began=${EPOCHREALTIME/[.,]/} how="already up"
  if ! created "$server" || ! answers "$server"; then
    how="started again on its data"
    if ! start_kept "$server"; then
      if created "$server"; then say "$server: does not come up on what an earlier run left; starting from nothing"; fi
      how="started"
      wipe "$server"
      "$(function_of "$server" create)" >"$STATE/log/$server.create.log" 2>&1
      touch "$DATA/$server.created"
      "$(function_of "$server" start)"
      wait_for_answer "$server"
    fi
  fi
  local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  say "$(printf '%-15s %-26s %3d.%d s   port %s' "$server" "$how" $((tenths / 10)) $((tenths % 10)) "$(shown_ports "$server")")"
}

show_logs() { # SERVER
  local process
  for process in "$1.create" ${PROCESSES[$1]}; do
    say "--- last lines of $STATE/log/$process.log"
    tail -n 8 "$STATE/log/$process.log" >&2 || true
  done
}

# First what others need, then the others.
bring_up_all() { # SERVER…
  local server base=() above=()
  make_password
  for server; do
    if [[ -v NEEDS[$server] ]]; then above+=("$server"); else base+=("$server"); fi
  done
  bring_up_side_by_side "${base[@]}"
  bring_up_side_by_side "${above[@]}"
  write_settings
  show_env
}

# Each in a process of its own (and not in a condition: there `set -e` would be off).
bring_up_side_by_side() { # [SERVER…]
  local server failures=() pids=()
  for server; do
    bring_up "$server" &
    pids+=($!)
  done
  for server; do
    wait "${pids[0]}" || failures+=("$server")
    pids=("${pids[@]:1}")
  done
  if ((${#failures[@]} == 0)); then return; fi
  write_settings
  for server in "${failures[@]}"; do show_logs "$server"; done
  die "not up: ${failures[*]}"
}

take_down_all() { # [SERVER…]: without names everything, and the data folder too
  local server all=$#
  for server in "${@:-${SERVERS[@]}}"; do
    if [[ -d $DATA/$server ]]; then say "$server: stopped"; fi
    wipe "$server"
  done
  write_settings
  if ((all == 0)); then
    cd /
    rm -rf "$DATA" "$STATE"/{data,run,ports,env}
  fi
}
