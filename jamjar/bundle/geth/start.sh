#!/bin/sh
# Starts the node of @NAME@, once the first block and the list of nodes are as they were agreed.
# Clique seals with an account in the node: it is made of node.key at the first start, in the folder of the data.
set -eu
cd "$(dirname "$0")"
agreed='genesis\.json|config\.toml'
. ./check.sh
geth="${GETH:-geth}" data="${GETH_DATA:-/var/lib/geth}"
umask 077
if ! [ -d "$data/geth/chaindata" ]; then
  "$geth" --datadir "$data" --state.scheme hash init genesis.json
fi
if ! [ -s "$data/imported" ]; then
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$data/password"
  "$geth" --datadir "$data" --lightkdf account import --password "$data/password" node.key >"$data/imported.new"
  mv "$data/imported.new" "$data/imported"
fi
"$geth" --datadir "$data" --config config.toml --networkid @CHAIN@ --nodekey node.key --nat none --nodiscover \
  --syncmode full --gcmode archive --state.scheme hash --ipcdisable --authrpc.port "${GETH_SPARE_PORT:-8551}" \
  --miner.gasprice 1 --txpool.pricelimit 1 --miner.gaslimit @GAS@ --rpc.allow-unprotected-txs --rpc.txfeecap 0 \
  --http --http.addr 127.0.0.1 --http.port "${GETH_RPC_PORT:-@RPC@}" \
  --http.api eth,net,web3,clique,admin,miner,txpool,debug \
  --miner.etherbase @ADDRESS@ --unlock @ADDRESS@ --password "$data/password" --allow-insecure-unlock &
node=$!
trap 'kill -TERM "$node"' TERM INT
ask() {
  "$geth" --datadir "$data" attach --exec "$1" "http://127.0.0.1:${GETH_RPC_PORT:-@RPC@}" 2>/dev/null
}
# A signer that begins alone makes a chain of its own: it waits until, with itself, more than half are there.
until [ "$(ask 'miner.setGasPrice(0) && net.peerCount >= @PEERS@')" = true ]; do
  kill -0 "$node" || exit 1
  sleep 1
done
ask 'miner.start()'
wait "$node" || wait "$node"
