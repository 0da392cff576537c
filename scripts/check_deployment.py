"""Checks a deployment against its file and a build of its commit; needs a node and this repository, but no account.

python -m scripts.check_deployment URL FILE [--administrator ADDRESS] [--hand-over-delay SECONDS]

URL FILE             a node and the deployment's file, such as http://localhost:8545 deployments/1337.json
--administrator      the present administrator, if the administration was handed over
--hand-over-delay    the present delay, if the administrator has changed it

Exit status: 0 if everything is right, 1 if anything is wrong (a line says what), 2 if it could not be checked.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from assurance.bytecode.deployment_checks import Check, checks
from jamjar.errors import JamjarError
from jamjar.ledger import deployment_file
from tools.creation_code import read_build

RIGHT, WRONG, UNCHECKED = range(3)


def main() -> int:
    """Check, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("file", type=Path)
    parser.add_argument("--administrator")
    parser.add_argument("--hand-over-delay", type=int)
    options = parser.parse_args()
    since = {"administrator": options.administrator, "hand_over_delay": options.hand_over_delay}
    done: list[Check] = []
    try:
        deployment = deployment_file.read(options.file)
        print(f"{options.file}: chain {deployment.chain_id}, commit {deployment.commit}\n")
        now = replace(deployment.settings, **{name: value for name, value in since.items() if value is not None})
        for check in checks(options.url, deployment, read_build(), now):
            print(check)
            done.append(check)
    except JamjarError as error:
        print(f"Could not be checked: {error}", file=sys.stderr)
        return UNCHECKED
    wrong = [check for check in done if not check.right]
    print(f"\n{len(done)} checked, {len(wrong)} wrong{':' if wrong else '.'}")
    print(*wrong, sep="\n")
    return WRONG if wrong else RIGHT


if __name__ == "__main__":
    sys.exit(main())
