import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from config.beforehand import read_beforehand
from config.database import serve_pages
from config.processes import count_together

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if settings.METRICS_TOKEN:
    count_together(settings.DATA_DIR / "metrics")

application = get_wsgi_application()
serve_pages()
read_beforehand()
import_string("courses.keeping.checks.tell_keeper")()  # it knows the models, which are there only now
