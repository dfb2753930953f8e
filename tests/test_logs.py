"""Logs: one line an occurrence, with bound fields, and no way for foreign text to forge a line."""

import json
import logging

import pytest

from tracker import logs


def test_bound_fields_stand_on_every_line_of_the_block(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", form="text")
    with logs.bind(feed=7):
        logging.getLogger("t").info("polled")
    logging.getLogger("t").info("idle")
    first, second = capsys.readouterr().err.splitlines()
    assert "polled feed=7" in first
    assert "feed" not in second


def test_json_lines_carry_the_fields_as_keys(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", form="json")
    with logs.bind(article="a-1"):
        logging.getLogger("t").warning("set aside")
    line = json.loads(capsys.readouterr().err)
    assert (line["message"], line["article"], line["level"]) == ("set aside", "a-1", "warning")


def test_foreign_text_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", form="text")
    logging.getLogger("t").info("title %s", "x\n12:00:00 error forged")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_exception_is_written_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level="info", form="json")
    try:
        int("odd")
    except ValueError:
        logging.getLogger("t").exception("failed")
    assert "ValueError: invalid literal" in json.loads(capsys.readouterr().err)["error"]
