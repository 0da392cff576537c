"""The errors Jamjar raises, each a sentence that says what is wrong and what to do next."""


class JamjarError(Exception):
    """Base of every error this package raises on purpose."""


class InvalidInput(JamjarError, ValueError):
    """A value that cannot be accepted as it stands: nothing was made, recorded or changed."""


class InvalidBudget(InvalidInput):
    """A budget, a line of one or its assessment period breaks a rule of the catalogue."""


class InvalidTerms(InvalidInput):
    """The terms of a consent are incomplete, contradictory or name a refused purpose."""


class InvalidSignature(InvalidInput):
    """A signature or key has the wrong form, or was not made by the key it claims."""


class OutsideScope(InvalidInput):
    """A disclosure asks for more than the terms of its consent allow."""


class VerificationFailed(JamjarError):
    """What was shown does not open to what was committed: do not rely on it."""


class PackagesMissing(JamjarError):
    """Packages of an extra are needed, and are not installed."""

    def __init__(self, whose: str, extra: str) -> None:
        super().__init__(f"This needs {whose} packages; install them with pip install 'jamjar[{extra}]'.")


class VaultError(JamjarError):
    """Something between this program and the claimant's vault went wrong; a change begun was not made."""


class WrongPassphrase(VaultError):
    """The passphrase does not open the vault."""


class VaultDamaged(VaultError):
    """What is stored is not what a vault wrote there: do not rely on any of it."""


class VaultTooNew(VaultError):
    """A newer version of this program wrote the vault."""


class VaultExists(VaultError):
    """Something is already where a new vault or backup should go."""


class VaultBusy(VaultError):
    """Another program has the vault open."""


class VaultFull(VaultError):
    """The storage has no room."""


class VaultUnavailable(VaultError):
    """There is no vault there, or it cannot be reached, read or written."""


class LedgerError(JamjarError):
    """Something between this program and the record on the ledger went wrong."""


class NodeUnavailable(LedgerError):
    """The node did not answer, or answered with something that is not JSON-RPC."""


class NodeAnswerInvalid(NodeUnavailable):
    """The node answered, and its answer makes no sense."""


class AnswerTooLarge(NodeAnswerInvalid):
    """The node's answer is larger than is read; ask it for less at once."""


class DeploymentError(LedgerError):
    """The deployment file and the chain do not fit each other."""


class Rejected(LedgerError):
    """A contract refused the call; `name` and `arguments` are its custom error's."""

    def __init__(self, name: str, arguments: tuple[object, ...], advice: str) -> None:
        self.name = name
        self.arguments = arguments
        self.advice = advice
        super().__init__(f"{name}({', '.join(map(str, arguments))}): {advice}")
