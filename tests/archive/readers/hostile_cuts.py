"""Sound files of every format, cut off, cut down to their heads, and under each other's names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from tests.archive.readers import (
    hostile_bundles,
    hostile_ole,
    hostile_packages,
    making,
    making_bundles,
    making_ole,
    making_sheets,
)
from tests.archive.readers.hostile_pictures import plain as picture
from tests.archive.readers.hostile_zips import named

_WORDS = "CHI BỘ MẪU\nBáo cáo tổng kết công tác năm 2021 của chi bộ cơ sở, trình đại hội.\n"
_SHEET = making_sheets.rows(["Tiêu chí", "Điểm"], ["Công tác đảng", 9.5], ["Tổng", 9.5])
_MAIL = (
    "From: a@b.vn\r\nTo: c@d.vn\r\nSubject: Bao cao\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKính gửi\r\n"
    "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nnội dung\r\n--b--\r\n"
)

SOUND: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: making.pdf(making.lines(_WORDS * 3)),
    "docx": lambda: making.docx(making.p(_WORDS) + making.table(("a", "b"))),
    "xlsx": lambda: making_sheets.xlsx(("Bảng", _SHEET)),
    "xlsb": lambda: making_sheets.xlsb(
        making_sheets.record12(145) + making_sheets.record12(0, bytes(25)), strings=["a"]
    ),
    "ods": lambda: making_sheets.ods(
        '<table:table table:name="S"><table:table-row><table:table-cell><text:p>Điểm</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "odt": lambda: hostile_packages.odt(f"<text:p>{_WORDS}</text:p>"),
    "pptx": lambda: hostile_packages.pptx({"ppt/slides/s1.xml": b"<p:sld/>"}),
    "doc": hostile_ole.doc,
    "xls": lambda: making_sheets.ole(making_sheets.workbook8(("S", making_sheets.label(0, 0, "Điểm")))),
    "msg": lambda: making_ole.ole(making_ole.msg({0x0037: "Báo cáo", 0x1000: _WORDS})),
    "rtf": lambda: b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 B\\'e1o c\\'e1o t\\u7893?ng k\\u7871?t\\par}",
    "html": lambda: f"<html><body><p>{_WORDS}</p><table><tr><td>a</td><td>b</td></tr></table></body></html>".encode(),
    "eml": lambda: _MAIL.encode(),
    "csv": lambda: "Tiêu chí;Điểm\r\nCông tác đảng;9,5\r\nTổng;9,5\r\n".encode(),
    "txt": lambda: (_WORDS * 5).encode("utf-16"),
    "zip": lambda: named(b"bao cao.txt", b"bien ban.txt"),
    "7z": hostile_bundles.plain,
    "rar": lambda: making_bundles.rar([("Báo cáo.txt", b"bao cao " * 50), ("thu muc/b.txt", b"khac")]),
    **{ending: partial(picture, ending) for ending in ("png", "jpg", "gif", "bmp", "tif", "webp", "heic")},
}
_ALIKE = {(ending, 9) for ending in ("xlsx", "xlsb", "ods", "odt", "pptx", "xls", "msg")}  # as short as that
_TEXTS = ("html", "eml", "csv", "txt", "rtf")
_WRONG = (
    ("pdf", "docx"),
    ("docx", "pdf"),
    ("png", "pdf"),
    ("gif", "png"),
    ("xlsx", "xls"),
    ("doc", "rtf"),
    ("zip", "docx"),
    ("html", "xls"),
    ("7z", "zip"),
    ("xlsb", "zip"),
    ("eml", "msg"),
    ("jpg", "txt"),
    ("txt", "exe"),
)


@cache
def sound(ending: str) -> bytes:
    """A sound file of a format."""
    return SOUND[ending]()


def _cut(ending: str, start: int, share: float, less: int) -> bytes:
    data = sound(ending)
    return data[start : max(int(len(data) * share) - less, 1)]


def _first(ending: str, count: int) -> bytes:
    return sound(ending)[:count]


FILES: dict[str, Callable[[], bytes]] = {
    **{
        f"cut-to-{count}-bytes.{ending}": partial(_first, ending, count)
        for ending in SOUND
        for count in (9, 99)
        if (ending, count) not in _ALIKE
    },
    **{f"cut-in-half.{ending}": partial(_cut, ending, 0, 0.5, 0) for ending in SOUND},
    **{f"cut-its-end.{ending}": partial(_cut, ending, 0, 1, 30) for ending in SOUND if ending not in _TEXTS},
    **{f"cut-its-beginning.{ending}": partial(_cut, ending, 9, 1, 0) for ending in SOUND if ending not in _TEXTS},
    **{f"really-{real}.{ending}": partial(sound, real) for real, ending in _WRONG},
}
