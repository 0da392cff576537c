"""Transactions of an account: priced, signed here or by the node, and waited for."""

from typing import Any, Final, TypeAlias

from eth_account.signers.local import LocalAccount
from web3 import Web3

from jamjar.ledger.rpc import ask, of_any_engine

Sender: TypeAlias = LocalAccount | str
"""An account: one that signs here, or an address whose key the node holds."""

CONFIRM_SECONDS: Final = 60


def address_of(sender: Sender) -> str:
    """Return an account's address, with the EIP-55 checksum."""
    return sender.address if isinstance(sender, LocalAccount) else sender


def created_by(receipt: Any) -> tuple[str, int]:
    """Return the address (EIP-55) and block of what a creation made, an empty address where it failed.

    Raises NodeUnavailable for a receipt that has another form.
    """
    return ask(
        lambda: (
            str(Web3.to_checksum_address(receipt["contractAddress"])) if receipt["status"] == 1 else "",
            int(receipt["blockNumber"]),
        )
    )


def transact(web3: Web3, sender: Sender, call: Any, *, spare_gas: int, nonce: int | None = None) -> Any:
    """Send a call or a creation from an account, and return its receipt once it is mined, successful or not.

    spare_gas  gas sent beyond the estimate
    nonce      the transaction's number; None for the account's next
    """
    address, eth = address_of(sender), of_any_engine(web3).eth
    fields: dict[str, Any] = {"from": address, "gasPrice": ask(lambda: eth.gas_price)}
    most = ask(lambda: int(eth.get_block("latest")["gasLimit"]))
    fields["gas"] = min(most, ask(lambda: int(call.estimate_gas({"from": address}))) + spare_gas)
    if nonce is not None:
        fields["nonce"] = nonce
    if not isinstance(sender, LocalAccount):
        digest = ask(lambda: call.transact(fields))
    else:
        fields["chainId"] = ask(lambda: eth.chain_id)
        if nonce is None:
            fields["nonce"] = ask(lambda: eth.get_transaction_count(sender.address, "pending"))
        raw = sender.sign_transaction(call.build_transaction(fields)).raw_transaction
        digest = ask(lambda: eth.send_raw_transaction(raw))
    return ask(lambda: eth.wait_for_transaction_receipt(digest, CONFIRM_SECONDS, 0.02))
