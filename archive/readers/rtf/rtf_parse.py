"""RTF to stories of text, in one pass over its bytes that takes no longer for a hostile file than for a plain one.

striprtf, the library for it, knows no pages, cells, headers, notes, text boxes or hidden text, and its patterns take
time that grows with the square of a hostile file's length; benchmarks/reading/legacy.py has both side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archive.readers import budget
from archive.readers.office.blocks import PAGE_BREAK
from archive.readers.rtf import rtf_fonts, rtf_words
from archive.readers.rtf.rtf_story import Parsed, RtfStory

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,9})?[0-9]* ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}]+)|\\", re.DOTALL
)
_SIGN = re.compile("[\uf020-\uf0ff]")  # how a font of signs is written in Unicode
_LINE_ENDS = b"\r\n\0"
_DEEPEST = 100_000  # groups in groups; what lies deeper belongs to the last
_LOOK_AT_CLOCK = 10_000  # tokens
_ANSWER_IN = 3.0  # seconds kept to answer in
_LONGEST = 200  # characters kept of a field's instruction
_NO_FONT = -1


@dataclass(slots=True)
class _Group:
    """What a group hands down to the groups in it."""

    story: RtfStory
    kind: str = "body"  # of the story; "fonts" in the font table, "info" for words about the file
    silent: bool = False
    hidden: bool = False
    font: int = _NO_FONT
    skip: int = 1  # bytes that follow a \u for readers that know no Unicode
    level: int = 0  # of tables
    opens: bool = False  # the story begins with this group

    def inner(self) -> _Group:
        """The state that a group within this one begins with (`dataclasses.replace` takes six times as long)."""
        return _Group(self.story, self.kind, self.silent, self.hidden, self.font, self.skip, self.level)


def parse(data: bytes, characters: int) -> Parsed:
    """The stories of an RTF; at most so many `characters` of text are taken."""
    return _Parser(data, characters).run()


class _Parser:
    def __init__(self, data: bytes, characters: int) -> None:
        self._data = data
        self._left = characters
        self.parsed = Parsed()
        self.fonts = rtf_fonts.RtfFonts()
        self.body = RtfStory()
        self.group = _Group(self.body)
        self.new_section = False  # one has ended, and the next begins on a new page unless it says no
        self._stack: list[_Group] = []
        self._deeper = 0
        self._bytes = bytearray()  # text of one font, not decoded yet
        self._units: list[int] = []  # UTF-16 of \u
        self._skip = 0
        self._starred = False
        self._moment: dict[str, int] | None = None  # the date that is being told

    def run(self) -> Parsed:
        position, count = 0, 0
        while self._left > 0 and (token := _TOKEN.match(self._data, position)):
            position = token.end() + self._take(token)
            if token.lastindex == 5 and not self._stack:
                break  # what follows the last group is no part of the text
            count += 1
            if count % _LOOK_AT_CLOCK == 0 and budget.left() < _ANSWER_IN:
                self.parsed.cut = True
                break
        return self._ended()

    def _take(self, token: re.Match[bytes]) -> int:
        """Do what a token says; gives the bytes behind it that are no RTF."""
        word, number, code, sign, brace, text = token.groups()
        if text is not None:
            self._take_bytes(text.translate(None, _LINE_ENDS))
        elif code is not None:
            self._take_bytes(bytes((int(code, 16),)))
        elif brace is not None:
            self._brace(brace)
        elif word == b"bin":
            return max(0, int(number or 0))
        elif word is not None:
            self._control(word.decode(), int(number) if number else None)
        elif sign is not None:
            self._symbol(sign)
        return 0

    def _ended(self) -> Parsed:
        self._flush()
        parsed = self.parsed
        parsed.cut = parsed.cut or self._left <= 0
        parsed.whole = parsed.cut or not self._stack
        while self._stack:
            self._close()
        parsed.body = self.body.blocks()
        parsed.fonts = self.fonts.used
        return parsed

    # --- groups ---

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._starred = False
        self._skip = 0
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                self._deeper += 1
                return
            self._stack.append(self.group)
            self.group = self.group.inner()
        elif self._deeper:
            self._deeper -= 1
        elif self._stack:
            self._close()

    def _close(self) -> None:
        group, self.group = self.group, self._stack.pop()
        if group.opens:
            self._end_story(group)
        if self.group.kind == "info":
            self._moment = None

    def _end_story(self, group: _Group) -> None:
        blocks, kind = group.story.blocks(), group.kind
        if kind == "box":
            self.group.story.add_blocks(blocks, self.group.level)
        elif kind in ("header", "footer", "note"):
            self.parsed.stories.setdefault(kind, []).append(blocks)
        else:
            text = "".join(block for block in blocks if isinstance(block, str)).strip()
            if kind in rtf_words.PROPERTIES:
                self.parsed.words.setdefault(kind, text)
            else:
                (self.parsed.fields if kind == "field" else self.parsed.objects).append(text[:_LONGEST])

    def _destination(self, word: str) -> bool:
        """Whether a control word begins a group with a text of its own, or with none."""
        group, starred, self._starred = self.group, self._starred, False
        if group.silent:
            return False
        if word in rtf_words.STORIES:
            group.kind, group.story, group.opens, group.level = rtf_words.STORIES[word], RtfStory(), True, 0
        elif word in ("fonttbl", "info"):
            group.kind = word
        elif group.kind == "info" and word in rtf_words.MOMENTS:
            self._moment = self.parsed.dates.setdefault(rtf_words.MOMENTS[word], {})
            group.silent = True
        elif word in rtf_words.SILENT or (starred and word not in rtf_words.HEARD):
            self.parsed.pictures = self.parsed.pictures or word == "pict"
            group.silent = True
        else:
            return False
        return True

    # --- text ---

    def _take_bytes(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if data and not self.group.silent:
            if self._units:
                self._flush()
            self._bytes += data

    def _flush(self) -> None:
        """Hand on what was collected in one font."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._put(self.fonts.decode(data, self.group.font if self.group.kind != "fonttbl" else _NO_FONT))
        if self._units:
            units, self._units = self._units, []
            text = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")
            self._put(_SIGN.sub(lambda match: rtf_fonts.sign(ord(match[0]) & 0xFF), text))

    def _put(self, text: str) -> None:
        group = self.group
        if group.silent or group.kind == "info":
            return
        if group.kind == "fonttbl":
            self.fonts.add_name(group.font, text)
        elif group.hidden:
            self.parsed.hidden = self.parsed.hidden or bool(text.strip())
        else:
            if text.strip():
                self._begin_section()
                self.fonts.use(group.font)
            group.story.add(text)
            self._left -= len(text)

    def _begin_section(self) -> None:
        if self.new_section and self.group.kind == "body":
            self.new_section = False
            self.body.add(PAGE_BREAK)

    # --- control words ---

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\\{}":
            self._take_bytes(sign)
        elif sign in b"\r\n":
            self._control("par", None)
        elif (char := rtf_words.CHARACTERS.get(sign.decode("latin-1"))) is not None:
            self._flush()
            self._put(char)

    def _control(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if self._skip:
            self._skip -= 1
        elif self._destination(word):
            return
        elif self.group.silent:
            if self._moment is not None and word in rtf_words.MOMENT_PARTS:
                self._moment[word] = number or 0
        elif (char := rtf_words.CHARACTERS.get(word)) is not None:
            self._put(char)
        elif (act := _ACTS.get(word)) is not None:
            act(self, number)

    def _unicode(self, number: int) -> None:
        if self._bytes:
            self._flush()
        self._skip = self.group.skip
        if not self.group.silent:
            self._units.append(number & 0xFFFF)


# --- what control words do -------------------------------------------------------------------------------------------


def _font(parser: _Parser, number: int | None) -> None:
    parser.group.font = _NO_FONT if number is None else number
    if parser.group.kind == "fonttbl":
        parser.fonts.begin(parser.group.font)


def _default_font(parser: _Parser, number: int | None) -> None:
    parser.fonts.default = parser.group.font = _NO_FONT if number is None else number


def _charset(parser: _Parser, number: int | None) -> None:
    if parser.group.kind == "fonttbl":
        parser.fonts.charset(parser.group.font, number or 0)


def _plain(parser: _Parser, number: int | None) -> None:
    parser.group.font, parser.group.hidden = parser.fonts.default, False


def _hidden(parser: _Parser, number: int | None) -> None:
    parser.group.hidden = number != 0


def _skips(parser: _Parser, number: int | None) -> None:
    parser.group.skip = min(max(1 if number is None else number, 0), 100)


def _level(parser: _Parser, number: int | None) -> None:
    parser.group.level = max(0, number or 0)


def _in_table(parser: _Parser, number: int | None) -> None:
    parser.group.level = max(parser.group.level, 1)


def _paragraph(parser: _Parser, number: int | None) -> None:
    parser.group.story.end_paragraph(parser.group.level)


def _page(parser: _Parser, number: int | None) -> None:
    if parser.group.kind == "body":
        parser.body.add(PAGE_BREAK)


def _section(parser: _Parser, number: int | None) -> None:
    _paragraph(parser, None)
    parser.new_section = True


def _same_page(parser: _Parser, number: int | None) -> None:
    parser.new_section = False


_ACTS: dict[str, Callable[[_Parser, int | None], None]] = {
    "ansicpg": lambda parser, number: parser.fonts.code_page(number or 1252),
    "cell": lambda parser, number: parser.group.story.end_cell(1),
    "deff": _default_font,
    "deleted": _hidden,
    "f": _font,
    "fcharset": _charset,
    "intbl": _in_table,
    "itap": _level,
    "nestcell": lambda parser, number: parser.group.story.end_cell(max(parser.group.level, 2)),
    "nestrow": lambda parser, number: parser.group.story.end_row(max(parser.group.level, 2)),
    "page": _page,
    "par": _paragraph,
    "pard": lambda parser, number: _level(parser, 0),
    "plain": _plain,
    "row": lambda parser, number: parser.group.story.end_row(1),
    "sbkcol": _same_page,
    "sbknone": _same_page,
    "sect": _section,
    "uc": _skips,
    "v": _hidden,
}
