"""Deploys the four contracts and writes `deployments/<chain id>.json`.

    brownie run deploy --network NETWORK       deploy; refuses when a live deployment is on record
    brownie run deploy main [replace] [ID]     deploy again and replace the record; from the account ID

ID is one of `brownie accounts list`; without it the first unlocked account of the node pays. Whoever pays becomes the
administrator, unless `deploy` gets other settings.
"""

from pathlib import Path

import brownie

from jamjar.errors import DeploymentError
from jamjar.ledger import deployment_file
from tools.deployer import ROOT, code_hash, deploy

FOLDER = ROOT / "deployments"


def refuse_if_live(folder: Path) -> None:
    """Raise DeploymentError when the record of this chain names contracts that exist."""
    path = deployment_file.path_of(folder, brownie.web3.eth.chain_id)
    if not path.exists():
        return
    for name, contract in deployment_file.read(path).contracts().items():
        if code_hash(contract.address) == contract.code_hash:
            raise DeploymentError(
                f"{path} is live: {name} is at {contract.address}; to replace it: brownie run deploy main replace"
            )


def main(*options: str) -> None:
    """Deploy on the connected network and write the record."""
    ids, stored = [option for option in options if option != "replace"], brownie.accounts.load()
    assert isinstance(stored, list), "without an id, Brownie lists the ids"
    if len(ids) > 1 or not set(ids) <= set(stored):
        raise DeploymentError(
            f"{' '.join(ids)!r} is not understood; the options are replace, and one id of `brownie accounts list`."
        )
    if not ids and not len(brownie.accounts):
        raise DeploymentError("The node has no unlocked account; name one of yours: brownie run deploy main ID")
    if "replace" not in options:
        refuse_if_live(FOLDER)
    deployer = brownie.accounts.load(ids[0], allow_retry=True) if ids else brownie.accounts[0]
    record = deploy(deployer).deployment
    print(f"On chain {record.chain_id}, from block {record.block}:")  # first, in case the file cannot be written
    print(*(f"  {name} {contract.address}" for name, contract in record.contracts().items()), sep="\n")
    print(f"Wrote {deployment_file.write(record, FOLDER)}")
