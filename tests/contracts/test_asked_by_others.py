"""@jamjar/contracts: another organisation's contract, compiled against the package as npm installs it.

Given a consent that was never granted, has begun, or was withdrawn    the example acts only while it is live
Given the deployments of a checkout                                    the package holds their addresses, by chain id
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from eth_utils import keccak
from web3.exceptions import Web3Exception

from jamjar.ledger import deployment_file
from jamjar.protocol.deployment import BESIDE, CONTRACTS
from scripts import npm_package
from tools.compilation import COMPILER, ROOT

NAME, DIGEST = "@jamjar/contracts", "0x" + "11" * 32


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A project of somebody else's, outside of this checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    packed = npm_package.pack(folder)
    install = [shutil.which("npm"), "install", "--offline", "--no-audit", "--silent", packed]
    subprocess.run(install, cwd=folder, check=True)
    return folder / "node_modules" / NAME


@pytest.fixture(scope="module")
def appointments(installed, system, people):
    from brownie import web3

    source = (installed / "examples" / "Appointments.sol").read_text(encoding="utf-8")
    asked = {
        "language": "Solidity",
        "sources": {
            "Appointments.sol": {"content": source},
            **{
                f"{NAME}/{path.name}": {"content": path.read_text(encoding="utf-8")} for path in installed.glob("*.sol")
            },
        },
        "settings": {"evmVersion": "paris", "outputSelection": {"*": {"Appointments": ["abi", "evm.bytecode.object"]}}},
    }
    done = subprocess.run(
        [ROOT / COMPILER, "--standard-json"], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    built = json.loads(done.stdout)["contracts"]["Appointments.sol"]["Appointments"]
    factory = web3.eth.contract(abi=built["abi"], bytecode=built["evm"]["bytecode"]["object"])
    sent = factory.constructor(system.consents.address).transact({"from": str(people.stranger)})
    return web3.eth.contract(web3.eth.wait_for_transaction_receipt(sent).contractAddress, abi=built["abi"])


def test_it_acts_only_while_a_consent_is_live(appointments, claimants, system, people):
    def note(key):
        return appointments.functions.note(key.address, DIGEST).call({"from": str(people.stranger)})

    refused = pytest.raises((ValueError, Web3Exception), match=keccak(text="ConsentNotLive(address)").hex()[:8])
    with refused:
        note(claimants.key())
    key = claimants.live()
    assert note(key) == []
    system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})
    with refused:
        note(key)


def test_addresses(tmp_path, system):
    assert npm_package.addresses(tmp_path) == {}
    deployment_file.write(system.deployment, tmp_path)
    (tmp_path / "code.json").write_text("{}", "utf-8")
    held = npm_package.addresses(tmp_path)
    assert set(held) == {str(system.deployment.chain_id)}
    assert set(held[str(system.deployment.chain_id)]) == set(CONTRACTS)


def test_it_holds_the_files_that_it_names(installed):
    assert {path.stem for path in (installed / "abi").iterdir()} == {*CONTRACTS, *BESIDE}
    assert {path.name for path in installed.glob("I*.sol")} == {p.name for p in (ROOT / "interfaces").glob("*.sol")}
