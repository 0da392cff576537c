"""The events of modules on the ledger, for a log of their own: of their registry and of their contracts."""

from collections.abc import Iterator

from jamjar.errors import LedgerError
from jamjar.ledger.module_registry import CONTRACT, RegistryPlace
from jamjar.protocol.abi import abi_of
from jamjar.protocol.address import checksum_address
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.foreign_events import decoded
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource


class ModuleSource(LedgerSource):
    """The events of the registry, and of each contract from its first admission on, also after it was dismissed.

    So which events a log of modules has follows from the ledger alone. Raises as LedgerSource, and LedgerError for
    an event that no registry emits.
    """

    def __init__(self, url: str, deployment: Deployment, depth: int, registry: RegistryPlace) -> None:
        """Connect to a node; `registry` is one of the deployment's members, as `contract_of` makes sure."""
        super().__init__(url, deployment, depth)
        self._registry, self._known = registry, registry.block - 1
        self._admitted = dict[bytes, tuple[int, int]]()

    @property
    def first(self) -> int:
        """The block of the registry."""
        return self._registry.block

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        """Yield the events of these blocks, in the order of block and index."""
        self._follow(last)
        registry, contracts = self._registry.address, map(checksum_address, self._admitted)
        for event in self.events_of([registry, *contracts], first, last):
            admitted = self._admitted.get(event.contract)
            if admitted is None or admitted < event.place:
                yield event

    def _follow(self, last: int) -> None:
        """Read which contracts were admitted by a block, from where it was read before."""
        for event in self.events_of([self._registry.address], self._known + 1, last):
            found = decoded(abi_of(CONTRACT), event.topics, event.data)
            if found is None:
                raise LedgerError("The node's events of the registry make no sense; ask another node.")
            if target := str(found.arguments.get("target", "")):
                self._admitted.setdefault(bytes.fromhex(target[2:]), event.place)
        self._known = max(self._known, last)
