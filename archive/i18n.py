"""What people read, in Vietnamese first and English second, through gettext.

Message ids are English; `archive/locale/<language>/LC_MESSAGES/hoso.po` hold the words. The language is that of the
running command, not of a document. Translations are compiled with `pybabel compile -d archive/locale -D hoso`.
"""

import gettext as _gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_language: ContextVar[str] = ContextVar("language", default="vi")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("hoso", Path(__file__).parent / "locale", [language], fallback=True)


def use_language(language: str) -> None:
    """Answer in this language ("vi" or "en") from now on, in this context."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _language.set(language)


def gettext(message: str) -> str:
    """The message in the language in use; the English text itself where a translation lacks."""
    return _catalogue(_language.get()).gettext(message)
