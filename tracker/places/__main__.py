"""`python -m tracker.places FILE` builds the gazetteer; see `tracker.places.apart`."""

import sys
from pathlib import Path

from tracker.places.building import build

if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]))
    except OSError as failure:
        sys.exit(str(failure))
