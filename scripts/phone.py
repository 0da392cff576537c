"""Serves the wallet's page for a phone beside a small consortium, and prints a QR code of its address.

python -m scripts.phone [HOST]

HOST is this machine's IP address in the phone's network, if another is found. It goes on until Ctrl-C; nothing of it is
left then.
"""

import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import segno

from jamjar.sandbox.beside_phone import beside_phone, own_address
from jamjar.sandbox.doors import PASSPHRASE


def main() -> None:
    """Start, print the code and the addresses, wait."""
    host = sys.argv[1] if len(sys.argv) > 1 else own_address()
    print("Starting a node, a mailbox, a relayer and an adviser (about half a minute) ...", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that all of it ends with this, however it is ended
    with (
        suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory(prefix="jamjar-phone-") as folder,
        beside_phone(Path(folder), host) as there,
    ):
        segno.make_qr(there.phone).terminal(compact=True)
        print(f"On a phone in the same network: {there.phone}")
        print("Its browser warns of the certificate, which is this machine's own.")
        print(f"The adviser's pages: {there.adviser}")
        print(f"They open once, with the passphrase: {PASSPHRASE}")
        print("What you agree to begins at midnight, UTC; figures can be shown from then on.")
        print("Ctrl-C ends all of it.", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
