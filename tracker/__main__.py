"""`python -m tracker`."""

from tracker.commands import main

if __name__ == "__main__":
    main(prog_name="python -m tracker")
