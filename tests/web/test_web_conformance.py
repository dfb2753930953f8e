"""Every kind of page is conforming HTML: the Nu Html Checker finds no error. It is a Java archive, named by KRONIK_VNU."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from tests.conftest import missing
from tests.web.visits import client

PAGES = (
    "/", "/t/ports", "/t/quiet", "/events/1", "/events/2", "/events/3", "/feeds", "/about", "/api", "/follow", "/t/ports/follow", "/nothing",
    "/?q=zzzz", "/?order=oldest&status=planned", "/?ui=ar", "/events/1?ui=ar", "/t/ports?ui=ko", "/?ui=ru", "/?ui=id", "/embed", "/t/quiet/embed",
)  # fmt: skip


def test_every_kind_of_page_is_conforming_html(tmp_path: Path) -> None:
    checker = os.environ.get("KRONIK_VNU", "")
    if not Path(checker).is_file():
        missing("checker", "KRONIK_VNU names no vnu.jar (npm install vnu-jar)")
    visitor = client()
    for number, path in enumerate(PAGES):
        (tmp_path / f"{number}.html").write_text(visitor.get(path).get_data(as_text=True), encoding="utf-8")
    command = ["java", "-jar", checker, "--format", "json", "--stdout", "--errors-only", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    errors = [
        f"{PAGES[int(Path(told['url']).stem)]}: {told['message']}: {told.get('extract', '')}"
        for told in json.loads(done.stdout)["messages"]
    ]
    assert errors == []
