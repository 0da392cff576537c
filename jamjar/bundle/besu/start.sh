#!/bin/sh
# Starts the node of @NAME@, once the first block and the lists are as they were agreed.
# The systemd unit and the compose file use it alike.
set -eu
cd "$(dirname "$0")"
agreed='genesis\.json|permissions_config\.toml|static-nodes\.json'
. ./check.sh
exec "${BESU:-besu}" --config-file="$PWD/config.toml"
