"""An admitter's key for one epoch: an encrypted file, whose secret half is used by OpenSSL alone.

OpenSSL's private operation takes the same time whatever the key, blinds what it computes, and checks it; the file and
its passphrase go to the `openssl` program, and no secret number is in this process once the key was made. Python's own
arithmetic takes a time that depends on the key, and `cryptography` offers no operation without a padding.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_public_key,
)

from jamjar.crypto import blind_rsa
from jamjar.errors import InvalidInput, JamjarError

DEFAULT_BITS: Final = 2048
_SECONDS: Final = 60
_MOST_PASSPHRASE: Final = 1000
_RAW: Final = ("pkeyutl", "-decrypt", "-pkeyopt", "rsa_padding_mode:none")
"""The private operation on a number as long as the modulus; `-sign` takes nothing longer than a digest."""


class SigningFailed(JamjarError):
    """The blind signature was not made: there is no OpenSSL, or it refused, or it computed wrongly."""


def new_key(passphrase: str, bits: int = DEFAULT_BITS) -> bytes:
    """Return a new key, encrypted, as the content of its file (PKCS #8, PEM); raises InvalidInput."""
    _check(passphrase)
    key = generate_private_key(blind_rsa.EXPONENT, bits)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))


class KeyFile:
    """A key in a file; its passphrase is given to OpenSSL through a pipe, never as an argument.

    modulus  the public half

    Raises SigningFailed where there is no `openssl`, InvalidInput for another file, or another passphrase.
    """

    def __init__(self, file: Path, passphrase: str) -> None:
        _check(passphrase)
        self._file, self._passphrase = file.absolute(), passphrase
        openssl = shutil.which("openssl")
        if openssl is None:
            raise SigningFailed("There is no openssl program; install OpenSSL 3, which every distribution has.")
        self._openssl = openssl
        try:
            public = load_pem_public_key(self._run("pkey", "-pubout", "-in", str(self._file)))
        except (SigningFailed, ValueError):
            raise InvalidInput(f"{file} is not an RSA key, or opens with another passphrase; try again.") from None
        if not isinstance(public, RSAPublicKey) or public.public_numbers().e != blind_rsa.EXPONENT:
            raise InvalidInput(f"{file} is not an RSA key with the exponent 65,537; make one with jamjar admit key.")
        self.modulus = public.public_numbers().n

    def sign(self, blinded: bytes) -> bytes:
        """Return the blind signature of a blinded message (RFC 9474, section 4.3), checked before it leaves.

        Raises SigningFailed, InvalidSignature for a result that was computed wrongly.
        """
        answer = self._run(*_RAW, "-inkey", str(self._file), given=blinded)
        blind_rsa.check_answer(blinded, self.modulus, answer)
        return answer

    def _run(self, *words: str, given: bytes = b"") -> bytes:
        reader, writer = os.pipe()
        try:
            os.write(writer, self._passphrase.encode() + b"\n")
            os.close(writer)
            done = subprocess.run(  # noqa: S603 - a fixed command
                [self._openssl, *words, "-passin", f"fd:{reader}"],
                input=given, pass_fds=[reader], capture_output=True, timeout=_SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise SigningFailed(f"OpenSSL did not run ({type(error).__name__}); check it, and try again.") from None
        finally:
            os.close(reader)
        if done.returncode != 0:
            raise SigningFailed("OpenSSL refused the key or the number; check the key's file and its passphrase.")
        return done.stdout


def _check(passphrase: str) -> None:
    """Raise InvalidInput for a passphrase that OpenSSL does not read whole from its pipe."""
    if not 0 < len(passphrase.encode()) <= _MOST_PASSPHRASE or set(passphrase) & {"\0", "\n"}:
        raise InvalidInput(f"The passphrase is not one line of 1 to {_MOST_PASSPHRASE} bytes; choose another.")
