# Starting, recognising and stopping processes.
# shellcheck shell=bash

# Starts a process in a session of its own (Ctrl-C at the terminal does not reach it), with none of the caller's
# streams or locks (`out=$(eng/services up)` would wait for it), and records its id.
launch() { # PROCESS COMMAND…
  local process=$1
  shift
  (
    for descriptor in /proc/"$BASHPID"/fd/*; do
      descriptor=${descriptor##*/}
      if ((descriptor > 2)); then eval "exec $descriptor>&-"; fi
    done
    exec setsid "$@" </dev/null >>"$STATE/log/$process.log" 2>&1
  ) &
  echo $! >"$STATE/run/$process"
  LAUNCHED+=($!)
}

# Has one that this shell launched ended already? A server never does by itself.
LAUNCHED=()
launched_died() {
  local pid
  for pid in "${LAUNCHED[@]}"; do kill -0 "$pid" 2>/dev/null || return 0; done
  return 1
}

# A process is ours when its program is one we start and its command line names the server's data folder (PostgreSQL's
# children show the cluster's name instead). So an id that the system gave to somebody else is never killed.
is_ours() { # SERVER PID
  local program arguments=()
  [[ $2 =~ ^[1-9][0-9]*$ ]] || return 1
  {
    read -r program </proc/"$2"/comm
    mapfile -d '' -t arguments </proc/"$2"/cmdline
  } 2>/dev/null || return 1
  [[ $PROGRAMS == *" $program "* ]] || return 1
  [[ " ${arguments[*]} " == *" $DATA/$1"[/\ ]* || ${arguments[*]} == "postgres: $TAG-$1: "* ]]
}

# The id of a process while it lives, else nothing and exit 1.
pid_of() { # SERVER PROCESS
  local pid=
  { read -r pid <"$STATE/run/$2"; } 2>/dev/null || return 1
  is_ours "$1" "$pid" && echo "$pid"
}

alive() { pid_of "$@" >/dev/null; }

all_alive() { # SERVER
  local process
  for process in ${PROCESSES[$1]}; do alive "$1" "$process" || return 1; done
}

# Every living process of a server, recorded or not: children, and what a lost record left behind.
pids_of() { # SERVER
  local folder
  for folder in /proc/[1-9]*; do
    if is_ours "$1" "${folder##*/}"; then echo "${folder##*/}"; fi
  done
}

# Asks the processes to end, waits, and ends what remains; then no process of theirs is left.
stop_processes() { # SERVER "PROCESS…"
  local process signal=TERM pids=() pid
  # PostgreSQL's "fast shutdown" does not wait for its clients to leave.
  if [[ $1 == postgres || $1 == standby ]]; then signal=INT; fi
  # The storage is in memory, so there is nothing to write first; parts of it would only wait for each other.
  if [[ $1 == s3 && $2 == "${PROCESSES[s3]}" ]]; then signal=KILL; fi
  for process in $2; do
    if pid=$(pid_of "$1" "$process"); then
      pids+=("$pid")
      kill -"$signal" "$pid" 2>/dev/null || true
    fi
  done
  wait_until 8 all_gone "${pids[@]}" || true
  kill_processes "$1" "$2"
}

# kill -9. When the whole server is meant, that includes children, which would otherwise finish their work first, and
# processes whose record was lost.
kill_processes() { # SERVER "PROCESS…"
  local process pids=() pid
  if [[ $2 == "${PROCESSES[$1]}" ]]; then
    mapfile -t pids < <(pids_of "$1")
  else
    for process in $2; do
      if pid=$(pid_of "$1" "$process"); then pids+=("$pid"); fi
    done
  fi
  if ((${#pids[@]})); then kill -KILL "${pids[@]}" 2>/dev/null || true; fi
  LAUNCHED=()
  wait_until 10 all_gone "${pids[@]}" || die "$1: processes ${pids[*]} cannot be killed"
}

all_gone() { # PID…
  local pid line
  for pid; do
    # Field 3 is the state; the name before it may hold anything. A zombie only waits for its parent to notice.
    { read -r line </proc/"$pid"/stat; } 2>/dev/null || continue
    line=${line##*) }
    if [[ ${line%% *} != [ZX] ]]; then return 1; fi
  done
}

wait_until() { # SECONDS COMMAND…
  local deadline=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))
  shift
  until "$@"; do
    if ((${EPOCHREALTIME/[.,]/} > deadline)); then return 1; fi
    sleep 0.1
  done
}
