# Installing what is missing from Debian packages, and only that.
# shellcheck shell=bash

# The package that brings each program.
declare -A PACKAGE_OF=(
  [postgres]=postgresql [redis-server]=redis-server [pgbouncer]=pgbouncer
  [ceph-mon]=ceph-mon [ceph-osd]=ceph-osd [radosgw]=radosgw [curl]=curl
  [chromium]=chromium [pdftotext]=poppler-utils [rclone]=rclone [aws]=awscli [s3cmd]=s3cmd
)

# The programs that a server or a group of the command line needs.
programs_for() {
  case $1 in
    postgres | standby) echo postgres ;;
    redis*) echo redis-server ;;
    s3) echo ceph-mon ceph-osd radosgw curl ;;
    pgbouncer) echo postgres pgbouncer ;;
    servers) echo postgres redis-server ceph-mon ceph-osd radosgw curl pgbouncer ;;
    browser) echo chromium ;;
    tools) echo pdftotext rclone aws s3cmd ;;
    *) die "unknown group: $1 (known: servers browser tools)" 2 ;;
  esac
}

missing_packages() { # SERVER-OR-GROUP…
  local name program
  for name; do
    for program in $(programs_for "$name"); do
      available "$program" || echo "${PACKAGE_OF[$program]}"
    done
    if [[ $name == servers ]]; then missing_libraries; fi
  done
}

available() { if [[ $1 == postgres ]]; then postgres_programs >/dev/null; else type -P "$1" >/dev/null; fi; }

# .NET itself needs these at run time. ICU's package carries its version in its name, see install_quietly.
missing_libraries() {
  local package
  for package in ca-certificates tzdata 'libicu[0-9]*'; do installed "$package" || echo "${package%[*}"; done
}

installed() { dpkg-query -W -f '${db:Status-Abbrev}\n' "$1" 2>/dev/null | grep -q '^ii'; }

install_groups() {
  (($#)) || set -- servers
  local group
  for group; do programs_for "$group" >/dev/null; done
  install_for "$@"
  say "install: everything for $* is there"
}

install_for() { # SERVER-OR-GROUP…
  local packages
  if ! type -P apt-get dpkg-query >/dev/null; then without_debian "$@"; return; fi
  packages=$(missing_packages "$@" | sort -u | tr '\n' ' ')
  [[ -n $packages ]] || return 0
  as_root true 2>/dev/null || die "these packages are missing, and installing needs root or sudo: $packages" 3
  say "installing $packages"
  as_root bash -euo pipefail -c "$(declare -f install_quietly); install_quietly $packages" >&2
  packages=$(missing_packages "$@" | sort -u | tr '\n' ' ')
  [[ -z $packages ]] || die "still missing after the installation: $packages" 3
}

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

# Runs as root. A package must not start its server: while policy-rc.d says 101, Debian's scripts start none.
install_quietly() {
  local policy=/usr/sbin/policy-rc.d packages=("$@") icu
  export DEBIAN_FRONTEND=noninteractive
  if [[ ! -e $policy ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  for attempt in first second; do
    apt-get -qq update || true
    icu=$(apt-cache pkgnames libicu | grep -E '^libicu[0-9]+$' | sort -V | tail -n 1)
    if apt-get -qq -y --no-install-recommends install "${packages[@]/#libicu/$icu}"; then return; fi
    echo "the installation failed ($attempt attempt)"
    sleep 3
  done
  return 1
}

without_debian() { # SERVER-OR-GROUP…
  local name program missing=()
  for name; do
    for program in $(programs_for "$name"); do available "$program" || missing+=("$program"); done
  done
  if ((${#missing[@]})); then
    die "missing: ${missing[*]}. Without apt-get they are not installed for you. Install them, or set the variables of \
docs/test-servers.md to servers of your own." 3
  fi
}
