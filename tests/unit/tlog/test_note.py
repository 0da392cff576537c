"""Signed notes, with the keys and signatures of Go's golang.org/x/mod/sumdb/note and of C2SP's own examples.

When a signature in a known name is not its own     the whole note is refused
When nobody known signed                            nobody did
When a text, a line or a key has another spelling   it is refused
"""

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.note import LOG, WITNESS, Note, NoteSigner, Verifier, generate, read_note, read_signer, read_verifier

from .world import NOW, signer

# golang.org/x/mod/sumdb/note, example_test.go and note_test.go
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
GO_NOTE = f"{TEXT}\n{NEUMANN_LINE}{ENOCH_LINE}"


def test_go_signed_it() -> None:
    known = [read_verifier(NEUMANN), read_verifier(ENOCH)]
    note = read_note(GO_NOTE)
    assert str(note) == GO_NOTE
    assert list(note.verified(known)) == known
    assert list(note.verified(known[1:])) == known[1:]
    assert note.verified([signer("another", LOG).verifier]) == {}


def test_it_signs_as_go_does() -> None:
    key = read_signer(NEUMANN_KEY)
    assert str(key.sign(TEXT)) == NEUMANN_LINE
    assert (str(key.verifier), key.to_text()) == (NEUMANN, NEUMANN_KEY)
    assert NEUMANN_KEY[-20:] not in repr(key)


def test_one_false_signature_spoils_the_note() -> None:
    known = [read_verifier(NEUMANN), read_verifier(ENOCH)]
    with pytest.raises(VerificationFailed, match="PeterNeumann"):
        read_note(GO_NOTE.replace("If you", "If we")).verified(known)


def test_cosignatures_have_their_time() -> None:
    key = signer("witness.example/0", WITNESS)
    text = "log.example\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    older, newer = key.cosign(text, NOW), key.cosign(text, NOW + 9)
    for lines in ((older, newer), (newer, older)):
        assert Note(text, lines).verified([key.verifier]) == {key.verifier: NOW + 9}
    assert Note(text, (older,)).with_signatures([newer]).signatures == (newer,)
    moved = (NOW + 1).to_bytes(8, "big") + older.signature[8:]
    with pytest.raises(VerificationFailed):
        key.verifier.verify(text, moved)


def test_the_standards_checkpoint_is_read() -> None:
    """The example of c2sp.org/tlog-cosignature; its public keys are not published."""
    text = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0"
        "xUe+mbIUBkBIfZ+qnA==\n"
    )
    note = read_note(text)
    assert str(note) == text
    assert int.from_bytes(note.signatures[1].signature[:8], "big") == 1679315147


@pytest.mark.parametrize(
    "text",
    ["", "text\n", "text\n\na AAAAAAA=\n", "text\n\n",
     "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAAAAB=\n",
     "text\n\n— a  AAAAAAA=\n", "text\n\n— a+b AAAAAAA=\n", "text\n\n— a AAAA\n", "te\txt\n\n— a AAAAAAA=\n",
     "text\r\n\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=\n\n", "text\n\n— a AAAAAAA= \n",
     "x" * 70_000 + "\n\n— a AAAAAAA=\n", "\ud800\n\n— a AAAAAAA=\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_note(text)


@pytest.mark.parametrize(
    "key",
    ["", "a+b", NEUMANN[:-1], NEUMANN.replace("c74f20a3", "c74f20a4"), NEUMANN.replace("Peter", "Pieter"),
     "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NEUMANN.replace("+ARpc", "+AhpC")],
)  # fmt: skip
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        read_verifier(key)
    with pytest.raises(InvalidInput):
        read_signer(f"PRIVATE+KEY+{key}")


def test_each_kind_of_key_signs_its_own() -> None:
    with pytest.raises(InvalidInput):
        signer("a", LOG).cosign("text\n", NOW)
    with pytest.raises(InvalidInput):
        signer("a", WITNESS).sign("text\n")
    with pytest.raises(InvalidInput):
        signer("a", LOG).sign("no newline")
    with pytest.raises(InvalidInput):
        generate("a", LOG, lambda _: b"short")


def test_a_key_is_known_by_its_id_and_not_by_its_name() -> None:
    known, namesake = signer("a", LOG), generate("a", LOG, bytes)
    note = Note(TEXT, (namesake.sign(TEXT), known.sign(TEXT)))
    assert note.verified([known.verifier]) == {known.verifier: None}
    assert note.verified([generate("a", LOG, lambda count: b"\7" * count).verifier]) == {}


def test_what_no_key_is() -> None:
    for kind, length in ((2, 32), (LOG, 31)):
        with pytest.raises(InvalidInput):
            Verifier("a", kind, bytes(length))


def test_a_time_beyond_all_time() -> None:
    key: NoteSigner = signer("a", WITNESS)
    assert key.verifier.verify("text\n", key.cosign("text\n", 2**63 - 1).signature) == 2**63 - 1
    with pytest.raises(VerificationFailed, match="time"):
        key.verifier.verify("text\n", key.cosign("text\n", 2**63).signature)
