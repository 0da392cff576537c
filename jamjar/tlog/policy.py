"""The signatures that a checkpoint needs (C2SP tlog-policy): of one of these logs, and of k of these n witnesses.

    log <key>
    witness <name> <key>
    group <name> <k, any or all> <name> ...
    quorum <name>

Keys are as in `jamjar.tlog.note`, a witness's of type 4 or 6: a quorum of keys of type 6 alone demands ML-DSA-44, which
a quantum computer is not known to forge. A url may follow a key; a line that starts with # is a comment. A name stands
for one thing, is defined before it is used, and is in one group at most. Stricter than the standard in two points: a
policy that demands no witness is invalid, as a log could then show two people two records unnoticed; so is one that
names logs of different events, such as one of members beside another.

A log whose name ends in "/members" has the events of members alone, so that a phone can read it whole. Its checkpoint
would meet the other's policy, too, if one policy named both, and who served it instead would hide all consents. One
whose name ends in "/modules" has the events of the members' registry of modules, and of the contracts it admitted.

Warning: where k is not more than half of n, a log can have two records cosigned by different witnesses, all honest.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.note import COSIGNING, LOG, Note, Verifier, read_note, read_verifier

MAX_BYTES: Final = 64 * 1024
"""Of a policy's text."""
MOST_GROUPS: Final = 64
"""Of one policy."""
OF_MEMBERS: Final = "/members"
"""The end of the name of a log that has the events of members alone."""
OF_MODULES: Final = "/modules"
"""The end of the name of a log that has the events of modules alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses or groups, by name, of which `least` must have cosigned."""

    least: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifiedCheckpoint:
    """A checkpoint that meets a policy: its note, the log's key, and when each witness cosigned, by name."""

    checkpoint: Checkpoint
    note: Note
    log: Verifier
    cosigned: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy, made by `read_policy`, which checks it; `urls` has the witnesses' addresses where they are given."""

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Verifier]
    groups: Mapping[str, Group]
    quorum: str
    urls: Mapping[str, str]

    def check(self, text: str) -> VerifiedCheckpoint:
        """Return the checkpoint in a signed note, if it meets the policy.

        Raises InvalidInput for anything else, and VerificationFailed when a signature in a known name is false, when
        none of the logs signed, or too few witnesses did.
        """
        signed = self.check_log(text)
        if not self.is_met(signed.cosigned):
            missing = ", ".join(name for name in self.witnesses if name not in signed.cosigned)
            raise VerificationFailed(
                f"Too few witnesses cosigned the checkpoint (missing: {missing}); ask for one with more cosignatures."
            )
        return signed

    def check_log(self, text: str) -> VerifiedCheckpoint:
        """Return the checkpoint in a note that a log signed; raises as `check`, but not for too few cosignatures."""
        note = read_note(text)
        checkpoint = read_checkpoint(note.text)
        signed = note.verified((*self.logs, *self.witnesses.values()))
        log = next((log for log in self.logs if log in signed and log.name == checkpoint.origin), None)
        if log is None:
            raise VerificationFailed("No log of the policy signed the checkpoint; do not rely on it.")
        times = {name: signed.get(witness) for name, witness in self.witnesses.items()}
        return VerifiedCheckpoint(
            checkpoint, note, log, {name: time for name, time in times.items() if time is not None}
        )

    def is_met(self, cosigned: Container[str]) -> bool:
        """Return whether these witnesses, by name, meet the quorum."""
        return self._cosigned(self.quorum, cosigned)

    def _cosigned(self, name: str, cosigned: Container[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._cosigned(each, cosigned) for each in group.names) >= group.least


def read_policy(text: str) -> Policy:
    """Return the policy in a text; raises InvalidInput, which names the line, for anything else."""
    logs, witnesses, groups, quorum = list[Verifier](), dict[str, Verifier](), dict[str, Group](), ""
    urls = dict[str, str]()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if not words or words[0].startswith("#"):
            continue
        known = {*witnesses, *groups}
        match words:
            case ["log", key, *url] if len(url) <= 1:
                logs.append(_key(number, key, (LOG,), (*logs, *witnesses.values())))
            case ["witness", name, key, *url] if len(url) <= 1 and _is_new(name, known):
                witnesses[name] = _key(number, key, COSIGNING, (*logs, *witnesses.values()))
                urls.update((name, each) for each in url)
            case ["group", name, least, *names] if names and _is_new(name, known):
                groups[name] = _group(number, least, names, known, groups)
            case ["quorum", name] if name in known and not quorum:
                quorum = name
            case _:
                raise InvalidInput(f"Line {number} of the policy is not understood; define each name once, before use.")
    if not logs or not quorum:
        raise InvalidInput("The policy names no log or demands no witness, so it proves nothing; complete it.")
    if len({(is_of_members(log.name), is_of_modules(log.name)) for log in logs}) > 1:
        raise InvalidInput("The policy names a log of members or modules beside another; write a policy for each.")
    return Policy(tuple(logs), witnesses, groups, quorum, urls)


def is_of_members(log: str) -> bool:
    """Return whether a log, by its name, has the events of members alone."""
    return log.endswith(OF_MEMBERS)


def is_of_modules(log: str) -> bool:
    """Return whether a log, by its name, has the events of modules alone."""
    return log.endswith(OF_MODULES)


def _is_new(name: str, known: set[str]) -> bool:
    return name not in known and name != "none"


def _key(number: int, key: str, kinds: tuple[int, ...], before: tuple[Verifier, ...]) -> Verifier:
    verifier = read_verifier(key)
    if verifier.kind not in kinds or any(verifier.key == each.key for each in before):
        raise InvalidInput(f"The key in line {number} of the policy is of the wrong kind, or used twice; correct it.")
    return verifier


def _group(number: int, least: str, names: list[str], known: set[str], groups: Mapping[str, Group]) -> Group:
    used = {name for group in groups.values() for name in group.names}
    count = {"any": "1", "all": str(len(names))}.get(least, least)
    fits = count in map(str, range(1, len(names) + 1))
    if not fits or len(groups) == MOST_GROUPS or len(set(names)) != len(names) or not set(names) <= known - used:
        raise InvalidInput(f"The group in line {number} of the policy cannot be met; correct its number or names.")
    return Group(int(count), tuple(names))
