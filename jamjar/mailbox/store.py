"""The storage of a mailbox, in SQLite or PostgreSQL: packages, replies, spent uses, and recent nonces.

Every method is one transaction, on disk before it returns. So a mailbox that is killed at any moment has either
spent a use and may not have answered, or has not spent it: it never gives two keys for one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, union
from sqlalchemy.exc import IntegrityError

from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.package import Body, SealedPackage
from jamjar.disclosure.reply import SealedReply
from jamjar.mailbox.ledger_view import UseRecord
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.tables import METADATA, NONCES, PACKAGES, REPLIED_BY, REPLIES, SEALED_TO, SPENT
from jamjar.service.database import DatabaseUnavailable, is_sqlite, open_engine, transaction
from jamjar.service.refusal import refused


@dataclass(frozen=True, slots=True)
class Deposit:
    """The claimant's request that deposited a package, for the recipient to verify: time, nonce, digest, signature."""

    time: int
    nonce: bytes
    body: bytes
    signature: bytes = field(repr=False)


class MailboxStore:
    """One mailbox's database."""

    def __init__(self, url: str) -> None:
        """Open, and set up if new, `sqlite:///path` or `postgresql://...`; raises InvalidInput for others, Refused."""
        with _refusing():
            self._engine = open_engine(url, METADATA)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def remember(self, signer: str, nonce: bytes, *, forget_after: int, now: int) -> bool:
        """Store a signer's nonce until a time; return whether it is new."""
        self.forget_nonces(now)
        row = {"signer": signer, "nonce": nonce.hex(), "forget_after": forget_after}
        return self._insert(NONCES, row)

    def forget_nonces(self, now: int) -> None:
        """Delete the nonces that were stored until an earlier time."""
        with self._transaction() as connection:
            connection.execute(delete(NONCES).where(NONCES.c.forget_after < now))

    def put_package(self, package: SealedPackage, deposit: Deposit, *, each: int, member: int, most: int) -> bool:
        """Keep a package, and say whether it is new; raises Refused when there are too many.

        each, member, most  how many there may be of its consent, for its recipient, and in all
        """
        content = package.content
        row = {
            "id": package.id.hex(),
            "consent": content.consent,
            "root": content.root,
            "recipient": content.recipient,
            "body": content.body,
            "sealed_key": package.sealed_key,
            "deposit_body": deposit.body,
            "deposit_time": deposit.time,
            "deposit_nonce": deposit.nonce,
            "deposit_signature": deposit.signature,
        }
        shares = [(PACKAGES.c.consent == content.consent, each), (PACKAGES.c.recipient == content.recipient, member)]
        named = {"package": row["id"], "key_digest": content.sealed_to}
        return self._put(PACKAGES, row, shares, most, beside=(SEALED_TO, named) if content.sealed_to else None)

    def put_reply(self, reply: SealedReply, member: int, *, now: int, each: int, share: int, most: int) -> bool:
        """Store a member's reply, and return whether it is new; raises Refused when there are too many.

        each, share, most  how many there may be of its consent, of its member, and in all
        """
        row = {"id": reply.id.hex(), "consent": reply.consent, "reply": reply.to_bytes(), "stored_at": now}
        theirs = REPLIES.c.id.in_(select(REPLIED_BY.c.reply).where(REPLIED_BY.c.member == member))
        shares = [(REPLIES.c.consent == reply.consent, each), (theirs, share)]
        return self._put(REPLIES, row, shares, most, beside=(REPLIED_BY, {"reply": row["id"], "member": member}))

    def waiting(self, recipient: int) -> tuple[str, ...]:
        """Return the ids of a member's packages as hex, oldest first."""
        asked = select(PACKAGES.c.id).where(PACKAGES.c.recipient == recipient)
        return self._ids(asked.order_by(PACKAGES.c.deposit_time, PACKAGES.c.id))

    def package(self, name: str) -> tuple[Body, Deposit] | None:
        """Return a package without its key, by its id as hex, and its deposit; None for an unknown one."""
        with self._transaction() as connection:
            row = connection.execute(select(PACKAGES).where(PACKAGES.c.id == name)).mappings().first()
            named = connection.execute(select(SEALED_TO.c.key_digest).where(SEALED_TO.c.package == name)).scalar()
        if row is None:
            return None
        digest = keccak256(row["sealed_key"])
        body = Body(row["consent"], row["root"], row["recipient"], row["body"], digest, named or b"")
        came = (row[f"deposit_{part}"] for part in ("time", "nonce", "body", "signature"))
        return body, Deposit(*came)

    def spent(self, consent: str) -> frozenset[int]:
        """Return the numbers of a consent's uses that gave a key."""
        with self._transaction() as connection:
            rows = connection.execute(select(SPENT.c.number).where(SPENT.c.consent == consent))
            return frozenset(number for (number,) in rows)

    def spend(self, name: str, use: UseRecord, now: int) -> bytes | None:
        """Spend a use for a package's sealed key; None, with nothing spent, when either is no longer there."""
        row = {
            "consent": use.consent,
            "number": use.number,
            "package": name,
            "block": use.block,
            "transaction_hash": use.transaction,
            "log_index": use.index,
            "spent_at": now,
        }
        try:
            with self._transaction() as connection:
                asked = select(PACKAGES.c.sealed_key).where(PACKAGES.c.id == name)
                key: bytes | None = connection.execute(asked).scalar()
                if key is not None:
                    connection.execute(insert(SPENT), row)
        except IntegrityError:
            return None
        return key

    def replies(self, consent: str) -> tuple[str, ...]:
        """Return the ids of a consent's replies as hex, oldest first."""
        return self._ids(
            select(REPLIES.c.id).where(REPLIES.c.consent == consent).order_by(REPLIES.c.stored_at, REPLIES.c.id)
        )

    def reply(self, name: str) -> SealedReply | None:
        """Return a reply by its id as hex; None for an unknown one."""
        with self._transaction() as connection:
            data = connection.execute(select(REPLIES.c.reply).where(REPLIES.c.id == name)).scalar()
        return None if data is None else SealedReply.from_bytes(data)

    def delete_reply(self, name: str) -> None:
        """Delete a reply."""
        with self._transaction() as connection:
            _delete_replies(connection, REPLIES.c.id == name)

    def delete_replies_before(self, time: int) -> None:
        """Delete the replies that were stored before a time."""
        with self._transaction() as connection:
            _delete_replies(connection, REPLIES.c.stored_at < time)

    def delete_packages(self, consent: str) -> None:
        """Delete the packages of a consent. Its spent uses stay spent."""
        with self._transaction() as connection:
            _delete_packages(connection, consent)

    def holds(self, consent: str) -> bool:
        """Return whether anything is stored under a consent."""
        asked = (select(table.c.id).where(table.c.consent == consent) for table in (PACKAGES, REPLIES))
        return any(self._ids(each) for each in asked)

    def erase(self, consent: str) -> None:
        """Delete the packages and replies of a consent."""
        with self._transaction() as connection:
            _delete_packages(connection, consent)
            _delete_replies(connection, REPLIES.c.consent == consent)

    def consents(self) -> tuple[str, ...]:
        """Return the consents that have packages here, or uses that gave a key."""
        return self._ids(union(select(PACKAGES.c.consent), select(SPENT.c.consent)))

    def forget_spent(self, consent: str, before: int) -> None:
        """Delete a consent's uses that gave a key before a time: for one that has ended, and gives no key again."""
        with self._transaction() as connection:
            connection.execute(delete(SPENT).where(SPENT.c.consent == consent, SPENT.c.spent_at < before))

    def _ids(self, asked: Any) -> tuple[str, ...]:
        with self._transaction() as connection:
            return tuple(connection.execute(asked).scalars())

    def _put(
        self,
        table: Table,
        row: dict[str, Any],
        shares: Sequence[tuple[Any, int]],
        most: int,
        *,
        beside: tuple[Table, dict[str, Any]] | None,
    ) -> bool:
        """Store a row, and what is kept of it in another table, under the same id."""
        with self._transaction() as connection:
            if not is_sqlite(self._engine):  # SQLite has one writer at a time; here two could pass the count together
                connection.exec_driver_sql(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE")
            if connection.execute(select(table.c.id).where(table.c.id == row["id"])).first():
                return False
            count = select(func.count()).select_from(table)
            if any(connection.execute(count.where(of)).scalar_one() >= share for of, share in shares):
                raise refused(Code.TOO_MANY, "This consent, or its recipient, has too many here; delete some first.")
            if connection.execute(count).scalar_one() >= most:
                raise refused(Code.TOO_MANY, "The mailbox is full; tell its operator, or use another.")
            connection.execute(insert(table), row)
            if beside:
                other, named = beside
                connection.execute(delete(other).where(*(key == row["id"] for key in other.primary_key)))  # left over
                connection.execute(insert(other), named)
        return True

    def _insert(self, table: Table, row: dict[str, Any]) -> bool:
        try:
            with self._transaction() as connection:
                connection.execute(insert(table), row)
        except IntegrityError:
            return False
        return True

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _refusing(), transaction(self._engine) as connection:
            yield connection


def _delete_replies(connection: Connection, which: Any) -> None:
    connection.execute(delete(REPLIED_BY).where(REPLIED_BY.c.reply.in_(select(REPLIES.c.id).where(which))))
    connection.execute(delete(REPLIES).where(which))


def _delete_packages(connection: Connection, consent: str) -> None:
    mine = PACKAGES.c.consent == consent
    connection.execute(delete(SEALED_TO).where(SEALED_TO.c.package.in_(select(PACKAGES.c.id).where(mine))))
    connection.execute(delete(PACKAGES).where(mine))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except DatabaseUnavailable as error:
        raise refused(Code.STORE_UNAVAILABLE, str(error)) from None
