"""`names import`: a label table fills the operator's list, once, and a bad one changes nothing."""

from __future__ import annotations

import gzip

from tests.commands.conftest import Cli

TABLE = "id\tlanguage\tlabel\nQ1\ten\tOluf Brandt-Nielsen\nQ1\tko\t올루프 브란트닐센\nQ2\ten\tVladimir Putin\nQ2\tru\tВладимир Путин\n"


def test_a_table_is_added_once_and_who_is_known_is_left_out(cli: Cli) -> None:
    own = cli.folder / "own" / "aliases.toml"
    cli.environment["TRACKER_ALIASES_FILE"] = str(own)
    path = cli.file("labels.tsv.gz", gzip.compress(TABLE.encode()))
    assert "1 of 2 added" in cli.run("names", "import", path).stderr
    before = own.read_text(encoding="utf-8")
    assert "올루프 브란트닐센" in before
    assert "0 of 2 added" in cli.run("names", "import", path).stderr
    assert own.read_text(encoding="utf-8") == before


def test_a_file_that_is_no_table_is_named_with_its_line(cli: Cli) -> None:
    own = cli.folder / "aliases.toml"
    cli.environment["TRACKER_ALIASES_FILE"] = str(own)
    assert "line 1" in cli.error("names", "import", cli.file("letter.txt", "Dear Sir,\n"))
    assert not own.exists()
