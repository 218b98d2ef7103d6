"""PDF pages for the benchmarks of the PDF reader: good ones of many kinds, and the same with their letters spoilt."""

from __future__ import annotations

import gzip
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pypdfium2

from inbox.demo.make import make_demo
from inbox.demo.sheet import Block, Grid, Sheet
from inbox.demo.write_pdf import font_files, pdf_bytes

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
GONE = "\u200b"
_GONE_CODE = "200B"
_HEAD = """ĐẢNG BỘ TỈNH MẪU CHI BỘ MẪU Số 5-BC/CB ĐẢNG CỘNG SẢN VIỆT NAM Hà Tĩnh, ngày 01 tháng 12 năm 2021 BÁO CÁO
công tác năm"""
_NAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()  # noqa: SIM905
_GIVEN = "An Bình Cường Dũng Giang Hải Hạnh Khánh Lan Minh Nga Oanh Phúc Quyên Sơn Thảo Tuấn Uyên Vân Xuân Yến".split()  # noqa: SIM905
_FRENCH = """Le conseil municipal a examiné le rapport annuel sur les travaux de voirie et il a décidé de reporter la
réunion. Les habitants du quartier ont demandé que le service des eaux soit rétabli avant la fin du mois. Une
commission sera chargée de suivre les dépenses et de présenter ses conclusions dans un délai de trente jours."""
_ENGLISH = """The annual report was presented to the members of the board at the meeting held on Monday. It describes
the work that has been done during the year and the plans for the next one. All the staff were asked to send their
comments in writing before the end of the month, and the secretary will prepare a summary for the next session."""


def paper(body: tuple[Block, ...]) -> bytes:
    """A paper with this body and an ordinary head."""
    fonts = font_files()
    assert fonts, "the font package of the demo is not installed"
    sheet = Sheet(
        "ĐẢNG BỘ TỈNH MẪU", "CHI BỘ MẪU", "BÁO CÁO", ("công tác năm",), body, (), 2021, date(2021, 12, 1), "Số 5-BC/CB"
    )
    return pdf_bytes(sheet, fonts)


def bare_paper(body: tuple[Block, ...]) -> bytes:
    """A paper without its first page's head: what stands in the body begins on the second page."""
    filler = ("\u2014",) * 44  # dashes fill the first page
    data = paper((*filler, *body))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[0]
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """A PDF as bytes."""
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def vietnamese(rng: Random, papers: int) -> list[bytes]:
    """Laws, papers and chapters of the shared corpus."""
    return [data for _truth, data in vietnamese_with_truth(rng, papers)]


def vietnamese_with_truth(rng: Random, papers: int) -> list[tuple[str, bytes]]:
    """The same, with the text that was laid down."""
    with gzip.open(SAMPLES / "corpus" / "vi_seed.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    bodies = [_safe(rng.choice(texts))[:6000] for _ in range(papers)]
    return [(f"{_HEAD}\n{body}", paper(tuple(body.split("\n")))) for body in bodies]


def _safe(text: str) -> str:
    return "".join(char for char in text if char == "\n" or (char >= " " and char <= "\uffff"))


def odd_but_good(rng: Random) -> dict[str, list[bytes]]:
    """Pages that look wrong to a careless eye, by kind."""

    def name() -> str:
        return f"{rng.choice(_NAMES)} {rng.choice(_GIVEN)} {rng.choice(_GIVEN)}"

    def points() -> tuple[str, ...]:
        return (str(rng.randint(1, 99)), f"CT-{rng.randint(1, 20)}", *(str(rng.randint(0, 100)) for _ in range(4)))

    def parts() -> tuple[str, ...]:
        model = rng.choice(("Dell Latitude", "HP LaserJet Pro", "Canon LBP", "Cisco SG350", "Lenovo ThinkPad"))
        return (str(rng.randint(1, 99)), f"{model} {rng.randint(1000, 9999)}", f"{rng.randint(1, 99)}.000.000")

    def bodies() -> tuple[str, ...]:
        return (
            f"{rng.randint(1, 99)}",
            rng.choice(("UBKT", "BTC", "BTGDV", "VPĐU", "TTVHTT", "PGDĐT", "CQ QS")),
            "50%",
        )

    lists = {
        "points": lambda: Grid(tuple(points() for _ in range(60))),
        "names": lambda: Grid(tuple((str(row), name()) for row in range(60))),
        "capitals": lambda: Grid(tuple((str(row), name().upper()) for row in range(60))),
        "unmarked": lambda: Grid(tuple((str(row), _unmarked(name())) for row in range(60))),
        "parts": lambda: Grid(tuple(parts() for _ in range(60))),
        "abbreviations": lambda: Grid(tuple(bodies() for _ in range(60))),
        "numbers": lambda: " ".join(f"{rng.randint(0, 10**9):,}" for _ in range(400)),
        "English": lambda: _mixed(_ENGLISH, rng),
        "French": lambda: _mixed(_FRENCH, rng),
        "mails": lambda: " ".join(f"{_unmarked(name()).replace(' ', '').lower()}@tinhmau.gov.vn" for _ in range(90)),
    }
    return {kind: [bare_paper((make(),)) for _ in range(6)] for kind, make in lists.items()}


def _mixed(text: str, rng: Random) -> str:
    sentences = text.replace("\n", " ").split(". ")
    return ". ".join(rng.choice(sentences) for _ in range(24))


def _unmarked(text: str) -> str:
    from archive.vietnamese import bare

    return bare(text).title()


def sample_files() -> list[Path]:
    """The PDFs of the shared samples whose text is good by their manifest, and those of the sample dossiers."""
    good = "mau mau_rac_dau commented FormTestFromOo attachment testPDF_rotated r6-empty-password testOptionalHyphen"
    return [
        *(SAMPLES / "formats" / f"{name}.pdf" for name in good.split()),
        *(path for path in sorted((SAMPLES / "dossiers" / "inbox").rglob("*.pdf")) if _is_whole(path.read_bytes())),
    ]


def _is_whole(data: bytes) -> bool:
    return data.startswith(b"%PDF") and b"%%EOF" in data[-50:] and b"/ToUnicode" in data and b"/Encrypt" not in data


def demo_papers() -> list[bytes]:
    """The born-digital PDFs of the demo."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_demo(Path(folder))
        found = [path.read_bytes() for path in made.files if path.suffix == ".pdf"]
    return [data for data in found if _is_whole(data)]


# --- spoiling --------------------------------------------------------------------------------------------------------

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All fonts of a PDF that have a map to Unicode."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/ToUnicode" in item:
            yield item


def without_map(data: bytes) -> bytes:
    """The fonts lose their maps to Unicode."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in fonts(pdf):
            del font["/ToUnicode"]
        return saved(pdf)


def remapped(data: bytes, change: Callable[[dict[str, str]], dict[str, str | None]]) -> bytes:
    """The maps to Unicode are changed: `change` gets {code: letter} in hexadecimal digits, None drops the entry."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in fonts(pdf):
            pairs = _pairs(font.ToUnicode.read_bytes())
            width = max((len(code) for code in pairs), default=4)
            kept = {code: letter for code, letter in change(pairs).items() if letter is not None}
            lines = "\n".join(f"1 beginbfchar\n<{code}> <{letter}>\nendbfchar" for code, letter in kept.items())
            font.ToUnicode = pikepdf.Stream(
                pdf, _CMAP.format(last="F" * width, first="0" * width, lines=lines).encode()
            )
        return saved(pdf)


def _pairs(cmap: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    text = cmap[cmap.find(b"endcodespacerange") :]
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        found |= {match[1].decode(): match[2].decode() for match in _PAIR.finditer(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, letters in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])", block):
            width = len(first)
            start = int(first, 16)
            listed = re.findall(rb"<(\w+)>", letters)
            for step in range(int(last, 16) - start + 1):
                code = f"{start + step:0{width}X}"
                if len(listed) > 1 or letters.startswith(b"["):
                    if step < len(listed):
                        found[code] = listed[step].decode()
                else:
                    found[code] = f"{int(listed[0], 16) + step:04X}"
    return found


_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Spoilt def /CMapType 2 def
1 begincodespacerange <{first}> <{last}> endcodespacerange
{lines}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def shuffled(rng: Random) -> Callable[[dict[str, str]], dict[str, str | None]]:
    """Each letter stands for another."""

    def change(pairs: dict[str, str]) -> dict[str, str | None]:
        codes = [code for code, letter in pairs.items() if letter.upper() not in ("0020", "00A0")]
        letters: list[str | None] = [pairs[code] for code in codes]
        rng.shuffle(letters)
        return {**pairs, **dict(zip(codes, letters, strict=True))}

    return change


def marked_dropped(pairs: dict[str, str]) -> dict[str, str | None]:
    """All letters beyond Latin-1 lose their entry: "CỘNG HÒA XÃ HỘI" reads "CNG HÒA XÃ HI"."""
    return {code: letter if int(letter[:4], 16) < 0x100 else _GONE_CODE for code, letter in pairs.items()}


def accented_dropped(pairs: dict[str, str]) -> dict[str, str | None]:
    """All letters beyond ASCII lose their entry."""
    return {code: letter if int(letter[:4], 16) < 0x80 else _GONE_CODE for code, letter in pairs.items()}


def some_dropped(rng: Random) -> Callable[[dict[str, str]], dict[str, str | None]]:
    """A quarter of the letters lose their entry."""
    return lambda pairs: {
        code: letter if rng.random() > 0.25 or letter == "0020" else _GONE_CODE for code, letter in pairs.items()
    }


def private(pairs: dict[str, str]) -> dict[str, str | None]:
    """All letters lie in the private area."""
    return {
        code: letter if letter == "0020" else f"{0xE000 + int(letter[:4], 16) % 0x1000:04X}"
        for code, letter in pairs.items()
    }


def unknown(pairs: dict[str, str]) -> dict[str, str | None]:
    """A tenth of the letters is U+FFFD."""
    return {
        code: "FFFD" if int(letter[:4], 16) % 10 == 1 and letter != "0020" else letter for code, letter in pairs.items()
    }


def poor_layer(data: bytes, rng: Random, wrong: float = 0.3) -> bytes:
    """A scan with a text layer that reads badly: the page as a picture over invisible words with wrong letters."""
    with pypdfium2.PdfDocument(data) as source:
        texts, images = [], []
        for page in source:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            images.append(page.render(scale=0.5, grayscale=True).to_pil())
            page.close()
    with pikepdf.new() as pdf:
        for text, image in zip(texts, images, strict=True):
            _scan_page(pdf, image, _misread(text, rng, wrong))
        return saved(pdf)


def _misread(text: str, rng: Random, wrong: float) -> str:
    """As an English recogniser reads Vietnamese: marks lost, letters taken for others."""
    from archive.vietnamese import bare

    alike = str.maketrans("oaeiuntdhgc", "0@clvritlqe")
    plain = "".join(char if char.isascii() else "?" for char in bare(text))
    return "".join(char.translate(alike) if rng.random() < wrong else char for char in plain)


def _scan_page(pdf: pikepdf.Pdf, image: Any, text: str) -> None:
    page = pdf.add_blank_page(page_size=(595, 842))
    picture = pikepdf.Stream(pdf, image.tobytes())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height = image.size
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(picture)), Font=pikepdf.Dictionary(F1=pdf.make_indirect(font))
    )
    lines = [re.sub(r"([()\\])", r"\\\1", line) for line in text.splitlines()]
    words = [f"1 0 0 1 50 {800 - 14 * row} Tm ({line}) Tj" for row, line in enumerate(lines)]
    content = f"q 595 0 0 842 0 0 cm /Im0 Do Q BT 3 Tr /F1 10 Tf {' '.join(words)} ET"
    page.obj.Contents = pikepdf.Stream(pdf, content.encode("latin-1", "replace"))
