"""The order in which `assurance/access/data_flow.py` goes over the nodes of a function."""

from collections.abc import Iterator
from typing import Any


def in_order(entry: Any) -> Iterator[Any]:
    """Return the nodes so that each comes after those that lead to it, and what follows a loop after the loop."""

    def sons(node: Any) -> Iterator[Any]:
        return iter(sorted(node.sons, key=lambda son: son != node.son_false))

    done, seen, stack = list[Any](), {entry}, [(entry, sons(entry))]
    while stack:
        son = next((each for each in stack[-1][1] if each not in seen), None)
        if son is None:
            done.append(stack.pop()[0])
        else:
            seen.add(son)
            stack.append((son, sons(son)))
    yield from reversed(done)
