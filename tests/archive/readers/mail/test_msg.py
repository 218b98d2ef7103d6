"""Outlook messages: who wrote what to whom, and what is attached; a message in a message comes as a mail file."""

from __future__ import annotations

import contextlib
import email
import email.policy
import random
import struct
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.mail import lzfu, msg
from archive.readers.ole.ole import NotOle
from archive.readers.sniff import sniff
from archive.readers.table import read
from archive.records import ReadingState
from tests.archive.readers import making_ole
from tests.archive.readers.conftest import ReadBytes

LIMITS = ReadingLimits()
SENT = (datetime(2021, 12, 15, 1, 0, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).days * 864_000_000_000 + 36 * 10**9
HEAD = {0x0037: "Báo cáo năm", 0x0C1A: "Chi bộ Mẫu", 0x0C1F: "cb@vidu.vn", 0x0E04: "Văn phòng", 0x0E03: "Đảng ủy"}


def attached(name: str, data: bytes) -> making_ole.Tree:
    return making_ole.msg({0x3707: name, 0x3701: data}, header=8)


def inner(message: making_ole.Tree, name: str = "") -> making_ole.Tree:
    return {**making_ole.msg({0x3001: name} if name else {}, {0x3705: 5}, header=8), "__substg1.0_3701000D": message}


def taken(tmp_path: Path, tree: making_ole.Tree) -> dict[str, bytes]:
    path = tmp_path / "a.msg"
    path.write_bytes(making_ole.ole(tree))
    return dict(msg.attachments(path, LIMITS))


def test_a_message(read_bytes: ReadBytes) -> None:
    tree = making_ole.msg({**HEAD, 0x1000: "Kính gửi\r\nbáo cáo"}, {0x0039: SENT}, [attached("Bảng điểm.xlsx", b"x")])
    reading = read_bytes(making_ole.ole(tree))
    assert (reading.format, reading.state) == ("msg", ReadingState.READ)
    lines = reading.text.split("\n")
    for words in ("Chi bộ Mẫu <cb@vidu.vn>", "Văn phòng, Đảng ủy", "15/12/2021 08:00", "Báo cáo năm", "Bảng điểm.xlsx"):
        assert sum(words in line for line in lines[:5]) == 1, words
    assert lines[-3:] == ["", "Kính gửi", "báo cáo"]
    assert reading.properties["title"] == "Báo cáo năm"
    assert [code for code, _words in reading.warnings] == ["attachments"]


def test_an_address_of_the_server_is_not_shown(read_bytes: ReadBytes) -> None:
    tree = making_ole.msg({0x0C1A: "Chi bộ", 0x0C1F: "/O=HOSO/OU=EXCHANGE", 0x1000: "xin chào"})
    assert "EXCHANGE" not in read_bytes(making_ole.ole(tree)).text


@pytest.mark.parametrize(
    ("texts", "fixed"),
    [
        ({0x1013: "<html><p>Chào <b>các</b> đồng chí</p></html>".encode()}, {0x3FDE: 65001}),
        ({0x1013: "<html><p>Chào <b>các</b> đồng chí</p></html>"}, {}),
        ({0x1013: "<p>Chào các đ&#7891;ng chí</p>".replace("đ", "&#273;").encode("cp1252")}, {0x3FDE: 1252}),
        ({0x1000: " ", 0x1009: b""}, {}),
    ],
)
def test_bodies_in_html(texts: dict[int, str | bytes], fixed: dict[int, int], read_bytes: ReadBytes) -> None:
    text = read_bytes(making_ole.ole(making_ole.msg({0x0037: "a", **texts}, fixed))).text
    assert text.endswith("Chào các đồng chí") == (0x1013 in texts)


def packed(rtf: bytes) -> bytes:
    """Compressed RTF of plain bytes only; references are tried below."""
    groups = [b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8)]
    return struct.pack("<II4sI", 0, len(rtf), b"LZFu", 0) + b"".join(groups)


def test_a_body_in_rtf(read_bytes: ReadBytes) -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 Ch\u224?o c\u225?c \u273?\u7891?ng ch\u237?}"
    text = read_bytes(making_ole.ole(making_ole.msg({0x0037: "a", 0x1009: packed(rtf)}))).text
    assert text.endswith("Chào các đồng chí")


def test_compressed_rtf() -> None:
    """The two examples of the specification: one plain, one with a reference that copies what it writes."""
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert lzfu.unpacked(simple, 1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert lzfu.unpacked(crossing, 1000) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert lzfu.unpacked(crossing, 10) == b"{\\rtf1 WXY"
    assert lzfu.unpacked(struct.pack("<II4sI", 0, 3, b"MELA", 0) + b"{a}xx", 99) == b"{a}"
    assert lzfu.unpacked(b"short", 99) == lzfu.unpacked(bytes(40), 99) == b""


@given(data=st.binary(max_size=600), size=st.integers(0, 1 << 32))
def test_compressed_rtf_of_any_bytes(data: bytes, size: int) -> None:
    head = struct.pack("<II4sI", 0, size & 0xFFFFFFFF, b"LZFu", 0)
    assert len(lzfu.unpacked(head + data, 5000)) <= 5000


def test_old_outlook_writes_in_a_code_page(read_bytes: ReadBytes) -> None:
    tree = {**making_ole.msg({}, {0x3FFD: 1258}), "__substg1.0_1000001E": "Kính gửi".encode("cp1258", "ignore") + b"\0"}
    assert read_bytes(making_ole.ole(tree)).text.startswith("Kính g")
    odd = {**making_ole.msg({}, {0x3FFD: 4711}), "__substg1.0_1000001E": b"K\xednh"}
    assert read_bytes(making_ole.ole(odd)).text == "Kính"


def test_attachments(tmp_path: Path) -> None:
    data = bytes(range(256)) * 30
    files = [
        attached("Báo cáo.pdf", data),
        attached("../../x\r\ny", b""),
        making_ole.msg({0x3701: b"khong ten"}, header=8),
    ]
    assert taken(tmp_path, making_ole.msg(HEAD, attached=files)) == {
        "Báo cáo.pdf": data,
        "../../x y": b"",
        "3": b"khong ten",
    }


def test_a_message_in_a_message(tmp_path: Path) -> None:
    deepest = making_ole.msg({0x0037: "sâu"}, header=24)
    middle = making_ole.msg(
        {**HEAD, 0x0037: "bên\r\nBcc: trong", 0x1000: "thân bài"}, {0x0039: SENT},
        [attached("Bảng.doc", b"\0\xff" * 99), inner(deepest)], header=24,
    )  # fmt: skip
    (name, data), *more = taken(tmp_path, making_ole.msg(HEAD, attached=[inner(middle, "Thư chuyển")])).items()
    assert (name, more) == ("Thư chuyển.eml", [])
    (tmp_path / "b").write_bytes(data)
    assert sniff(tmp_path / "b") == "eml"
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert (mail["Subject"], mail["Bcc"]) == ("bên Bcc: trong", None)
    assert mail["Date"].datetime == datetime(2021, 12, 15, 1, 0, tzinfo=UTC)
    text, file, message = mail.iter_parts()
    assert text.get_content().strip() == "thân bài"
    assert (file.get_filename(), file.get_payload(decode=True)) == ("Bảng.doc", b"\0\xff" * 99)
    assert message.get_content()["Subject"] == "sâu"


def test_a_message_that_holds_itself(tmp_path: Path) -> None:
    tree = making_ole.msg(HEAD, attached=[inner(making_ole.msg({0x0037: "trong"}, header=24), "a")])
    data = bytearray(making_ole.ole(tree))
    at = data.index("__substg1.0_3701000D".encode("utf-16-le"))
    struct.pack_into("<I", data, at + 76, 1)  # the inner message begins with the first entry of the outer one
    (tmp_path / "a").write_bytes(data)
    assert len(list(msg.attachments(tmp_path / "a", LIMITS))) <= 1


def test_attachments_that_all_point_to_the_same_bytes(tmp_path: Path) -> None:
    files = [attached(str(number), b"x" * (100_000 if not number else 5000)) for number in range(200)]
    data = bytearray(making_ole.ole(making_ole.msg(HEAD, attached=files)))
    at = [index for index in range(0, len(data), 128) if data[index : index + 40] == _DATA]
    for index in at:
        data[index + 116 : index + 124] = struct.pack("<2I", 0, 1 << 30)
    path = tmp_path / "a"
    path.write_bytes(data)
    assert len(at) == 200
    with pytest.raises(NotOle):
        list(msg.attachments(path, LIMITS))


_DATA = "__substg1.0_37010102".encode("utf-16-le")


@pytest.mark.parametrize("form", ["signed", "sealed"])
def test_a_message_under_a_certificate(form: str, tmp_path: Path) -> None:
    data = (
        b'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\n\r\nxin\r\n--b--'
        if form == "signed"
        else b"\x30\x80"
    )
    tree = making_ole.msg({0x001A: "IPM.Note.SMIME", 0x0037: "a"}, attached=[attached("smime.p7m", data)])
    ((name, mail),) = taken(tmp_path, tree).items()
    (tmp_path / "b").write_bytes(mail)
    assert (name, sniff(tmp_path / "b")) == ("message.eml", "eml")


def test_the_samples(samples: Path) -> None:
    reading = read(samples / "formats" / "testMSG_att_msg.msg", LIMITS)
    assert "Test email with 1 msg attachment" in reading.text
    files = dict(msg.attachments(samples / "formats" / "testMSG_att_msg.msg", LIMITS))
    assert list(files) == ["Test Attachment.eml", "smbprn.00009008.KdcPjl.pdf"]
    assert files["smbprn.00009008.KdcPjl.pdf"].startswith(b"%PDF")
    assert b"Test_Attachment" in files["Test Attachment.eml"]
    assert read(samples / "formats" / "testMSG.msg", LIMITS).state is ReadingState.READ


@pytest.mark.parametrize("cut", [300, 3000])
def test_a_file_cut_off(cut: int, samples: Path, read_bytes: ReadBytes) -> None:
    data = (samples / "formats" / "testMSG.msg").read_bytes()
    assert read_bytes(data[:cut]).state is ReadingState.UNREADABLE


TREE = making_ole.msg(
    {**HEAD, 0x1013: b"<p>xin</p>", 0x1009: packed(rb"{\rtf1 xin}")}, {0x0039: SENT, 0x3FDE: 65001},
    [attached("a", b"x" * 5000), inner(making_ole.msg(HEAD, {0x0039: SENT}, [attached("b", b"y")], header=24))],
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(hits=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_no_damage_makes_it_fail(tmp_path: Path, hits: list[tuple[float, bytes]]) -> None:
    data = bytearray(making_ole.ole(TREE))
    for at, junk in hits:
        place = 512 + int((len(data) - 520) * at)
        data[place : place + len(junk)] = junk
    _both(tmp_path / "a", bytes(data))


def test_no_mutation_of_a_real_file_makes_it_fail(samples: Path, tmp_path: Path) -> None:
    chance = random.Random(98)
    whole = (samples / "formats" / "testMSG_att_msg.msg").read_bytes()
    for _round in range(60):
        data = bytearray(whole)
        for _hit in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        _both(tmp_path / "a", bytes(data))


def _both(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert msg.read_msg(path, LIMITS).format == "msg"
    with contextlib.suppress(NotOle):  # as its words say
        list(msg.attachments(path, LIMITS))
