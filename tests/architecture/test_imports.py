"""Importing Kronik does nothing: no engine, no scheduler, no file, no thread."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROBE = """
import builtins, importlib, pkgutil, sqlite3, socket, threading, sys, io
import tracker

def refuse(name):
    def call(*args, **kwargs):
        raise AssertionError(f"{name} at import time: {args[:1]}")
    return call

names = [m.name for m in pkgutil.walk_packages(tracker.__path__, "tracker.") if m.name not in {"tracker.__main__"}]
names = [n for n in names if ".migrations" not in n]
for name in names:  # third-party modules do as they please: load them before the traps are set
    importlib.import_module(name)
ours = [n for n in sys.modules if n == "tracker" or n.startswith("tracker.")]
for name in ours:
    del sys.modules[name]
sqlite3.connect = refuse("sqlite3.connect")
socket.socket.connect = refuse("socket.connect")
threading.Thread.start = refuse("Thread.start")
real_open = builtins.open
def guarded(file, *args, **kwargs):
    if str(file).endswith((".toml", ".db", ".sqlite3", ".xml", ".json", ".html")):
        raise AssertionError(f"open at import time: {file}")
    return real_open(file, *args, **kwargs)
builtins.open = guarded
io.open = guarded
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_importing_every_module_has_no_effects() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 5
