"""Checks a deployment against its file and a build of its commit; needs a node and this repository, but no account.

python -m scripts.check_deployment URL FILE

URL FILE             a node and the deployment's file, such as http://localhost:8545 deployments/1337.json

It prints who the founders are and how long a proposal waits, and which founders came and went since.

Exit status: 0 if everything is right, 1 if anything is wrong (a line says what), 2 if it could not be checked.
"""

import argparse
import sys
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
    options = parser.parse_args()
    done: list[Check] = []
    try:
        deployment = deployment_file.read(options.file)
        print(f"{options.file}: chain {deployment.chain_id}, commit {deployment.commit}\n")
        for check in checks(options.url, deployment, read_build()):
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
