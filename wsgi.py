"""The site for a WSGI server: `gunicorn wsgi:app`. Starts no clock and no worker."""

from __future__ import annotations

import os

from tracker import settings, wiring

app = wiring.web_app(settings.load(os.environ))
