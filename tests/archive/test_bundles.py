"""What is said of a bundle that could not be unpacked whole."""

from __future__ import annotations

import pytest

from archive.bundles import findings
from archive.i18n import use_language
from archive.readers.spool import Left
from archive.records import Severity


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def test_it_names_files_reasons_and_steps() -> None:
    (found,) = findings("a.zip", [("1.doc", "locked"), ("2.doc", "size"), ("3.doc", "size")], 3)
    assert found.message == (
        "Not everything in a.zip could be taken out: “1.doc” (under a password), “2.doc” (too large), "
        "“3.doc” (too large)."
    )
    assert found.remedy.count("Drop these files by themselves") == 1
    assert found.severity is Severity.ERROR


def test_a_long_list_is_cut_and_counted() -> None:
    (found,) = findings("a.zip", [(f"{n}.doc", "count") for n in range(50)], 1000)
    assert "“4.doc” (too many files), and 995 more." in found.message
    assert "“5.doc”" not in found.message


def test_a_bundle_as_a_whole_needs_no_name() -> None:
    (found,) = findings("a.rar", [("", "broken")], 1)
    assert found.message == "Not everything in a.rar could be taken out: damaged or cut off."
    (found,) = findings("a.rar", [("1.doc", "tool"), ("", "broken")], 2)
    assert found.message.endswith("damaged or cut off, “1.doc” (RAR bundles cannot be unpacked here).")


@pytest.mark.parametrize("code", list(Left))
def test_every_reason_has_words_and_a_step(code: Left) -> None:
    (found,) = findings("a.zip", [("1.doc", code.value)], 1)
    assert f"({code.value})" not in found.message
    assert len(found.remedy) > 10
