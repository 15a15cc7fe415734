# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of lab/ and bench/: finds what a build has left in a checkout.
# shellcheck shell=bash

# newest ROOT DEPTH TYPE PATTERN: the newest path of that depth and type below ROOT/assembly that is like PATTERN. Prints nothing
# and succeeds when there is none, as in a fresh clone: what that means is for the caller to say.
newest() {
    find "$1/assembly" -ignore_readdir_race -mindepth "$2" -maxdepth "$2" -type "$3" -path "*/assembly/$4" -printf '%T@ %p\n' |
        sort -rn | sed -n '1s/^[^ ]* //p'
}

# newest_archive ROOT: the distribution as built.
newest_archive() { newest "$1" 2 f 'target/l3-distributor-*.tar.gz'; }

# newest_home ROOT: the distribution as lab/appliance has unpacked it.
newest_home() { newest "$1" 3 d 'target/unpacked/*'; }
