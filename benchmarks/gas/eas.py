"""The Ethereum Attestation Service as its npm package ships it, deployed with schemas for what Jamjar records.

The bytecode is the package's own. Only the resolver, benchmarks/ConsentResolver.sol, is compiled here, with the
settings of brownie-config.yaml, so that it is optimised like Jamjar's own contracts.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from eth_account.signers.local import LocalAccount

from benchmarks.gas.own_contract import own_contract
from tools.compilation import ROOT

ARTIFACTS: Final = ROOT / "node_modules/@ethereum-attestation-service/eas-contracts/artifacts/contracts"
NOBODY: Final = "0x" + "0" * 40
EMPTY: Final = bytes(32)
BLOCK_GAS: Final = 30_000_000
_TYPES: Final = {
    "Attest": "address attester,bytes32 schema,address recipient,uint64 expirationTime,bool revocable,bytes32 refUID,"
    "bytes data,uint256 value,uint256 nonce,uint64 deadline",
    "Revoke": "address revoker,bytes32 schema,bytes32 uid,uint256 value,uint256 nonce,uint64 deadline",
}


@dataclass(frozen=True, slots=True)
class Attestation:
    """An attestation of 32 bytes under a schema; `consent` is the UID that it refers to, `expires` in Unix seconds."""

    schema: bytes
    data: bytes
    consent: bytes = EMPTY
    recipient: str = NOBODY
    expires: int = 0
    revocable: bool = False

    def request(self) -> tuple[Any, ...]:
        """Return EAS's AttestationRequestData."""
        return self.recipient, self.expires, self.revocable, self.consent, self.data, 0


class Eas:
    """EAS with its schema registry, the resolver twice, and five schemas; calls return the transaction's receipt."""

    def __init__(self, web3: Any, deployer: str) -> None:
        self.web3 = web3
        self._deployer = deployer
        self._registry = self._deploy(_shipped("SchemaRegistry"))
        self.eas = self._deploy(_shipped("EAS"), self._registry.address)
        self.consent = self.register("bytes32 terms", NOBODY, revocable=True)
        self.commitment = self.register("bytes32 root", self._resolver(by_recipient=False))
        self.use = self.register("bytes32 root", self._resolver(by_recipient=True))
        self.unchecked = self.register("bytes32 root", NOBODY)
        self.revocable = self.register("bytes32 root", NOBODY, revocable=True)

    def register(self, schema: str, resolver: str, *, revocable: bool = False) -> bytes:
        """Register a schema, with NOBODY for no resolver, and return its UID."""
        receipt = self.send(self._registry.functions.register(schema, resolver, revocable), self._deployer)
        (event,) = self._registry.events.Registered().process_receipt(receipt)
        return bytes(event["args"]["uid"])

    # ------------------------------------------------------------------ calls, by the cheapest entry point

    def attest(self, attestations: Sequence[Attestation], by: str) -> Any:
        """Attest from an account, all under the schema of the first."""
        schema, data = attestations[0].schema, [each.request() for each in attestations]
        if len(data) == 1:
            return self.send(self.eas.functions.attest((schema, data[0])), by)
        return self.send(self.eas.functions.multiAttest([(schema, data)]), by)

    def attest_signed(self, keys: Sequence[LocalAccount], attestations: Sequence[Attestation], carrier: str) -> Any:
        """Attest by delegation, each attestation signed by its own key, without a deadline."""
        pairs = list(zip(keys, attestations, strict=True))
        if len(pairs) == 1:
            ((key, made),) = pairs
            asked = made.schema, made.request(), self._signed_attestation(key, made), key.address, 0
            return self.send(self.eas.functions.attestByDelegation(asked), carrier)
        groups = [
            (made.schema, [made.request()], [self._signed_attestation(key, made)], key.address, 0)
            for key, made in pairs
        ]
        return self.send(self.eas.functions.multiAttestByDelegation(groups), carrier)

    def revoke(self, schema: bytes, uids: Sequence[bytes], by: str) -> Any:
        """Revoke from the account that attested."""
        data = [(uid, 0) for uid in uids]
        if len(data) == 1:
            return self.send(self.eas.functions.revoke((schema, data[0])), by)
        return self.send(self.eas.functions.multiRevoke([(schema, data)]), by)

    def revoke_signed(self, keys: Sequence[LocalAccount], schema: bytes, uids: Sequence[bytes], carrier: str) -> Any:
        """Revoke by delegation, each revocation signed by its own key, without a deadline."""
        pairs = list(zip(keys, uids, strict=True))
        if len(pairs) == 1:
            ((key, uid),) = pairs
            asked = schema, (uid, 0), self._signed_revocation(key, schema, uid), key.address, 0
            return self.send(self.eas.functions.revokeByDelegation(asked), carrier)
        groups = [
            (schema, [(uid, 0)], [self._signed_revocation(key, schema, uid)], key.address, 0) for key, uid in pairs
        ]
        return self.send(self.eas.functions.multiRevokeByDelegation(groups), carrier)

    def timestamp(self, root: bytes, by: str) -> Any:
        """Timestamp a root with this block's time, without a signature or a consent."""
        return self.send(self.eas.functions.timestamp(root), by)

    def uids(self, receipt: Any) -> list[bytes]:
        """Return the UIDs of a transaction's attestations, in order."""
        return [bytes(event["args"]["uid"]) for event in self.eas.events.Attested().process_receipt(receipt)]

    def send(self, call: Any, by: str) -> Any:
        """Send a call, a second after the block before, and return its receipt; raises RuntimeError when it reverts."""
        time = self.web3.eth.get_block("latest")["timestamp"] + 1
        answer = self.web3.provider.make_request("evm_setNextBlockTimestamp", [time])
        if "error" in answer:
            raise RuntimeError(
                "The node is not Anvil, on which gas is measured; stop the node on its port and run this again."
            )
        sent = call.transact({"from": by, "gas": BLOCK_GAS, "gasPrice": 0})
        receipt = self.web3.eth.wait_for_transaction_receipt(sent)
        if receipt["status"] != 1:
            raise RuntimeError(
                "EAS reverted: the consent is not live, or not for the attester; correct the order of calls."
            )
        return receipt

    # ------------------------------------------------------------------ signing, EIP-712

    def _signed_attestation(self, key: LocalAccount, made: Attestation) -> tuple[int, bytes, bytes]:
        names = ("recipient", "expirationTime", "revocable", "refUID", "data", "value")
        fields = dict(zip(names, made.request(), strict=True))
        return self._signed(key, "Attest", {"attester": key.address, "schema": made.schema, **fields})

    def _signed_revocation(self, key: LocalAccount, schema: bytes, uid: bytes) -> tuple[int, bytes, bytes]:
        return self._signed(key, "Revoke", {"revoker": key.address, "schema": schema, "uid": uid, "value": 0})

    def _signed(self, key: LocalAccount, kind: str, message: dict[str, Any]) -> tuple[int, bytes, bytes]:
        nonce = self.eas.functions.getNonce(key.address).call()
        domain = {
            "name": "EAS",
            "version": "1.4.0",
            "chainId": self.web3.eth.chain_id,
            "verifyingContract": self.eas.address,
        }
        fields = [field.split() for field in _TYPES[kind].split(",")]
        types = {kind: [{"name": name, "type": type_} for type_, name in fields]}
        signed = key.sign_typed_data(domain, types, {**message, "nonce": nonce, "deadline": 0})
        return signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")

    # ------------------------------------------------------------------ set-up

    def _deploy(self, artifact: tuple[Any, str], *arguments: Any) -> Any:
        abi, code = artifact
        made = self.web3.eth.contract(abi=abi, bytecode=code).constructor(*arguments)
        return self.web3.eth.contract(self.send(made, self._deployer)["contractAddress"], abi=abi)

    def _resolver(self, *, by_recipient: bool) -> str:
        return str(self._deploy(own_contract("ConsentResolver"), self.eas.address, self.consent, by_recipient).address)


def _shipped(name: str) -> tuple[Any, str]:
    path = ARTIFACTS / f"{name}.sol" / f"{name}.json"
    if not path.exists():
        raise SystemExit("The package of EAS is not installed; run `npm ci`.")
    artifact = json.loads(path.read_text(encoding="utf-8"))
    return artifact["abi"], artifact["bytecode"]
