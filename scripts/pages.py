"""Starts a small consortium on this machine, and opens the claimant's, adviser's, auditor's and operator's pages.

python -m scripts.pages

It goes on until Ctrl-C; nothing of it is left then.
"""

import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from jamjar.sandbox.doors import PASSPHRASE, opened


def main() -> None:
    """Start, print the addresses, wait."""
    print("Starting a node, a mailbox, a claimant and an adviser (about half a minute) ...", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that all of it ends with this, however it is ended
    with (
        suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory(prefix="jamjar-pages-") as folder,
        opened(Path(folder)) as doors,
    ):
        for who, door in doors.items():
            print(f"The {who}'s pages: {door.address}")
        print(f"All but the auditor's open once, with the passphrase: {PASSPHRASE}")
        print("Ctrl-C ends all of it.", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
