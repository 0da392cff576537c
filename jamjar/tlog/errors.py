"""Errors between a program and a log, or a witness of one."""

from jamjar.errors import JamjarError


class LogError(JamjarError):
    """Something between this program and a log, or a witness, went wrong."""


class LogUnavailable(LogError):
    """The files of a log, or a witness, cannot be reached, read or written."""


class LogDiffers(LogError):
    """The ledger no longer shows what the log has: nothing was published."""


class WitnessesMissing(LogError):
    """Too few witnesses cosigned: the new checkpoint is signed, but not published."""
