"""Interface languages: gettext catalogues, one .po file a language, read as they are; nothing has to be compiled.

English stands in the code and its templates; every other language is a file ``<code>.po`` in this folder. A sentence
without a translation stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tracker.timeline import Catalogue, Speech, plain_speech

__all__ = ["FOLDER", "SOURCE", "read", "speeches"]

SOURCE = "en"
"""The language the sentences in the code are written in."""

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def speeches() -> Mapping[str, Speech]:
    """Give every interface language by its code, the source language first; the files are read once a process.

    Raises: OSError or ValueError for a catalogue that cannot be read.
    """
    codes = sorted(path.stem for path in FOLDER.glob("*.po"))
    found = {SOURCE: plain_speech(SOURCE)}
    return MappingProxyType(found | {code: plain_speech(code, read(FOLDER / f"{code}.po")) for code in codes})


def read(path: Path) -> Catalogue:
    """Read one catalogue. Fuzzy translations are left out, as gettext's own compiler does."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
