"""The WSGI entry point that `mingcha serve` runs under granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.project.settings")
application = get_wsgi_application()
