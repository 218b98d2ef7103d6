"""What a mail looks like as a page: the same for EML and MSG."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime

from archive.i18n import gettext as _
from archive.records import HANOI

_NAMES_SHOWN = 50


def mail_page(sender: str, to: str, date: str, subject: str, body: str, attachments: Sequence[str]) -> str:
    """The page of a mail: who wrote to whom, when, about what, with which files, an empty line, the body. What is not
    known is left out; the body stays raw, for the vote on old encodings."""
    names = "; ".join(_line(name) for name in attachments[:_NAMES_SHOWN])
    if len(attachments) > _NAMES_SHOWN:
        names += "; …"
    head = [
        (_("From: {value}"), sender),
        (_("To: {value}"), to),
        (_("Date: {value}"), date),
        (_("Subject: {value}"), subject),
        (_("Attached files: {value}"), names),
    ]
    lines = [words.format(value=_line(value)) for words, value in head if value.strip()]
    return "\n".join([*lines, "", body.strip("\r\n")]).strip("\n")


def shown_date(moment: datetime) -> str:
    """A moment as the office's clock shows it: "15/12/2021 08:00"."""
    local = moment.astimezone(HANOI) if moment.tzinfo else moment
    return local.strftime("%d/%m/%Y %H:%M")


def parsed_date(header: str) -> datetime | None:
    """The moment that a Date header names; None for one that names none."""
    try:
        moment = parsedate_to_datetime(header)
        shown_date(moment)  # a year beyond the calendar passes the parser
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment


def _line(words: str) -> str:
    return " ".join(words.split())
