"""Many consents asked for at once are each as live as alone, whichever recipients stand beside each other.

L12: `areLive` and `isLive` agree, and a batch of commitments goes by the same.
"""

from dataclasses import replace

from jamjar.model import member_rules
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Commit
from tests.differential.moves import carrying_all, changing, suspending
from tests.differential.scene import OPERATOR, A, Scene
from tests.stateful.papers import key_number

# Member 1 beside 17: a cache that took the last bit of what it keeps for a member's number would mistake them.
# The last ones differ from member 2 or each other only beyond what a cast to fewer bits would keep.
BEYOND = [place + 2 for place in (1 << 7, 1 << 8, 1 << 15, 1 << 16, 1 << 24, 1 << 31)] + [2**32 - 1, 2**16 - 1]
RECIPIENTS = [1, 2, 3, 10, 17, 18, 34, *range(40, 56), *BEYOND]
SUSPENDED = [18, 41, 50, BEYOND[3], BEYOND[5]]
NO_ADVISER = [1, 34, 42, 48, BEYOND[1]]


def grant_to_each(scene: Scene) -> list[ConsentKey]:
    """A live consent for each of many recipients, of which some have the same last four bits; one for nobody."""
    keys, by = [], scene.system.governance
    for number in RECIPIENTS:
        if number not in scene.state.members:
            account = key_number(1000 + number).address
            roles = [scene.state.rules.adviser]
            admission = (number, f"Member {number}", roles, account, bytes(32))
            scene.make(by, changing("admit", member_rules.admit, admission))
        elif scene.state.rules.adviser not in scene.state.member(number).roles:
            arguments = (scene.state.rules.adviser, member_rules.seat_of(number))
            scene.make(by, changing("grantRole", member_rules.grant_role, *arguments))
        keys.append(scene.new_key())
        given = replace(scene.grant(), consent=keys[-1].address, recipient=number, valid_from=scene.time)
        scene.make(OPERATOR, scene.signed(given, keys[-1]))
    for number in SUSPENDED:
        scene.make(by, suspending(number))
    for number in NO_ADVISER:
        arguments = (scene.state.rules.adviser, member_rules.seat_of(number))
        scene.make(by, changing("revokeRole", member_rules.revoke_role, *arguments))
    return [*keys, scene.new_key()]


def test_every_pair(scene: Scene) -> None:
    keys = grant_to_each(scene)
    live = {key.address: scene.state.is_live(key.address, scene.time) for key in keys}
    assert sum(live.values()) == len(RECIPIENTS) - len(SUSPENDED) - len(NO_ADVISER)
    asked = [(one, two, one, two) for one in live for two in live]
    answers = scene.system.views([("ConsentRegistry", "areLive", (each,)) for each in asked])
    assert answers == [tuple(live[consent] for consent in each) for each in asked]


def test_commitments_of_all_at_once(scene: Scene) -> None:
    keys = grant_to_each(scene)
    papers = [scene.paper(Commit(key.address, A, bytes(32)), key=key) for key in keys]
    scene.attempt(OPERATOR, carrying_all(papers))
    scene.attempt(OPERATOR, carrying_all(papers[::-1]))
    scene.make(OPERATOR, carrying_all([*papers, *papers[::2]]))


def test_as_many_as_can_be_asked(scene: Scene) -> None:
    most = scene.state.rules.most_items
    for size in (0, 1, most, most + 1):
        told = scene.system.view("ConsentRegistry", "areLive", (scene.key.address,) * size)
        if 1 <= size <= most:
            assert told == (False,) * size
        else:
            assert (told.name, told.arguments) == ("BatchSizeOutOfRange", (size, most))
