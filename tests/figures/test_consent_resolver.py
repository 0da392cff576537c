"""The resolver that EAS is compared with records under a live consent, by whom it names, and refuses all else."""

import pytest
from eth_account import Account

from benchmarks.gas.eas import NOBODY, Attestation, Eas
from jamjar.ledger.rpc import connection
from jamjar.sandbox.anvil import anvil

CLAIMANT, OTHER = Account.from_key(b"\1" * 32), Account.from_key(b"\2" * 32)
ROOT = b"\7" * 32


@pytest.fixture(scope="module")
def eas():
    with anvil() as node:
        node.ask("evm_setAutomine", True)
        web3 = connection(node.url)
        yield Eas(web3, web3.eth.accounts[0])


def consented(eas, *, schema=None, seconds=1_000):
    """A consent that ends so many seconds after its block; each is the block after the one before."""
    ends = eas.web3.eth.get_block("latest")["timestamp"] + 1 + seconds if seconds else 0
    made = Attestation(schema or eas.consent, ROOT, recipient=adviser(eas), expires=ends, revocable=True)
    (uid,) = eas.uids(eas.attest_signed([CLAIMANT], [made], carrier(eas)))
    return uid


def carrier(eas):
    return eas.web3.eth.accounts[1]


def adviser(eas):
    return eas.web3.eth.accounts[2]


def commit(eas, consent, signer=CLAIMANT):
    return eas.attest_signed([signer], [Attestation(eas.commitment, ROOT, consent)], carrier(eas))


def use(eas, consent, by=None):
    return eas.attest([Attestation(eas.use, ROOT, consent)], by or adviser(eas))


def test_a_live_consent_is_recorded_under_to_its_last_second(eas):
    consent = consented(eas, seconds=2)
    assert eas.uids(commit(eas, consent)) != eas.uids(use(eas, consent))
    for record in (commit, use):
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consent)


@pytest.mark.parametrize("record", [commit, use])
class TestRefused:
    def test_of_a_withdrawn_consent(self, eas, record):
        consent = consented(eas)
        eas.revoke_signed([CLAIMANT], eas.consent, [consent], carrier(eas))
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consent)

    @pytest.mark.parametrize("consent", [b"\0" * 32, b"\1" * 32], ids=["none", "unknown"])
    def test_of_no_consent(self, eas, record, consent):
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consent)

    def test_of_a_consent_for_another_purpose(self, eas, record):
        other = eas.register(f"bytes32 {record.__name__}Terms", NOBODY, revocable=True)
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consented(eas, schema=other))

    def test_of_a_consent_without_an_end(self, eas, record):
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consented(eas, seconds=0))

    def test_of_somebody_else(self, eas, record):
        with pytest.raises(RuntimeError, match="not live"):
            record(eas, consented(eas), OTHER if record is commit else carrier(eas))
