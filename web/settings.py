"""The settings of the Django project, which every command that touches the catalogue runs under."""

import secrets

from archive.database import settings_for

INSTALLED_APPS = ["archive"]
DATABASES = {"default": settings_for(None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
# Nothing is signed yet: the key is made per process until there are sessions to keep.
SECRET_KEY = secrets.token_urlsafe(32)
