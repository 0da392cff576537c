"""The command that carries signed messages from files, and panic cards, also typed from paper."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output, token_options, tokens
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.encoding import base32, strict_json
from jamjar.errors import InvalidInput, JamjarError, LedgerError, Rejected
from jamjar.protocol.typed_data import Domain, Grant, Withdraw

if TYPE_CHECKING:
    from jamjar.ledger.epoch_keys import EpochKeys
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.transacting import Sender
    from jamjar.protocol.signing import SignedMessage
    from jamjar.protocol.token import Token

_LARGEST = 1 << 20
_TERMINAL = Path("-")


def carry(
    account: options.AccountName,
    messages: Annotated[
        list[Path] | None, typer.Argument(help="Signed messages, or panic cards: JSON files.", show_default=False)
    ] = None,
    typed: Annotated[
        Path | None,
        typer.Option(help="Boxes of a panic card, typed or scanned into this text file; - to type one now."),
    ] = None,
    password_file: options.PasswordFile = None,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
    admitter: token_options.Admitters = None,
    publish: Annotated[
        Path | None, typer.Option(help="Add the tokens of the grants that it carried to this list, beside the log.")
    ] = None,
) -> None:
    """Carry signed messages to the ledger. Anyone may; a grant needs an account of an active member."""
    if not messages and typed is None:
        raise InvalidInput("No file is named; name one, or --typed FILE or --typed - for a panic card on paper.")
    if publish is not None and not admitter:
        raise InvalidInput("Tokens that nobody verified are not published; name who admits with --admitter.")
    ledger = Locations("", None, deployment, node).ledger()
    # All files are read first, so that a damaged one stops the command before anything is carried.
    admitting = _Admitting(ledger, admitter or [])
    found = [each for file in messages or [] for each in _read(file, ledger)]
    if typed is not None:
        found += [(signed, None) for signed in _read_typed(typed, ledger)]
    sender = options.account(account, password_file)
    # A grant that is not vouched for stops nothing else, and above all no withdrawal.
    done = [admitting.takes(signed, token) and _carried(signed, ledger, sender) for signed, token in found]
    if publish is not None:
        grants = [token for (signed, token), was in zip(found, done, strict=True) if was and _is_grant(signed)]
        tokens.publish(publish, [token for token in grants if token is not None])
    raise typer.Exit(0 if all(done) else 1)


def _is_grant(signed: SignedMessage) -> bool:
    return isinstance(signed.message, Grant)


class _Admitting:
    """Which grants are carried, where members are named that must vouch for them; their keys are read when needed."""

    def __init__(self, ledger: Ledger, admitters: Sequence[int]) -> None:
        self._ledger, self._admitters = ledger, admitters
        self._keys: EpochKeys | None = None

    def takes(self, signed: SignedMessage, token: Token | None) -> bool:
        """Return whether a message may be carried: a grant if one of them vouches for it, all else whatever comes."""
        from jamjar.ledger.epoch_keys import EpochKeys
        from jamjar.protocol.vouched import why_not

        if not self._admitters or not isinstance(signed.message, Grant):
            return True
        self._keys = self._keys or EpochKeys(lambda: self._ledger, self._admitters, time.monotonic)
        try:
            why = why_not(signed.message, token, self._ledger.deployment, self._keys.find)
        except LedgerError as error:
            why = str(error)
        if why:
            output.print_error(f"Grant of {signed.message.consent} was not carried. {why}")
        return not why


def _read(file: Path, ledger: Ledger) -> list[tuple[SignedMessage, Token | None]]:
    from jamjar.protocol import vouched
    from jamjar.protocol.panic_card import Card

    text = files.text(file, "signed message or card", _LARGEST)
    try:
        if isinstance(found := strict_json.loads(text, "It", _LARGEST), dict) and "withdrawals" in found:
            card = Card.from_json(text)
            return [(_here(signed, card.domain, ledger), None) for signed in card.withdrawals]
        signed, domain, token = vouched.read(text)
        return [(_here(signed, domain, ledger), token)]
    except InvalidInput as error:
        raise InvalidInput(f"Nothing was carried because of {file}. {error}") from error


def _here(signed: SignedMessage, domain: Domain, ledger: Ledger) -> SignedMessage:
    if domain != ledger.deployment.domain_of(type(signed.message)):
        raise InvalidInput("It is for another ledger; use that one's deployment file and node.")
    return signed


def _read_typed(file: Path, ledger: Ledger) -> list[SignedMessage]:
    """Read withdrawals typed from paper: eight lines each, or one scanned line."""
    from jamjar.protocol import panic_card
    from jamjar.protocol.signing import SignedMessage

    lines = list(_typed_now()) if file == _TERMINAL else files.text(file, "text from a panic card").splitlines()
    boxes, found = _boxes(lines), list[SignedMessage]()
    for number, box in enumerate(boxes, 1):
        try:
            found.append(panic_card.from_text(box, ledger.deployment.domain_of(Withdraw)))
        except InvalidInput as error:
            raise InvalidInput(f"Nothing was carried because of box {number} of {len(boxes)}. {error}") from error
    if not found:
        raise InvalidInput("No line was typed, so nothing was carried; type the eight lines of a box.")
    return found


def _boxes(lines: list[str]) -> list[str]:
    from jamjar.protocol.panic_card import SCANNED

    boxes, open_box = list[str](), list[str]()
    for line in filter(str.strip, lines):
        if line.strip().startswith(SCANNED):
            boxes.append(line.strip())
            continue
        open_box.append(line)
        if len(open_box) == base32.LINES:
            boxes.append("\n".join(open_box))
            open_box = []
    return [*boxes, *(["\n".join(open_box)] if open_box else [])]


def _typed_now() -> Iterator[str]:
    """Yield the lines of one box from the terminal, or all of a pipe; a mistyped line is asked for again."""
    from jamjar.protocol.panic_card import SCANNED

    if not sys.stdin.isatty():
        yield from sys.stdin.read(_LARGEST).splitlines()
        return
    right = list[str]()
    while len(right) < base32.LINES:
        line = typer.prompt(f"Line {len(right) + 1} of the box", err=True).strip()
        if line.startswith(SCANNED):
            yield line
            return
        if problem := _mistyped([*right, line]):
            typer.echo(problem, err=True)
        else:
            right.append(line)
    yield from right


def _mistyped(lines: list[str]) -> str:
    try:
        base32.read("\n".join(lines))
    except JamjarError as error:
        return str(error) if str(error).startswith("Line ") else ""  # otherwise not all lines are typed yet
    return ""


def _carried(signed: SignedMessage, ledger: Ledger, sender: Sender) -> bool:
    from jamjar.ledger.carried import is_carried
    from jamjar.ledger.not_yet import may_pass, not_yet

    what = f"{type(signed.message).__name__} of {signed.message.consent}"
    try:
        receipt = ledger.carry(signed, sender)
    except Rejected as error:
        if is_carried(signed, ledger):
            typer.echo(f"{what}: on the ledger already.")
            return True
        if may_pass(error.name, error.arguments):
            output.print_error(f"{what} was not recorded yet: carry it again. {not_yet(error, ledger)}")
        else:
            output.print_error(f"{what} was refused. {error}")
        return False
    typer.echo(f"{what}: recorded in block {receipt.block}.")
    return True
