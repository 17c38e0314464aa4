# pgbouncer in transaction mode in front of PostgreSQL.
# shellcheck shell=bash

pgbouncer_create() { mkdir -m 755 "$DATA/pgbouncer"; }

pgbouncer_start() {
  local folder=$DATA/pgbouncer
  # One that leads to a port where PostgreSQL no longer is, is of no use.
  if alive pgbouncer pgbouncer; then grep -q "port=$(port_of postgres)$" "$folder/pgbouncer.ini" && return; fi
  stop_processes pgbouncer pgbouncer
  claim_port pgbouncer
  pgbouncer_configuration >"$folder/pgbouncer.ini" || return 1
  (umask 077 && echo "\"ledgerlift\" \"$(password)\"" >"$folder/users")
  give_to_postgres "$folder/users"
  launch pgbouncer "${AS_POSTGRES[@]}" pgbouncer "$folder/pgbouncer.ini"
}

pgbouncer_configuration() {
  cat <<CONF
[databases]
* = host=127.0.0.1 port=$(port_of postgres)
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $(port_of pgbouncer)
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $DATA/pgbouncer/users
admin_users = ledgerlift
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
ignore_startup_parameters = extra_float_digits,options
CONF
}

pgbouncer_answers() { [[ $(sql "$(port_of pgbouncer)" 'select 1' 2>/dev/null) == 1 ]]; }

pgbouncer_settings() { echo "LEDGERLIFT_TEST_PGBOUNCER='$(connection_string "$(port_of pgbouncer)")'"; }
