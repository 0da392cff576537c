"""What a node shows of itself through JSON-RPC: its newest block, its peers, and what waits in it."""

from dataclasses import dataclass

from jamjar.service.json_rpc import JsonRpc, RpcError


@dataclass(frozen=True, slots=True)
class NodeLook:
    """The newest block's number and time in Unix seconds, the peers, and the transactions that wait.

    peers, pool  None where the node does not say
    """

    height: int
    time: int
    peers: int | None
    pool: int | None


def look(rpc: JsonRpc) -> NodeLook:
    """Ask a node; raises NodeUnavailable, and NodeAnswerInvalid for what is no block or no number."""
    newest = rpc.one("eth_getBlockByNumber", "latest", False)
    peers, pool = rpc.one("net_peerCount"), rpc.one("txpool_status")
    with rpc.reading():
        return NodeLook(
            height=int(newest["number"], 16),
            time=int(newest["timestamp"], 16),
            peers=None if isinstance(peers, RpcError) else int(peers, 16),
            pool=None if isinstance(pool, RpcError) else sum(int(str(count), 0) for count in pool.values()),
        )
