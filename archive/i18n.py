"""What people read, in Vietnamese first and English second, through gettext.

Message ids are English; `archive/locale/<language>/LC_MESSAGES/hoso.po` hold the words. The language is that of the
running command, not of a document. Translations are compiled with `pybabel compile -d archive/locale -D hoso`.
"""

import gettext as _gettext
import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default="vi")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("hoso", LOCALE, [language], fallback=True)


def use_language(language: str) -> None:
    """Answer in this language ("vi" or "en") from now on, in this context."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _language.set(language)


def current_language() -> str:
    """The language in use, for a process that is to answer in the same."""
    return _language.get()


def translate_libraries(language: str) -> None:
    """Let the libraries that ask the process's own gettext (click: headings of help, errors of usage) find their words
    in our catalogue. They know no language in use, only the environment's."""
    _gettext.bindtextdomain("hoso", str(LOCALE))
    _gettext.textdomain("hoso")
    os.environ["LANGUAGE"] = language


def gettext(message: str) -> str:
    """The message in the language in use; the English text itself where a translation lacks."""
    return _catalogue(_language.get()).gettext(message)
