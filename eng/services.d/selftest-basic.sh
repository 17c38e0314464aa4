# Part of selftest: the everyday life of the three default servers, in a folder that only its owner may enter.
# shellcheck shell=bash

use_folder "$scratch/private/state"
mkdir -m 700 "$scratch/private"

write_everywhere() { # VALUE
  sql "$(port_of postgres)" "create table if not exists kept (value text); insert into kept values ('$1')" &&
    redis_ask redis SET kept "$1" && s3_request PUT "/$S3_BUCKET/kept" "$1"
}
row_and_key_are() { # VALUE
  [[ $(sql "$(port_of postgres)" "select value from kept where value = '$1'") == "$1" && $(redis_ask redis GET kept) == "$1" ]]
}
object_is() { [[ $(s3_request GET "/$S3_BUCKET/kept") == "$1" ]]; }

durable() {
  [[ $(sql "$(port_of postgres)" 'show fsync; show synchronous_commit; show full_page_writes' | tr '\n' ' ') == 'on on on ' ]] &&
    [[ $(redis_ask redis CONFIG GET append* | tr '\n' ' ') == *"appendonly yes"* ]] &&
    [[ $(redis_ask redis CONFIG GET appendfsync | tail -n 1) == always ]]
}

settings_can_be_read() {
  local line
  while read -r line; do [[ $line =~ ^[A-Z0-9_]+=\'[^\']+\'$ ]] || return 1; done <"$STATE/env"
  [[ $(stat -c %a "$STATE/env") == 600 ]] || return 1
  # shellcheck disable=SC1091
  (set -a && . "$STATE/env" && [[ $LEDGERLIFT_TEST_POSTGRES == Host=127.0.0.1\;Port=*\;Database=ledgerlift &&
    $DATABASE_URL == postgres://* && $REDIS_URL == "redis://$LEDGERLIFT_TEST_REDIS" && $AWS_SECRET_ACCESS_KEY &&
    $S3_ENDPOINT == "$LEDGERLIFT_TEST_S3_ENDPOINT" && -x $LEDGERLIFT_TEST_OWNED_SERVERS ]])
}

browser_may_upload() { # METHOD
  local answer
  answer=$(curl --disable --silent --noproxy '*' --include --request OPTIONS --header 'Origin: https://app.example' \
    --header "Access-Control-Request-Method: $1" --header 'Access-Control-Request-Headers: content-type,x-amz-meta-name' \
    "http://127.0.0.1:$(port_of s3-gateway)/$S3_BUCKET/key")
  [[ $answer == *" 200 "* && $answer == *Access-Control-Allow-Methods:*"$1"* && $answer == *Expose-Headers:*ETag* ]]
}

# Whoever still holds the pipe would keep the caller waiting.
up_in_a_pipe() {
  # shellcheck disable=SC2016 # the inner shell expands it
  timeout 60 bash -c 'printed=$("$0" up 2>&1 7>&1) && [[ $printed == *DATABASE_URL=* ]]' "$services" &&
    DATA=$(readlink -e "$STATE/data")
}

again_changes_nothing() { # [SERVER…]
  local before
  before=$(cat "$STATE"/run/* "$STATE/env")
  up "$@" && [[ $(cat "$STATE"/run/* "$STATE/env") == "$before" ]]
}

only_loopback() { # no server listens where others can reach it (0100007F is 127.0.0.1)
  local file port
  for file in "$STATE"/ports/*; do
    port=$(printf '%04X' "$(cat "$file")")
    grep -q " 0100007F:$port 00000000:0000 0A" /proc/net/tcp || return 1
    not grep -q " 00000000:$port 00000000:0000 0A" /proc/net/tcp || return 1
  done
}

check "up starts the three servers and lets go of the caller's output" up_in_a_pipe
check "status says all are up" "$services" status
check "up again changes nothing" again_changes_nothing
check "the settings can be sourced and parsed, and only the owner reads them" settings_can_be_read
check "what PostgreSQL and Redis acknowledge is on disk" durable
check "servers listen on 127.0.0.1 only" only_loopback
for method in PUT GET HEAD; do check "a browser may $method" browser_may_upload "$method"; done
check "a row, a key and an object are written" write_everywhere one
ports=$(cat "$STATE"/ports/*)
check "kill ends all three" "$services" kill postgres redis s3
check "status exits with 1 then" exits_with 1 "$services" status
check "start brings them back" "$services" start postgres redis s3
check "… with row and key" row_and_key_are one
check "… with the object" object_is one
check "… on the same ports" test "$ports" == "$(cat "$STATE"/ports/*)"
check "restart too" "$services" restart postgres redis s3
check "… with row and key" row_and_key_are one
check "… with the object" object_is one
check "an unknown server exits with 2" exits_with 2 "$services" up nonsense
check "an unknown command exits with 2" exits_with 2 "$services" nonsense
check "down" down
check "… leaves no process and no data" nothing_left
check "… and can be repeated" down
check "status of nothing is fine and empty" test "$("$services" status 2>&1)" == ""
