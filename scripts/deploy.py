"""Deploys the five contracts, writes `deployments/<chain id>.json`, and checks what stands there.

    brownie run deploy --network NETWORK               a development chain: the sample members found the consortium
    brownie run deploy main [replace] [ID] [FILE]      founded by FILE, such as founders.toml; from the account ID

FILE: `jamjar consortium template` prints one to begin with; a live network needs it, as nothing of it can be undone.
ID is one of `brownie accounts list`; without it the first unlocked account of the node pays. Whoever pays may propose
to the governance only where FILE says so. NETWORK is one of `brownie networks list`.
`replace` replaces the record of a deployment that is live.
"""

import secrets
import sys
from pathlib import Path
from typing import Any

import brownie
from brownie._config import CONFIG
from eth_account import Account

from assurance.bytecode.deployment_checks import checks
from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import DeploymentError, JamjarError
from jamjar.ledger import deployment_file, founders_file
from jamjar.ledger.deploying import deploy
from jamjar.ledger.transacting import Sender
from jamjar.protocol.settings import Settings
from jamjar.sandbox.members import MEMBERS, founding
from tools.creation_code import read_build
from tools.deployer import ROOT, commit, refuse_if_live

FOLDER = ROOT / "deployments"


def main(*options: str) -> None:
    """Deploy on the connected network, write the record, check it; or say in one sentence why not, with status 1."""
    try:
        deploy_here(*options)
    except JamjarError as error:
        sys.exit(str(error))


def deploy_here(*options: str) -> None:
    """Do what `main` does; raises DeploymentError, and InvalidInput for a file of founders that is not right."""
    file, name = understood(options)
    account = sender(name)
    settings = founders_file.read(Path(file)) if file else sample()
    if "replace" not in options:
        refuse_if_live(FOLDER)
    record = deploy(brownie.web3, account, settings, commit(), progress=lambda name: print(f"Deploying {name} ..."))
    print(f"On chain {record.chain_id}, from block {record.block}:")  # first, in case the file cannot be written
    print(*(f"  {name} {contract.address}" for name, contract in record.contracts().items()), sep="\n")
    print(f"Wrote {deployment_file.write(record, FOLDER)}")
    url: Any = brownie.web3.provider
    done = list(checks(url.endpoint_uri, record, read_build()))
    if wrong := [str(check) for check in done if not check.right]:
        raise DeploymentError(f"{len(wrong)} of {len(done)} checks are wrong; do not use it: {'; '.join(wrong)}.")
    print(f"{len(done)} checked, 0 wrong.")


def understood(options: tuple[str, ...]) -> tuple[str, str]:
    """Return the file of founders and the account's id, "" where one is not given; raises DeploymentError."""
    stored = brownie.accounts.load()
    assert isinstance(stored, list), "without an id, Brownie lists the ids"
    files = [each for each in options if each.endswith(".toml")]
    ids = [each for each in options if each != "replace" and each not in files]
    if max(len(ids), len(files)) > 1 or not set(ids) <= set(stored):
        raise DeploymentError(
            f"{' '.join(ids or files)!r} is not understood; the options are replace, one id of `brownie accounts list`,"
            " and one file of founders that ends in .toml."
        )
    return "".join(files), "".join(ids)


def sample() -> Settings:
    """Return the sample settings for a development chain; raises DeploymentError on a live one."""
    if CONFIG.network_type != "development":
        raise DeploymentError(
            "A live network needs a file of founders; write one with jamjar consortium template > founders.toml,"
            " then: brownie run deploy main founders.toml"
        )
    accounts = [account.address for account in brownie.accounts]
    if len(accounts) <= max(MEMBERS):
        raise DeploymentError("The node has too few accounts for the sample members; name a file of founders.")
    print("No file of founders is given: the sample members found it, accounts[1] to accounts[5], with keys of nobody.")
    return Settings(members=founding(accounts, lambda _: EncryptionKey.generate(secrets.token_bytes).public_bytes))


def sender(name: str) -> Sender:
    """Return the account that pays: the one of this id, or the node's first; raises DeploymentError."""
    if name:
        loaded: Any = brownie.accounts.load(name, allow_retry=True)
        account: Sender = Account.from_key(loaded.private_key)
        return account
    if not len(brownie.accounts):
        raise DeploymentError("The node has no unlocked account; name one of yours: brownie run deploy main ID")
    return str(brownie.accounts[0].address)
