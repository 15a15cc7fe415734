# SPDX-License-Identifier: Apache-2.0
# Sourced by ./verify and ./lab/run: makes sure that Debian packages are there, and says which.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

# need_root WHAT: the namespaces and the TCP MD5 keys of real routers need root.
need_root() {
    if [ "$(id -u)" != 0 ]; then
        say "$1 makes network namespaces and runs routers in them: it must be run as root (you are $(id -un))." >&2
        exit 1
    fi
}

# need_packages PACKAGE...: installs those that are missing, without starting their services.
need_packages() {
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    if [ ${#missing[@]} = 0 ]; then
        say "Debian packages: all of [$*] are installed."
        return
    fi
    say "Debian packages: installing ${missing[*]} (their services are not started)."
    local policy=/usr/sbin/policy-rc.d made=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
        made=yes
    fi
    local status=0 log
    log=$(mktemp)
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } \
        > "$log" 2>&1 || status=$?
    [ -z "$made" ] || rm -f "$policy"
    if [ $status != 0 ]; then
        tail -n 20 "$log" >&2
        say "Installing ${missing[*]} failed (apt-get ended with $status); the last lines of its log are above." >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
}
