# Part of selftest all: the servers that only some tests need.
# shellcheck shell=bash

use_folder "$scratch/more/state"
mkdir -m 755 "$scratch/more"

standby_has() { [[ $(sql "$(port_of standby)" 'select value from kept order by value desc limit 1') == "$1" ]]; }
write_row() { sql "$(port_of postgres)" "create table if not exists kept (value text); insert into kept values ('$1')"; }
slots() { sql "$(port_of postgres)" 'select count(*) from pg_replication_slots'; }
promoted_writes() { "$services" promote standby && sql "$(port_of standby)" "insert into kept values ('three')"; }
gone_with_postgres() { [[ -z $(every_pid postgres standby pgbouncer) ]]; }
in_cluster() { redis-cli -c -e -h 127.0.0.1 -p "$(port_of redis-cluster-1)" "$@"; }
cluster_kept() { [[ $(in_cluster GET kept) == one ]]; }
master_kept() { [[ $(redis_ask "$(redis_sentinel_master)" GET kept) == one ]]; }
is_replica() { redis_ask "$1" INFO replication | grep -q role:slave; }
sentinel_says_other_than() { local now; now=$(redis_sentinel_master) && [[ -n $now && $now != "$1" ]]; }

check "up standby pgbouncer redis-cluster redis-sentinel" up standby pgbouncer redis-cluster redis-sentinel
check "status says all are up" "$services" status
check "up again changes nothing" again_changes_nothing standby pgbouncer redis-cluster redis-sentinel

check "pgbouncer answers" pgbouncer_answers
check "pgbouncer is in transaction mode" grep -q '^pool_mode = transaction' "$DATA/pgbouncer/pgbouncer.ini"
"$services" kill postgres
"$services" start postgres
check "pgbouncer answers after PostgreSQL was killed and started" wait_until 20 pgbouncer_answers

write_row one
check "the standby follows" wait_until 20 standby_has one
check "the standby refuses to write" not sql "$(port_of standby)" 'create table refused ()'
"$services" kill standby
write_row two
"$services" start standby
check "killed and started, it catches up" wait_until 20 standby_has two
"$services" kill postgres
check "promoted, it writes while the primary is dead" promoted_writes
check "up brings the primary back and leaves the promoted one alone" up standby
check "status says all are up" "$services" status
check "down standby" down standby
check "… drops its slot" test "$(slots)" == 0
check "up standby makes a new one" up standby
check "down postgres" down postgres
check "… takes standby and pgbouncer along" gone_with_postgres

check "the cluster stores by slot" in_cluster SET kept one
"$services" kill redis-cluster-2 redis-cluster-3 redis-cluster-1
check "start brings the cluster back" "$services" start redis-cluster
check "… with its data" cluster_kept

master=$(redis_sentinel_master)
redis_ask "$master" SET kept one >/dev/null
redis_ask "$master" WAIT 2 5000 >/dev/null
"$services" kill redis-sentinel
check "the sentinels choose another master" wait_until 20 sentinel_says_other_than "$master"
check "… which has the data" master_kept
check "start brings the killed node back" "$services" start "$master"
check "… as a replica" is_replica "$master"
kill_everything
check "up after kill -9 of every process" up redis-cluster redis-sentinel
check "… keeps the keys" master_kept
check "down" down
check "… leaves no process and no data" nothing_left
