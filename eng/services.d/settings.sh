# The settings file and the status lines.
# shellcheck shell=bash

# KEY='value' lines: a shell can source them, and a program can split them at the first "=" and trim the quotes
# (no value contains one). Only servers that were brought up are in it.
write_settings() {
  local server
  (
    umask 077
    {
      echo "LEDGERLIFT_SERVICES_DIR='$STATE'"
      # Present only where the servers are ours: tests that kill servers ask this program to do it.
      echo "LEDGERLIFT_TEST_OWNED_SERVERS='$program'"
      for server in "${SERVERS[@]}"; do
        if created "$server"; then "$(function_of "$server" settings)"; fi
      done
    } >"$STATE/env.new"
  )
  mv -f "$STATE/env.new" "$STATE/env"
}

show_env() {
  [[ -f $STATE/env ]] || die "nothing is up; use: eng/services up"
  say "settings, also in $STATE/env:"
  cat "$STATE/env"
}

shown_ports() { # SERVER: the ports clients use
  local process ports=
  for process in $(front_of "$1"); do ports+=" $(port_of "$process")"; done
  echo "${ports# }"
}

show_status() {
  local server process pids word failures=0
  for server in "${SERVERS[@]}"; do
    if [[ -z $DATA || ! -d $DATA/$server ]]; then continue; fi
    pids=
    for process in ${PROCESSES[$server]}; do pids+=" $(pid_of "$server" "$process" || echo -)"; done
    word=up
    if ! answers "$server"; then word=DOWN failures=1; fi
    printf '%-15s %-5s port %-12s pid%s\n' "$server" "$word" "$(shown_ports "$server")" "$pids"
  done
  return "$failures"
}
