"""Deployment files, `deployments/<chain id>.json`."""

from pathlib import Path

from jamjar.errors import DeploymentError
from jamjar.protocol.deployment import Deployment, from_json
from jamjar.service import private_file


def path_of(folder: Path, chain_id: int) -> Path:
    """Return the path of the deployment file of a chain."""
    return folder / f"{chain_id}.json"


def read(path: Path) -> Deployment:
    """Read a deployment file; raises DeploymentError when it is missing, damaged or of another format."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DeploymentError(f"There is no {path}; deploy first, or name the right chain.") from None
    except (OSError, ValueError) as error:
        raise DeploymentError(f"{path} cannot be read as JSON; restore it or deploy again.") from error
    return from_json(text, str(path))


def prepare(folder: Path) -> None:
    """Make the folder of a deployment file, before anything is deployed; raises DeploymentError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeploymentError(f"It was not written, as {folder} is no folder; name another.") from error


def write(deployment: Deployment, folder: Path) -> Path:
    """Write `<folder>/<chain id>.json`, whole or not at all, and return its path.

    Raises DeploymentError when it cannot be written, InvalidInput when the settings name no founder or no founding
    member.
    """
    path = path_of(folder, deployment.chain_id)
    text = deployment.to_json()
    prepare(folder)
    try:
        private_file.replace(path, text.encode(), private_file.PUBLIC)
    except OSError as error:
        raise DeploymentError(f"{path} was not written; make room or give permission, and write again.") from error
    return path
