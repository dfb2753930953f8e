"""The web alone, for gunicorn and other WSGI servers: `gunicorn wsgi:app`. Starts no clock and no worker."""

import os

from tracker import settings, wiring

app = wiring.web_app(wiring.build(settings.load(os.environ)))
