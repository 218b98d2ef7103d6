"""Reading the fields of one mapping of an office's YAML file: each with its shape, each mistake with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date

from archive.i18n import gettext as _
from rules.yamlfile import Entry, Problems, nearest


class Fields:
    """The fields of one mapping, taken by name. Names outside `known` are mistakes at once; every `text`, `number`,
    `flag`, `day` and so on notes its own mistake and returns a harmless value, so that reading goes on."""

    def __init__(self, entry: Entry, problems: Problems, known: Sequence[str], what: str = "") -> None:
        self.problems = problems
        self.line = entry.line
        self.fields = entry.fields
        if entry.tag != "map":
            problems.add(entry.line, _("here must stand fields: {known}").format(known=", ".join(known)))
        # Fields that stand there misspelt, or cannot stand there at all: that they lack need not be told.
        self.meant = set() if entry.tag == "map" else set(known)
        for name, value in entry.fields.items():
            if name in known:
                continue
            if value.tag == "null" and " " in name.strip():
                message = _('"{name}" stands where the name of a field must; a text with a comma goes in quotes')
                problems.add(value.line, message.format(name=name))
                continue
            problems.unknown(value.line, what or _("field"), name, known)
            self.meant.add(nearest(name, known) or "")

    def get(self, name: str, required: bool = False) -> Entry | None:
        """The entry of that name; None where it lacks or is empty (a mistake if it is required)."""
        entry = self.fields.get(name)
        if entry is None or entry.tag == "null":
            if required and name not in self.meant:
                message = _('"{name}" is empty') if entry else _('"{name}" lacks')
                self.problems.add(entry.line if entry else self.line, message.format(name=name))
            return None
        return entry

    def line_of(self, name: str) -> int:
        """Where that field stands, or where its mapping begins."""
        return self.fields[name].line if name in self.fields else self.line

    def text(self, name: str, required: bool = False, default: str = "") -> str:
        """Words in one line or many; numbers and dates are taken as they are written."""
        entry = self.get(name, required)
        return default if entry is None else self._word(name, entry) or default

    def number(self, name: str, required: bool = False, at_least: int = 0) -> int | None:
        """A whole number not below `at_least`."""
        entry = self.get(name, required)
        if entry is None:
            return None
        if entry.tag == "int" and entry.text.isascii() and entry.text.isdecimal() and len(entry.text) < 10:
            if int(entry.text) >= at_least:
                return int(entry.text)
            message = _('"{name}" must be at least {least}, not {word}')
        else:
            message = _('"{name}" must be a whole number, not "{word}"')
        self.problems.add(entry.line, message.format(name=name, word=entry.text or _("a list"), least=at_least))
        return None

    def score(self, name: str) -> float | None:
        """A number with or without a decimal point."""
        entry = self.get(name)
        if entry is None:
            return None
        try:
            if math.isfinite(number := float(entry.text)):
                return number
            raise ValueError
        except ValueError:
            self.problems.add(
                entry.line, _('"{name}" must be a number, not "{word}"').format(name=name, word=entry.text)
            )
            return None

    def flag(self, name: str, default: bool = False) -> bool:
        """true or false."""
        entry = self.get(name)
        if entry is None:
            return default
        if entry.tag != "bool":
            message = _('"{name}" must be true or false, not "{word}"')
            self.problems.add(entry.line, message.format(name=name, word=entry.text or _("a list")))
            return default
        return entry.text.lower() == "true"

    def day(self, name: str, required: bool = False) -> date | None:
        """A date written 2021-12-20."""
        entry = self.get(name, required)
        if entry is None:
            return None
        try:
            return date.fromisoformat(entry.text) if len(entry.text) == 10 else _no_day()
        except ValueError:
            right = _as_written(entry.text)
            message = (
                _('"{name}" must be written {right}, not "{word}"')
                if right
                else _('"{name}" must be a day written like 2021-12-20, not "{word}"')
            )
            self.problems.add(entry.line, message.format(name=name, right=right, word=entry.text or _("a list")))
            return None

    def choice(self, name: str, known: Sequence[str], required: bool = False, default: str = "") -> str:
        """One of the known words."""
        entry = self.get(name, required)
        if entry is None:
            return default
        word = self._word(name, entry)
        if word and word not in known:
            self.problems.unknown(entry.line, _('value of "{name}"').format(name=name), word, known)
        return word if word in known else default

    def entries(self, name: str, required: bool = False) -> tuple[Entry, ...]:
        """The items of a list; a single value is a list of one."""
        entry = self.get(name, required)
        if entry is None:
            return ()
        if entry.tag == "map":
            self.problems.add(
                entry.line, _('"{name}" must be a list, each part of which begins with "- "').format(name=name)
            )
            return ()
        return entry.items if entry.tag == "seq" else (entry,)

    def singles(self, name: str, called: str = "") -> Iterator[Fields]:
        """Each part of a list as the one field `called` (else `name`), to be read like any other."""
        called = called or name
        for item in self.entries(name):
            yield Fields(Entry(item.line, "map", fields={called: item}), self.problems, (called,))

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """A list of words or sentences; a single one is a list of one."""
        return tuple(filter(None, (self._word(name, item) for item in self.entries(name, required))))

    def choices(self, name: str, known: Sequence[str], what: str, required: bool = False) -> tuple[str, ...]:
        """A list of known words, each once."""
        found: list[str] = []
        for item in self.entries(name, required):
            word = self._word(name, item)
            if word and word not in known:
                self.problems.unknown(item.line, what, word, known)
            elif word in found:
                self.problems.add(item.line, _('"{name}" stands twice').format(name=word))
            elif word:
                found.append(word)
        return tuple(found)

    def mapping(self, name: str, required: bool = False) -> dict[str, Entry]:
        """The fields of a mapping, whatever their names."""
        entry = self.get(name, required)
        if entry is None:
            return {}
        if entry.tag != "map":
            self.problems.add(entry.line, _('"{name}" must have fields of its own').format(name=name))
        return entry.fields

    def _word(self, name: str, entry: Entry) -> str:
        if not entry.scalar or not entry.text.strip():
            self.problems.add(entry.line, _('"{name}" must be words').format(name=name))
            return ""
        return entry.text.strip()


_DAY = re.compile(r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})|(?P<Y>\d{4})[/.-](?P<M>\d\d?)[/.-](?P<D>\d\d?)")


def _as_written(text: str) -> str:
    """How a day that somebody wrote in another way (15/12/2021) is written here; "" where there is no such day."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return ""
    year, month, day = (int(found[name] or found[name.swapcase()]) for name in "YMD")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _no_day() -> date:
    raise ValueError
