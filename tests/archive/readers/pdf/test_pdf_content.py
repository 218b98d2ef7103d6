"""What a content stream would draw."""

from __future__ import annotations

import pytest

from archive.readers.pdf.pdf_content import drawn


@pytest.mark.parametrize(
    ("content", "forms"),
    [
        (b"/X Do", {"/X": 1}),
        (b"q /X Do Q /X Do /Y Do", {"/X": 2, "/Y": 1}),
        (b"/X Do/X Do", {"/X": 2}),
        (b"/#58#59 Do", {"/XY": 1}),
        (b"/X %nothing\n Do", {"": 1}),
        (b"(X)Do", {"": 1}),
        (b"/#ff Do", {"": 1}),
        (b"/X Done /Doc /XDo xDo", {}),
    ],
)
def test_forms(content: bytes, forms: dict[str, int]) -> None:
    found = drawn(content)
    assert found
    assert dict(found.forms) == forms


def test_shown() -> None:
    found = drawn(b"BT (a) Tj [(b) 5 (c)] TJ (d) ' 1 2 (e) \" ET")
    assert found
    assert found.shown >= 4
    quoted = drawn(b"(" + b"it's " * 1000 + b") Tj")
    assert quoted
    assert quoted.shown < 10


@pytest.mark.parametrize(
    "text",
    [
        b"(" + b"a" * 2_000_000 + b")",
        b"\\(" + b"a" * 2_000_000 + b")",
        b"((" + b"a" * 2_000_000,
        b"(x(y)" + b"a" * 2_000_000 + b")",
        b"<" + b"41" * 2_000_000 + b">",
        b"()" * 600_000,
    ],
)
def test_more_letters_than_any_paper(text: bytes) -> None:
    assert drawn(text + b" Tj") is None


def test_a_map_is_not_a_text() -> None:
    assert drawn(b"0 0 m 1 1 l S " * 150_000 + b"BT (Ban do) Tj ET")


def test_marks_within_each_other() -> None:
    assert drawn(b"/P BMC (a) Tj EMC " * 5000)
    assert drawn(b"/P BMC (a) Tj " * 5000 + b"EMC " * 5000) is None
    assert drawn(b"EMC " * 5000 + b"/P <</MCID 1>> BDC " * 300) is None
