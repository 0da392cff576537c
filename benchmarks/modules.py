"""Measures what a year of each module costs at a national size, in gas and in bytes that every node keeps.

python -m benchmarks.modules             print it
python -m benchmarks.modules --write     write it into docs/modules.md, between the marks

What the core records is measured in batches of 100, as relayers send it; a module's own calls as its story makes them.
How many people, and what each does in a year, are assumptions of national_year.py, which the table repeats.
"""

import argparse
import json
import secrets
import sys
from collections import defaultdict
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.national_year import YEARS, Cost, Year
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.abi import signature
from jamjar.protocol.typed_data import Commit, Withdraw
from jamjar.sandbox.consortium import consortium
from jamjar.sandbox.local_chain import BATCH, LocalChain, local_chain
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.sample_chain import SampleChain
from tools.marked_page import MarkedPage

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = MarkedPage(ROOT / "docs" / "modules.md", "<!-- produced by benchmarks/modules.py -->\n", "<!-- end -->")
GAS_A_SECOND: Final = 30_000_000
"""Of blocks of this much gas, one each second."""
GIB: Final = 2**30


class Silent:
    """A narrator that says nothing: the story is played for what it records."""

    def __getattr__(self, name: str) -> Any:
        """Return what does nothing, but tries what is to be refused."""

        def act(*given: Any) -> None:
            if name == "refused":
                try:
                    given[1]()
                except Exception:
                    return

        return act


def core() -> dict[str, Cost]:
    """Return the cost of one item of each kind that consents need, in batches of 100."""
    with local_chain() as chain:
        keys = chain.keys(BATCH)
        found = {"grant": _cost(chain, lambda: chain.carry(*(chain.grant_to_adviser(key) for key in keys)))}
        chain.wait_until(chain.now() + 3600)
        first, second = ({key.address: secrets.token_bytes(32) for key in keys} for _ in range(2))

        def commit(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
            chain.carry(*(chain.signed(k, Commit(k.address, new[k.address], old[k.address])) for k in keys))

        found["commit"] = _cost(chain, lambda: commit(dict.fromkeys(first, bytes(32)), first))
        found["commit again"] = _cost(chain, lambda: commit(first, second))
        uses = [(address, root) for address, root in second.items()]
        found["use"] = _cost(chain, lambda: chain.send(chain.accounts[2], "ConsentRegistry", "useBatch", uses))
        ends = [chain.signed(key, Withdraw(key.address)) for key in keys]
        found["withdraw"] = _cost(chain, lambda: chain.carry(*ends))
    return found


def _cost(chain: LocalChain, act: Any) -> Cost:
    before = chain.node.height()
    act()
    found = [_block(chain, number) for number in range(before + 1, chain.node.height() + 1)]
    return Cost(sum(gas for gas, _ in found) / BATCH, sum(size for _, size in found) / BATCH)


def _block(chain: LocalChain | SampleChain, number: int) -> tuple[int, int]:
    """Return the gas of a block, and its bytes with those of its events."""
    block = chain.ask("eth_getBlockByNumber", hex(number), False)
    receipts = chain.ask("eth_getBlockReceipts", hex(number))
    logs = [log for receipt in receipts for log in receipt["logs"]]
    size = sum(20 + 32 * len(log["topics"]) + len(log["data"]) // 2 - 1 for log in logs)
    return int(block["gasUsed"], 16), int(block["size"], 16) + size


def own(name: str) -> dict[str, Cost]:
    """Return the mean cost of each function of a module's contract, as its story calls it; none without a contract."""
    folder, selectors = ROOT / "modules" / name, dict[str, str]()
    for artefact in folder.glob("*.json"):
        for entry in json.loads(artefact.read_text(encoding="utf-8")).get("abi", ()):
            if entry["type"] == "function":
                selectors["0x" + keccak256(signature(entry).encode())[:4].hex()] = entry["name"]
    found = defaultdict[str, list[Cost]](list)
    with consortium("anvil") as network:
        import_module(f"modules.{name}.story").play(network, Silent())
        for function, cost in _calls(network, selectors):
            found[function].append(cost)
    return {
        function: Cost(sum(each.gas for each in costs) / len(costs), sum(each.size for each in costs) / len(costs))
        for function, costs in found.items()
    }


def _calls(network: SampleNetwork, selectors: Mapping[str, str]) -> list[tuple[str, Cost]]:
    core = {at.address.lower() for at in network.deployment.contracts().values()}
    found = []
    for number in range(network.deployment.block, network.ledger.height() + 1):
        sent = network.chain.ask("eth_getBlockByNumber", hex(number), True)["transactions"]
        to, data = (sent[0]["to"] or "", sent[0]["input"]) if len(sent) == 1 else ("", "")
        if to and to.lower() not in core and data[:10] in selectors:
            gas, size = _block(network.chain, number)
            found.append((selectors[data[:10]], Cost(gas, size)))
    return found


def row(name: str, year: Year, costs: Mapping[str, Cost]) -> tuple[str, ...]:
    """Return a module's row: what is assumed, and what it costs."""
    per = [(times, costs[what]) for what, times in year.each.items()]
    gas, size = (sum(times * getattr(cost, part) for times, cost in per) for part in ("gas", "size"))
    share = year.people * gas / 365.25 / 86400 / GAS_A_SECOND
    does = ", ".join(f"{times:g} {what}" for what, times in year.each.items())
    total = f"{year.people * gas / 1e12:,.2f}"
    return (
        name,
        f"{year.people:,} {year.of}",
        does,
        f"{gas:,.0f}",
        total,
        f"{share:.1%}",
        f"{year.people * size / GIB:,.1f}",
    )


HEAD: Final = (
    "Module",
    "People",
    "Each does in a year",
    "Gas each",
    "Gas of all, 10^12",
    "Of the gas of a year",
    "GiB",
)


def main() -> int:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.modules", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the table into docs/modules.md")
    options = parser.parse_args()
    common = core()
    rows = [row(name, year, {**common, **own(name)}) for name, year in YEARS.items()]
    table = Table(*HEAD, title="A year of each module at a national size", title_justify="left")
    for each in rows:
        table.add_row(*each)
    Console(width=160).print(table)
    if options.write:
        lines = ["| " + " | ".join(each) + " |" for each in (HEAD, ("---",) * len(HEAD), *rows)]
        PAGE.write("\n" + "\n".join(lines) + "\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
