"""A big archive out of the small corpus of real texts: paragraphs of one law or article, with the head of an office
paper, always the same for the same number."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from archive import vietnamese
from archive.search.ports import IndexedDocument

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "corpus" / "vi_seed.jsonl.gz"
UNITS = [f"dv-{at:03}" for at in range(1, 121)]
KINDS = {
    "bao-cao-tong-ket": ("BC", "Báo cáo"),
    "ke-hoach-kiem-tra": ("KH", "Kế hoạch"),
    "to-trinh": ("TTr", "Tờ trình"),
    "quyet-dinh": ("QĐ", "Quyết định"),
    "bien-ban-hop": ("BB", "Biên bản"),
    "cong-van": ("CV", "Công văn"),
    "thong-bao": ("TB", "Thông báo"),
    "nghi-quyet": ("NQ", "Nghị quyết"),
}
PLACES = ["Hà Tĩnh", "Kỳ Anh", "Hồng Lĩnh", "Vũng Áng", "Cẩm Xuyên", "Đức Thọ", "Hương Sơn", "Thạch Hà", "Lộc Hà"]
PAGE = 2700  # characters


def texts() -> list[list[str]]:
    """The paragraphs of each text of the seed."""
    with gzip.open(SEED, "rt", encoding="utf-8") as file:
        return [[line for line in json.loads(each)["text"].split("\n") if line.strip()] for each in file]


def documents(count: int) -> Iterator[IndexedDocument]:
    """So many documents, of 1,300 to 15,000 characters, most of one page or two."""
    seed = texts()
    for at in range(count):
        yield document(seed, at)


def document(seed: list[list[str]], at: int) -> IndexedDocument:
    """The document of this number."""
    random = Random(at)
    unit = random.choice(UNITS)
    kind = random.choice(list(KINDS))
    letters, word = KINDS[kind]
    issued = date(2018, 1, 1) + timedelta(days=random.randrange(3 * 365 + 300))
    number = random.randrange(1, 700)
    body = _body(seed, random)
    title = f"{word} {' '.join(body[0].split()[1:13])}"
    head = [
        f"ĐẢNG BỘ {unit.upper()}",
        f"Số {number}-{letters}/ĐU",
        f"{random.choice(PLACES)}, ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}",
        title.upper(),
    ]
    text = "\n".join(head + body)
    pages = tuple(text[start : start + PAGE] for start in range(0, len(text), PAGE))
    return IndexedDocument(
        id=f"d-{at:06}",
        unit=unit,
        kind=kind,
        name=f"{letters}-{number}.docx",
        title=title,
        number=str(number),
        code=f"{number}-{letters}/ĐU",
        year=issued.year,
        issued_on=issued,
        filed_at=datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=at * 977.5 + random.random()),
        pages=pages,
        source=random.choice(("embedded", "embedded", "ocr")),
    )


def _body(seed: list[list[str]], random: Random) -> list[str]:
    """Paragraphs of one text from a place on, and now and then one of another; figures are drawn anew."""
    wanted = min(15_000, max(1_300, int(random.lognormvariate(7.75, 0.55))))
    paragraphs = random.choice(seed)
    at = random.randrange(len(paragraphs))
    body: list[str] = []
    size = 0
    while size < wanted:
        source = paragraphs if random.random() < 0.8 else random.choice(seed)
        line = source[at % len(source)]
        at += 1
        line = " ".join(str(random.randrange(1, 400)) if word.isdecimal() else word for word in line.split())
        body.append(line[: 2 * wanted])
        size += len(line)
    return body


def plain(text: str) -> str:
    """The text without accents, as many people type."""
    return vietnamese.bare(text)
