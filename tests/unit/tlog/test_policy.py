"""A policy accepts what enough of its witnesses cosigned, and is never empty.

When it names no log, demands no witness, or is not understood    it is refused
When fewer than k cosigned, or the log did not sign               the checkpoint is
When a signature in a known name is false                         the checkpoint is, even if enough others cosigned
"""

from itertools import combinations, pairwise

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.note import LOG, WITNESS, Note
from jamjar.tlog.policy import read_policy

from .world import LOG_KEY, NAMES, NOW, ORIGIN, WITNESSES, files_of, leaves, note_of, policy, policy_text, signer

EDGE = files_of(leaves(5))[1]
LOG_LINE = f"log {LOG_KEY.verifier}\n"
A, B, C = (f"witness {name} {each.verifier}\n" for name, each in zip("abc", WITNESSES, strict=True))


@pytest.mark.parametrize(
    "text",
    ["", "\n# nothing\n", LOG_LINE, LOG_LINE + "quorum none\n", LOG_LINE + A, A + "quorum a\n", "quorum none\n",
     LOG_LINE + A + "quorum b\n", LOG_LINE + A + "quorum a\nquorum a\n", LOG_LINE + LOG_LINE + A + "quorum a\n",
     LOG_LINE + A + A.replace(" a ", " b ") + "quorum a\n", LOG_LINE + "quorum a\n" + A,
     LOG_LINE + A + "group g 0 a\nquorum g\n", LOG_LINE + A + "group g 2 a\nquorum g\n",
     LOG_LINE + A + "group g 1\nquorum g\n", LOG_LINE + A + "group g 01 a\nquorum g\n",
     LOG_LINE + A + "group g 1 a a\nquorum g\n", LOG_LINE + A + "group a 1 a\nquorum a\n",
     LOG_LINE + A + B + "group g 1 a\ngroup h 2 a b\nquorum h\n", LOG_LINE + A + "group g 1 none\nquorum g\n",
     LOG_LINE + A.replace("witness a", "witness none") + "quorum none\n", LOG_LINE + "sponsor a\n" + A + "quorum a\n",
     f"log {WITNESSES[0].verifier}\n" + B + "quorum b\n", LOG_LINE + f"witness a {LOG_KEY.verifier}\nquorum a\n",
     LOG_LINE.replace("\n", " a b\n") + A + "quorum a\n", LOG_LINE + A.replace("+04", "+05") + "quorum a \x0b\n"],
)  # fmt: skip
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_policy(text)


def test_a_group_of_more_digits_than_python_reads() -> None:
    with pytest.raises(InvalidInput, match="line 3"):
        read_policy(LOG_LINE + A + f"group g {'9' * 5000} a\nquorum g\n")


@pytest.mark.parametrize("least", [1, 2, 3, "any", "all"])
def test_k_of_n(least: int | str) -> None:
    needed = {"any": 1, "all": 3}.get(str(least), least)
    for count in range(4):
        for who in combinations(range(3), count):
            text = str(note_of(EDGE, cosigners=[WITNESSES[number] for number in who]))
            if count >= int(needed):
                signed = policy(least).check(text)
                assert signed.checkpoint.size == 5
                assert signed.cosigned == {NAMES[number]: NOW for number in who}
            else:
                with pytest.raises(VerificationFailed, match=NAMES[min({0, 1, 2} - set(who))]):
                    policy(least).check(text)
                assert policy(least).check_log(text).checkpoint.size == 5


def test_a_log_of_members_has_a_policy_of_its_own() -> None:
    of_members = f"log {signer(ORIGIN + '/members', LOG).verifier}\n{A}quorum a\n"
    assert read_policy(of_members).logs[0].name == ORIGIN + "/members"
    with pytest.raises(InvalidInput, match="a policy for each"):
        read_policy(LOG_LINE + of_members)


def test_groups_of_groups() -> None:
    both = read_policy(f"{LOG_LINE}\t{A} {B}{C}# two of\ngroup g any a b\ngroup both all g c\n  quorum\tboth \n")
    accepted = []
    for who in ((0,), (2,), (0, 1), (0, 2), (1, 2)):
        try:
            both.check(str(note_of(EDGE, cosigners=[WITNESSES[number] for number in who])))
        except VerificationFailed:
            continue
        accepted.append(who)
    assert accepted == [(0, 2), (1, 2)]


def test_a_false_signature_is_never_passed_over() -> None:
    note = note_of(EDGE, cosigners=WITNESSES)
    other = files_of(leaves(6))[1]
    false = Note(note.text, (*note.signatures[:3], note_of(other, cosigners=WITNESSES).signatures[3]))
    with pytest.raises(VerificationFailed, match=r"witness\.example/2"):
        policy(2).check(str(false))


def test_the_log_itself_must_sign() -> None:
    note = note_of(EDGE, cosigners=WITNESSES)
    strangers = [signer(ORIGIN + "x", LOG), signer("another.example", LOG)]
    for signatures in (note.signatures[1:], (strangers[0].sign(note.text), *note.signatures[1:])):
        with pytest.raises(VerificationFailed, match="No log"):
            policy(2).check(str(Note(note.text, signatures)))
    elsewhere = note.text.replace(ORIGIN, "another.example")
    cosigned = [each.cosign(elsewhere, NOW) for each in WITNESSES]
    with pytest.raises(VerificationFailed, match="No log"):
        policy(2).check(str(Note(elsewhere, (LOG_KEY.sign(elsewhere), *cosigned))))


def test_signatures_of_strangers_do_not_count() -> None:
    stranger = signer("stranger.example", WITNESS)
    with pytest.raises(VerificationFailed, match="Too few"):
        policy(2).check(str(note_of(EDGE, cosigners=[WITNESSES[0], stranger])))
    assert policy(2).check(str(note_of(EDGE, cosigners=[*WITNESSES, stranger]))).checkpoint.origin == ORIGIN


def test_groups_within_groups_have_an_end() -> None:
    def nested(count: int) -> str:
        names = ["a", *(f"g{number}" for number in range(count))]
        groups = [f"group {name} 1 {inner}\n" for inner, name in pairwise(names)]
        return f"{LOG_LINE}{A}{''.join(groups)}quorum {names[-1]}\n"

    assert read_policy(nested(64)).is_met({"a"})
    with pytest.raises(InvalidInput, match="line 67"):
        read_policy(nested(65))


def test_the_text_used_here_is_one() -> None:
    assert read_policy(policy_text()).quorum == "all-of-them"
