"""Recognising many documents at once, shared out among processes."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from archive.records import Document, Page, Reading, ReadingState, Source
from inbox import recognition
from rules.loader import builtin_packs, find_pack

PACK = find_pack("xep-loai-2021")
TITLES = ("Tổng kết công tác năm 2021", "Kiểm điểm tập thể năm 2021", "Công tác kiểm tra, giám sát năm 2021")


def paper(number: int) -> tuple[Document, Reading]:
    text = f"CHI BỘ VĂN PHÒNG\nSố {number}-BC/CB\nBÁO CÁO\n{TITLES[number % 3]}\n-----\nTrên đây là báo cáo."
    name = f"{number}.docx"
    document = Document(f"d{number}", "cb-a", "x", "0" * 64, name, "", 1, datetime(2021, 12, 1, tzinfo=UTC))
    page = Page(text, Source.EMBEDDED, 1.0)
    return document, Reading("docx", ReadingState.READ, (page,), source=Source.EMBEDDED, confidence=1.0)


def test_many_processes_say_what_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    work = [paper(number) for number in range(1, 8)]
    alone = recognition.recognise_all(work, PACK, len(work))
    monkeypatch.setattr(recognition, "_MANY", 1)
    monkeypatch.setattr(recognition, "_BATCH", 2)
    monkeypatch.setattr(recognition.os, "sched_getaffinity", lambda _process: {0, 1})
    assert recognition.recognise_all(work, PACK, len(work)) == alone
    assert {found.kind for found in alone.values()} == {"bao-cao-tong-ket", "kiem-diem-tap-the", "bao-cao-ktgs"}


@pytest.mark.parametrize("name", builtin_packs())
def test_a_pack_travels_to_another_process(name: str) -> None:
    pack = find_pack(name)
    assert pickle.loads(pickle.dumps(pack)) == pack
