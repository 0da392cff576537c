"""Who is in a network of several institutions, as all of them agreed: everything that its public files follow from.

Whoever has the same agreement makes the same files, so no member has to take a file of the first block on trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.network import join_request
from jamjar.network.approval import SignedApproval
from jamjar.network.join_request import SignedJoinRequest, check_address, check_name
from jamjar.network.signed_file import check_current

FORMAT: Final = "jamjar.members.1"
LEAST_VALIDATORS: Final = {"besu": 4, "geth": 3}
"""By engine: with fewer, one that is missing stops blocks, or on Besu one that lies decides."""
MOST_MEMBERS: Final = 100
MOST_BYTES: Final = 1 << 20
LONGEST_PERIOD: Final = 60
_FIELDS: Final = ("engine", "network", "chain_id", "version", "starts", "period", "validators")


@dataclass(frozen=True, slots=True)
class NetworkAgreement:
    """An agreement; every instance is one that a network can run by. Raises InvalidInput.

    engine             the consensus engine that every member runs
    network, chain_id  what join requests are for
    version            of the engine, the same at every member
    starts             Unix seconds of the first block
    period             seconds from one block to the next
    validators         the addresses that seal blocks from the first one on, ascending
    members            the join requests of all members, by address ascending
    """

    engine: str
    network: str
    chain_id: int
    version: str
    starts: int
    period: int
    validators: tuple[str, ...]
    members: tuple[SignedJoinRequest, ...]

    def __post_init__(self) -> None:
        check_name(self.network, "network")
        _check_version(self.version)
        _whole("chain id", self.chain_id, 1, 2**53 - 1)
        _whole("time of the first block", self.starts, 1, 2**40 - 1)
        _whole("period of the blocks", self.period, 1, LONGEST_PERIOD)
        ordered = sorted(self.members, key=lambda each: each.request.address.lower())
        object.__setattr__(self, "members", tuple(ordered))
        object.__setattr__(self, "validators", tuple(sorted(self.validators, key=str.lower)))
        if self.engine not in LEAST_VALIDATORS:
            names = " and ".join(LEAST_VALIDATORS)
            raise InvalidInput(f"Bundles are made for {names}, and not for {self.engine}; choose one with --engine.")
        if len(self.members) > MOST_MEMBERS:
            raise InvalidInput(f"The network has more than {MOST_MEMBERS} members; leave some out.")
        for each in self.members:
            self.check_meant(each)
        _check_together(self.members)
        least = LEAST_VALIDATORS[self.engine]
        if not least <= len(set(self.validators)) == len(self.validators) <= MOST_MEMBERS:
            raise InvalidInput(
                f"The network has not {least} to {MOST_MEMBERS} validators; with fewer, one that is missing "
                "or lies stops it, so find more members."
            )

    def check_meant(self, signed: SignedJoinRequest) -> None:
        """Raise InvalidInput for a request that is for another network."""
        request = signed.request
        if (request.network, request.chain_id) != (self.network, self.chain_id):
            raise InvalidInput(
                f"{request.title} is for {request.network} on chain {request.chain_id}, and not for "
                f"{self.network} on chain {self.chain_id}; ask for one for this network."
            )

    def to_json(self) -> str:
        """Return the content of `members.json`."""
        values = {name: getattr(self, name) for name in _FIELDS}
        members = [each.to_json() for each in self.members]
        return strict_json.dumps({"format": FORMAT, **values, "members": members}) + "\n"

    def joined(
        self, signed: SignedJoinRequest, approvals: Sequence[SignedApproval], genesis: bytes, now: int
    ) -> NetworkAgreement:
        """Return the agreement with one more member, or with a member's newer request in place of its older one.

        genesis  the digest of the first block's file, which approvals name
        Raises InvalidInput unless more than half of the members approve, each for this request and network.
        """
        self.check_candidate(signed, now)
        request, members = signed.request, {each.request.address: each for each in self.members}
        for each in approvals:
            each.approval.check(genesis, request, now)
        approvers = [each.approval.approver for each in approvals]
        for address in approvers:
            if address not in members:
                raise InvalidInput(f"{address} approves, and is no member's node; leave its approval out.")
            if approvers.count(address) > 1:
                raise InvalidInput(f"{members[address].request.name} approves twice; give each approval once.")
        needed = len(self.members) // 2 + 1
        if len(approvers) < needed:
            raise InvalidInput(f"{len(approvers)} members approve, and {needed} are needed; ask more of them.")
        rest = [each for each in self.members if each.request.address != request.address]
        return replace(self, members=(*rest, signed))

    def check_candidate(self, signed: SignedJoinRequest, now: int) -> None:
        """Raise InvalidInput for a request that cannot be approved: stale, doubled, or for another network."""
        request = signed.request
        self.check_meant(signed)
        check_current(f"{request.title}", request.signed_at, request.expires, now)
        rest = []
        for each in self.members:
            held = each.request
            if (held.address, held.name) != (request.address, request.name):
                rest.append(each)
            elif held.signed_at >= request.signed_at:
                raise InvalidInput(f"{request.title} is not newer than the one that is held; ask for a newer.")
        _check_together([*rest, signed])


def from_json(text: str, where: str) -> NetworkAgreement:
    """Read the content of `members.json`; raises InvalidInput, which names `where` it is from."""
    found = strict_json.fields(strict_json.loads(text, where, MOST_BYTES), where, "format", *_FIELDS, "members")
    if found["format"] != FORMAT:
        raise InvalidInput(f"{where} is not in the format {FORMAT}; make the network again, or update Jamjar.")
    validators, members = (strict_json.items(found[name], f"{where}: The {name}") for name in ("validators", "members"))
    return NetworkAgreement(
        **{name: found[name] for name in _FIELDS[:-1]},
        validators=tuple(check_address(each, "A validator") for each in validators),
        members=tuple(map(join_request.read, members)),
    )


def _check_together(members: Sequence[SignedJoinRequest]) -> None:
    """Raise InvalidInput where two members have one name, node, host and port, or account."""
    seen = dict[tuple[str, object], int]()
    for place, each in enumerate(members):
        request = each.request
        has: list[tuple[str, object]] = [
            ("name", request.name.casefold()),
            ("node", request.address),
            ("host and port", (request.host, request.port)),
            *(("account", account) for account in request.accounts),
        ]
        for what, value in has:
            other = seen.setdefault((what, value), place)
            if other != place:
                names = f"{members[other].request.name} and {request.name}"
                raise InvalidInput(f"{names} have the same {what}; ask one of them for another.")
    if not any(each.request.accounts for each in members):
        raise InvalidInput("No member names an account, so nobody could send anything; ask for requests with some.")


def _check_version(version: object) -> None:
    parts = version.split(".") if isinstance(version, str) else []
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise InvalidInput(f"The engine's version {version!a} is not three numbers such as 26.8.1; correct it.")


def _whole(what: str, value: object, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise InvalidInput(f"The {what} is not a whole number from {least} to {most}; correct it.")
