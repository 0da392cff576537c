"""What a consortium is founded with, that would leave it half done, or with a member that nobody can name.

Given less than the whole deployment costs           one sentence says how much is there, and nothing is sent
Given a folder that is none, or a full disk          nothing is deployed, or what was is printed
Given a name with what nobody sees                   refused in the file, for an admission and for a new name
"""

from pathlib import Path

import pytest

from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger import deployment_file
from jamjar.ledger.deploying import GAS, GAS_OF_MEMBER
from jamjar.protocol.founding import check_shown
from tests.unit.conftest import FakeNode
from tests.unit.ledger.test_deploying import Deploying

LEAST = 3 * (GAS + GAS_OF_MEMBER)


@pytest.mark.parametrize(("held", "what"), [(0, "nothing"), (1, "too little"), (LEAST - 1, "too little")])
def test_less_than_it_costs(node: FakeNode, held: int, what: str) -> None:
    deploying = Deploying(node)
    node.answers |= {"eth_gasPrice": "0x3", "eth_getBalance": hex(held)}
    with pytest.raises(DeploymentError, match=f"has {what} to pay for gas with, {held} wei of about {LEAST} .*fund it"):
        deploying.deploy()
    assert deploying.sent == []
    node.answers["eth_getBalance"] = hex(LEAST)
    deploying.deploy()
    assert len(deploying.sent) == 5


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for at in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(DeploymentError, match="is no folder; name another"):
            deployment_file.prepare(at)
    deployment_file.prepare(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("name", ["a\nb", "a\u200bb", "\u202eab", " a", "a\u00a0", "\x1b[2J", "a\u0378"], ids=ascii)
def test_a_name_with_what_nobody_sees(name: str) -> None:
    with pytest.raises(InvalidInput, match="leave them out"):
        check_shown(name)
    check_shown("Städtischer Rat")
