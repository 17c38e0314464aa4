# Part of selftest: up after everything that can have gone wrong in an earlier run, in a folder anyone may enter.
# shellcheck shell=bash

use_folder "$scratch/open/state"
chmod 755 "$scratch"
mkdir -m 755 "$scratch/open"

up_works() { up && "$services" status && s3_request PUT "/$S3_BUCKET/probe" x && one_of_each; }
one_of_each() { # no doubled server: as many processes as there are records
  [[ $(pids_of redis | wc -l) == 1 && $(pids_of s3 | wc -l) == 3 && $(naming "cluster_name=$TAG-postgres" | wc -l) == 1 ]]
}
two_ups() {
  "$services" up &
  up && wait $!
}

check "two ups at once both succeed" two_ups
DATA=$(readlink -e "$STATE/data")
check "… and start each server once" one_of_each
check "a row, a key and an object are written" write_everywhere two
kill_everything
check "up after kill -9 of every process" up_works
check "… keeps row and key" row_and_key_are two

kill -STOP "$(pid_of redis redis)"
check "up when a server hangs" up_works
check "… keeps row and key" row_and_key_are two

# What another program does with a port of ours after a reboot; it must not be harmed.
"$services" kill postgres redis
strangers=()
for process in redis postgres; do
  redis-server --port "$(port_of "$process")" --bind 127.0.0.1 --save "" --dir "$scratch" >/dev/null &
  strangers+=($!)
done
sleep 0.5
echo "${strangers[0]}" >"$STATE/run/redis"
check "up when others took the ports, one with the recorded process id" up_works
check "… keeps row and key" row_and_key_are two
check "… leaves the others alone" kill -0 "${strangers[@]}"
kill "${strangers[@]}"

rm -rf "$STATE/run" "$STATE/ports"
check "up after the records were deleted under running servers" up_works
check "… keeps row and key" row_and_key_are two
rm -rf "$DATA/redis" "$DATA/postgres/global"
kill_everything
check "up after half of the data was deleted" up_works
rm -rf "$STATE"
check "up after the whole folder was deleted under running servers" up_works
check "down" down
check "… leaves no process and no data" nothing_left

# Killed in the middle of making the servers: helpers die, servers live on.
for moment in 0.3 0.8 1.5; do
  setsid "$services" up >/dev/null 2>&1 &
  sleep "$moment"
  kill -9 -- -$! 2>/dev/null || true
  check "up after an up that was killed at $moment s" up_works
  down >/dev/null 2>&1
done
check "nothing is left" nothing_left
