"""The few tags and filters of the page templates. Every filter returns text: Django's own number formats need settings,
and the pages must render with and without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template

from archive.i18n import gettext
from archive.records import Signature
from reports import troubles, words
from reports.pages import Head, Item, Mend

register = template.Library()


@register.simple_tag
def t(message: str, **values: str) -> str:
    """The message in the language in use, with its blanks filled in; escaped by the template."""
    translated = gettext(message)
    return translated.format(**values) if values else translated


@register.filter
def day(value: date | None) -> str:
    """dd/mm/yyyy."""
    return words.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM."""
    return words.moment(value)


@register.filter
def signature(value: Signature) -> str:
    """Digital signature: Lê Văn A, 15/12/2021, intact."""
    return words.signature(value)


@register.filter
def ocr(confidence: float) -> str:
    """Read from a scan (OCR), confidence 87 %."""
    return words.read_by_ocr(confidence)


@register.filter
def filesize(value: int) -> str:
    """245 KB."""
    return words.size(value)


@register.filter
def number(value: int) -> str:
    """A whole number as text."""
    return words.whole(value)


@register.filter
def percent(low: float, high: float) -> str:
    """71,4–85,7 %."""
    return words.percent(low, high)


@register.filter
def points(value: float) -> str:
    """A length in a picture."""
    return f"{value:.2f}"


@register.filter
def days(value: int | None) -> str:
    """3 days left."""
    return words.days_left(value)


@register.filter
def state(item: Item) -> str:
    """The state of an item in words."""
    return words.state(item.state, item.have, item.need)


@register.filter
def headline(head: Head) -> str:
    """How a dossier stands, in one sentence."""
    return words.headline(head)


@register.filter
def countdown(head: Head) -> str:
    """The days that are left."""
    return words.countdown(head)


@register.filter
def mark(code: str) -> str:
    """The sign of a state."""
    return words.mark(code)


@register.filter
def when(code: str) -> str:
    """To be sent before the visit."""
    return words.when(code)


@register.filter
def unittype(code: str) -> str:
    """A kind of party organisation."""
    return words.unit_type(code)


@register.filter
def outcome(code: str) -> str:
    """What became of a delivery."""
    return words.outcome(code)


@register.filter
def reading(code: str) -> str:
    """How far a document could be read, where it could not."""
    return words.reading_state(code)


@register.filter
def why(code: str) -> str:
    """Why a file waits or was not taken."""
    return words.why(code)


@register.filter
def advice(mend: Mend) -> troubles.Advice:
    """What is wrong with a file, why it matters and what to do."""
    return troubles.advice(mend)


@register.filter
def prefix(value: str, length: int) -> str:
    """The beginning of a digest."""
    return value[:length]


@register.filter
def listed(values: Sequence[str], between: str) -> str:
    """Texts in a row. Django's own `join` escapes already, and what then goes into a message is escaped twice."""
    return str(between).join(values)


@register.filter
def year(value: int) -> str:
    """A year, without a point between its thousands."""
    return str(value)


@register.filter
def serial(value: int) -> str:
    """A running number of at least four digits."""
    return f"{value:04d}"
