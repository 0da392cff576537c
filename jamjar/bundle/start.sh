#!/bin/sh
# Starts the node of @NAME@, once the first block and the lists are as they were agreed. Used by the systemd unit and the compose file alike.
set -eu
cd "$(dirname "$0")"
grep -E ' (genesis\.json|permissions_config\.toml|static-nodes\.json)$' SHA256SUMS | sha256sum --check --quiet >&2 || {
  echo "A file differs from what the members agreed; take it again from your own jamjar network init or admit." >&2
  exit 78
}
[ -r node.key ] || {
  echo "There is no node.key that this account can read; copy the one that jamjar network join-request made here." >&2
  exit 78
}
[ -z "$(find node.key -perm /077)" ] || {
  echo "Other accounts can read node.key; take that away from them: chmod 400 node.key" >&2
  exit 78
}
exec "${BESU:-besu}" --config-file="$PWD/config.toml"
