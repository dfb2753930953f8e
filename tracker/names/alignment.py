"""How alike two skeletons are when letters fall out or change on the way between scripts.

In: two skeletons over the classes of `skeletons`. Out: likeness 0..1. Costs are by sound: Chinese and Korean drop r, l and n at the end of
a syllable and change n for m, palatals wander between s, k and t, and v comes and goes.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["alignment"]

_OTHER = 1.75  # what no way of writing explains: another name
_DROPPED = {"R": 0.45, "N": 0.6, "P": 0.9, "T": 0.9, "K": 0.9, "S": 1.2}  # cost of a consonant one side lacks
_CHANGED = {frozenset("NM"): 0.3, frozenset("ST"): 0.4, frozenset("SK"): 0.5, frozenset("NR"): 0.6}
_BESIDE = {"TS": 0.3, "NK": 0.3}  # the first of "ts", the second of "ng" within a word: often written as one


@lru_cache(maxsize=65536)
def alignment(a: str, b: str) -> float:
    """Give 1 minus the least cost of making one skeleton of the other, as a share of the longer one."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    above = [0.0]
    for at in range(len(b)):
        above.append(above[-1] + _drop(b, at))
    for row in range(len(a)):
        line = [above[0] + _drop(a, row)]
        for column in range(len(b)):
            change = 0.0 if a[row] == b[column] else _CHANGED.get(frozenset((a[row], b[column])), _OTHER)
            line.append(min(above[column] + change, above[column + 1] + _drop(a, row), line[-1] + _drop(b, column)))
        above = line
    return max(0.0, 1.0 - above[-1] / max(len(a), len(b)))


def _drop(skeleton: str, at: int) -> float:
    cost = _DROPPED.get(skeleton[at], _OTHER)
    if skeleton[at : at + 2] == "TS":
        return min(cost, _BESIDE["TS"])
    if skeleton[max(0, at - 1) : at + 1] == "NK" and at + 1 < len(skeleton):
        return min(cost, _BESIDE["NK"])
    return cost
