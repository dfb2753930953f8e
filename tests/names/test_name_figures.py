"""48 public figures, each in five scripts: which spellings are taken for one person. All pairs of two persons are wrong pairs."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from tracker.names import NAME_ACCEPT, name_key, same_key

TABLE = Path(__file__).with_name("figures.tsv")
SCRIPTS = ("latin", "cyrillic", "hangul", "han", "arabic")


def measured(half: str) -> tuple[float, float]:
    """Give precision and recall over the pairs of a half, by keys alone: no alias table."""
    with TABLE.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["half"] == half]
    keys = [(number, name_key(row[script])) for number, row in enumerate(rows) for script in SCRIPTS]
    pairs = [(a[0] == b[0], same_key(a[1], b[1]) >= NAME_ACCEPT) for a, b in combinations(keys, 2)]
    right = sum(same and accepted for same, accepted in pairs)
    return right / sum(accepted for _, accepted in pairs), right / sum(same for same, _ in pairs)


@pytest.mark.parametrize(("half", "precision", "recall"), [("looked at", 0.99, 0.89), ("held out", 0.94, 0.77)])
def test_names_meet_across_scripts_and_persons_stay_apart(half: str, precision: float, recall: float) -> None:
    found = measured(half)
    assert found[0] >= precision
    assert found[1] >= recall
