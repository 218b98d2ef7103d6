"""Digital signatures: who, when, and whether they still hold."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from archive.readers.pdf.pdf_signatures import changed, signatures
from archive.records import ReadingState
from tests.archive.readers.conftest import ReadBytes


@pytest.fixture
def folder(samples: Path) -> Path:
    return samples / "formats"


def test_two_signatures_that_hold(folder: Path) -> None:
    first, second = signatures(folder / "minimal-signed-twice-no-sig-type.pdf")
    assert (first.signer, first.signed_at) == ("Alice", "2020-11-01T07:00:00+07:00")
    assert second.signed_at == "2020-11-02T07:00:00+07:00"
    assert all(one.intact and one.whole and not one.trusted and not one.words for one in (first, second))
    assert changed((first, second)) == ""


def test_time_stamps_are_listed_as_well(folder: Path) -> None:
    found = signatures(folder / "pades-lta-dss-indirect-arrs-test-2.pdf")
    assert [one.signer for one in found] == ["Alice", "Time Stamping Authority", "Alice"]
    assert all(one.intact and one.whole for one in found)


def test_a_signature_that_does_not_cover_the_file(folder: Path, read_bytes: ReadBytes) -> None:
    reading = read_bytes((folder / "tail-uncovered.pdf").read_bytes())
    (one,) = reading.signatures
    assert (one.signer, one.intact, one.whole) == ("Lord Testerino", True, False)
    assert one.words
    assert (reading.state, [code for code, _words in reading.warnings]) == (ReadingState.READ, ["signature-changed"])
    assert "Lord Testerino" in reading.warnings[0][1]


def test_signed_bytes_that_were_changed(folder: Path, read_bytes: ReadBytes) -> None:
    data = (folder / "minimal-signed-twice-no-sig-type.pdf").read_bytes()
    reading = read_bytes(data.replace(b"/MediaBox [0 0 ", b"/MediaBox [0 1 ", 1).replace(b"Hello", b"Hella", 1))
    assert len(reading.signatures) == 2
    assert not any(one.intact for one in reading.signatures)
    assert "signature-changed" in [code for code, _words in reading.warnings]


def test_what_was_put_over_the_page_after_signing_is_told(folder: Path, read_bytes: ReadBytes) -> None:
    """Another content is appended as an update; the signed bytes stay as they were."""
    data = (folder / "minimal-signed-twice-no-sig-type.pdf").read_bytes()
    start = data[data.rindex(b"startxref") + 9 :].split()[0]
    content = b"BT /F1 24 Tf 20 20 Td (Xin chao) Tj ET"
    added = b"\n4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(content), content)
    table = b"xref\n4 1\n%010d 00000 n \n" % (len(data) + 1)
    trailer = b"trailer\n<< /Size 13 /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (start, len(data + added))
    reading = read_bytes(data + added + table + trailer)
    assert reading.text == "Xin chao"
    assert [(one.intact, one.whole) for one in reading.signatures] == [(True, False), (True, False)]
    assert "signature-changed" in [code for code, _words in reading.warnings]


def test_a_signature_that_is_nonsense_is_told_as_damaged(folder: Path, read_bytes: ReadBytes) -> None:
    data = (folder / "tail-uncovered.pdf").read_bytes()
    start = data.index(b"/Contents <") + 11
    broken = data[:start] + b"00" * 200 + data[start + 400 :]
    reading = read_bytes(broken)
    (one,) = reading.signatures
    assert not one.intact
    assert one.words
    assert reading.text == "Hello World"


def test_a_file_without_signatures_does_not_load_the_library(folder: Path, read_bytes: ReadBytes) -> None:
    assert read_bytes((folder / "mau.pdf").read_bytes()).signatures == ()
    assert signatures(folder / "mau.pdf") == ()


def test_no_signature_is_checked_over_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates name the addresses where more about them could be asked."""
    tried: list[object] = []

    def refused(*address: object, **_more: object) -> None:
        tried.append(address)
        raise OSError

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)
    found = [one for path in sorted(folder.glob("*.pdf")) for one in signatures(path)]
    assert len([one for one in found if one.intact]) >= 5
    assert tried == []
