"""Who learns what of a showing: the issuer, two recipients that put together what they have, and anyone on the ledger.

When a set is shown          the issuer's node has nothing of the copy but that it was anchored
When two recipients compare  what they were given has nothing in common but issuer, contract and the values
When a stranger anchors      the contract refuses it; another member's root is its own
"""

import json
from itertools import count
from typing import Any
from urllib.request import Request, urlopen

import pytest

from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput, Rejected
from jamjar.sandbox.network import STRANGER, SampleNetwork

from .story import FIRST, ISSUER, NAME, SECOND, Scene

BORN = ["birthdate"]


@pytest.fixture
def scene(consortium: SampleNetwork) -> Scene:
    """Return the scene of the story."""
    return Scene(consortium)


def test_the_issuer_does_not_learn_where_it_was_shown(scene: Scene) -> None:
    holder = scene.enrol()
    known = [copy.tree for copy in holder.copies]
    after = scene.ledger.height() + 1
    consent = scene.consent(holder, FIRST, BORN)
    given = holder.present(consent, NAME, BORN)
    scene.verifier(FIRST).check(given, holder.wallet.disclose(consent, NAME))
    asked, made = scene.asks(holder, consent, FIRST)
    scene.verifier(FIRST).check_answer(given, asked, made)

    seen = recorded(scene.network, after)
    secret = {salt for tree in known for _, salt in [*tree.secrets.values(), *tree.texts.values()]}
    issued = {node for tree in known for node in tree.tree.nodes} | secret
    assert scene.ledger.head_of(consent).hex() in seen  # the search finds what is there
    assert [each for each in issued if each.hex() in seen] == []
    assert scene.registry.events(after) == ()


def test_two_recipients_have_nothing_to_compare(scene: Scene) -> None:
    holder = scene.enrol()
    consents = [scene.consent(holder, to, BORN) for to in (FIRST, SECOND)]
    had = []
    for consent, to in zip(consents, (FIRST, SECOND), strict=True):
        given = holder.present(consent, NAME, BORN)
        claims = sd_jwt.read(given, holder.copy_for(consent).key.public, "jamjar-presentation+jwt")
        _, made = scene.asks(holder, consent, to)
        shown = json.loads(holder.wallet.disclose(consent, NAME).to_json())
        had.append(
            set(words([claims, sd_jwt.header_of(given)["jwk"], shown["openings"], shown["texts"], shown["root"]]))
        )
        had[-1] |= set(words(json.loads(made.to_json())["proof"]))
    names = {f"jamjar.identification:{each}" for each in ("family_name", "birthdate", "holder")}
    assert had[0] & had[1] == names | {scene.registry.address, "Morgan", "EC", "P-256"}


def test_each_export_is_of_another_copy(scene: Scene) -> None:
    holder = scene.enrol()
    first, again, second = (holder.copy_for(each) for each in ("https://shop.example", "https://shop.example", "b"))
    assert first is again
    assert first.tree.root != second.tree.root
    with pytest.raises(InvalidInput, match="Every copy is another consent's"):
        holder.copy_for("c")


def test_a_stranger_anchors_nothing_and_a_member_its_own_alone(scene: Scene) -> None:
    holder = scene.enrol()
    send, read, key = scene.registry.send, scene.registry.read, scene.network.key
    root, free = holder.copies[0].tree.root, b"\7" * 32
    refused: list[tuple[int, str, tuple[Any, ...], str]] = [
        (STRANGER, "anchor", ([free], scene.until), "NotAnActiveMember"),
        (ISSUER, "anchor", ([free, root], scene.until), "RootAnchored"),
        (ISSUER, "anchor", ([free, free], scene.until), "RootAnchored"),
        (ISSUER, "anchor", ([free], scene.ledger.time() - 1), "ExpiryPassed"),
        (STRANGER, "revoke", ([root],), "RootUnknown"),
        (FIRST, "revoke", ([root],), "RootUnknown"),
        (ISSUER, "revoke", ([root, root],), "RootUnknown"),
    ]
    for member, function, arguments, name in refused:
        with pytest.raises(Rejected) as stopped:
            send(key(member), function, *arguments)
        assert stopped.value.name == name
    send(key(FIRST), "anchor", [root], scene.until)  # a copy of what stands on the ledger harms nobody
    send(key(FIRST), "revoke", [root])
    assert (read("isLive", FIRST, root), read("isLive", ISSUER, root)) == (False, True)
    send(key(ISSUER), "revoke", [root])
    with pytest.raises(Rejected):
        send(key(ISSUER), "anchor", [root], scene.until)


def recorded(network: SampleNetwork, first: int) -> str:
    """All that a node has of the blocks since `first`: transactions with their calldata, and logs."""
    number = count(1)

    def asked(method: str, *params: object) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": next(number), "method": method, "params": params}).encode()
        with urlopen(Request(network.url, body, {"Content-Type": "application/json"})) as answer:  # noqa: S310
            return json.load(answer)["result"]

    blocks = [asked("eth_getBlockByNumber", hex(at), True) for at in range(first, network.ledger.height() + 1)]
    return json.dumps([blocks, asked("eth_getLogs", {"fromBlock": hex(first), "toBlock": "latest"})])


def words(value: object) -> list[str]:
    """All texts in JSON, names included, that are long enough to tell anything."""
    if isinstance(value, dict):
        names = [name for name in value if ":" in name]
        return [*names, *(each for part in value.values() for each in words(part))]
    if isinstance(value, list):
        return [each for part in value for each in words(part)]
    return [value] if isinstance(value, str) else []
