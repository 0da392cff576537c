"""The errors that Jamjar raises, each with one sentence: what is wrong; what to do."""


class JamjarError(Exception):
    """Base of every error this package raises on purpose."""


class InvalidInput(JamjarError, ValueError):
    """A value that cannot be accepted: nothing was made, recorded or changed."""


class InvalidBudget(InvalidInput):
    """A budget, one of its lines or its assessment period breaks a rule of the catalogue."""


class InvalidTerms(InvalidInput):
    """The terms of a consent are incomplete, contradictory or name a refused purpose."""


class InvalidSignature(InvalidInput):
    """A signature or key has the wrong form, or was not made by the key it claims."""


class OutsideScope(InvalidInput):
    """A disclosure asks for more than the terms of its consent allow."""


class VerificationFailed(JamjarError):
    """A disclosure does not match what was committed or granted: do not rely on it."""


class PackagesMissing(JamjarError):
    """Packages of an extra are needed, and are not installed."""

    def __init__(self, whose: str, extra: str) -> None:
        super().__init__(
            f"This needs {whose} packages; install them with Jamjar's wheel: pip install 'FILE.whl[{extra}]'."
        )


class VaultError(JamjarError):
    """An operation on the claimant's vault failed; a change begun was not made."""


class WrongPassphrase(VaultError):
    """The passphrase does not open the vault."""


class VaultDamaged(VaultError):
    """The stored data is not what a vault wrote: do not rely on any of it."""


class VaultTooNew(VaultError):
    """A newer version of this program wrote the vault."""


class VaultExists(VaultError):
    """The place for a new vault or backup is taken."""


class VaultBusy(VaultError):
    """Another program has the vault open."""


class VaultFull(VaultError):
    """The storage has no room."""


class VaultUnavailable(VaultError):
    """There is no vault at this place, or it cannot be reached, read or written."""


class LedgerError(JamjarError):
    """An operation on the ledger failed."""


class NodeUnavailable(LedgerError):
    """The node did not answer, or answered with something that is not JSON-RPC."""


class NodeAnswerInvalid(NodeUnavailable):
    """The node answered, and its answer makes no sense."""


class AnswerTooLarge(NodeAnswerInvalid):
    """The node's answer is larger than is read; ask it for less at once."""


class DeploymentError(LedgerError):
    """The deployment file and the chain do not match, or the file is unreadable."""


class NotYet(LedgerError):
    """The ledger, as this node shows it, does not take a message yet, and may later: the message still waits."""


class Rejected(LedgerError):
    """A contract refused the call.

    `name` and `arguments` are those of its custom error; `advice` is a sentence: what is wrong; what to do.
    """

    def __init__(self, name: str, arguments: tuple[object, ...], advice: str) -> None:
        self.name = name
        self.arguments = arguments
        self.advice = advice
        super().__init__(f"{name}({', '.join(map(str, arguments))}): {advice}")
