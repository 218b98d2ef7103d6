"""The PDF reader: whether all words come out, and how fast, beside bare pypdfium2 and pypdf in the same run.

.venv/bin/python benchmarks/reading/pdf.py
"""

from __future__ import annotations

import io
import logging
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pages
import pypdfium2
from pypdf import PdfReader

from archive.readers import budget
from archive.readers.limits import ReadingLimits
from archive.readers.pdf import pdf_page
from archive.readers.pdf.pdf import read_pdf
from archive.readers.syllables import is_syllable
from archive.readers.table import read
from tests.archive.readers.making import accents_later, pdf

LIMITS = ReadingLimits()
_ROUNDS = 7
# A font that is not embedded draws no letter above U+00FF alone: these do.
_TRAP = "Các phòng tìm các ý tôn trí hòa nhã và thông tin công tác báo cáo theo yêu câu".split()  # noqa: SIM905  a text reads better


def syllables(text: str) -> Counter[str]:
    """The Vietnamese syllables of a text, in lower case."""
    found = "".join(char if char.isalpha() else " " for char in unicodedata.normalize("NFC", text)).lower().split()
    return Counter(word for word in found if is_syllable(word))


def compare(pairs: Iterable[tuple[str, str]]) -> tuple[int, float, float]:
    """Syllables of the truth, recall and precision over (truth, text read)."""
    wanted = given = both = 0
    for truth, text in pairs:
        a, b = syllables(truth), syllables(text)
        wanted, given, both = wanted + a.total(), given + b.total(), both + (a & b).total()
    return wanted, both / max(wanted, 1), both / max(given, 1)


def papers() -> list[tuple[str, Path, str]]:
    """(kind, PDF, true text): of the corpus, and of the samples that come as DOCX as well."""
    rng = Random(8)
    folder = Path(tempfile.mkdtemp(prefix="reading-"))
    made = []
    for number, (truth, data) in enumerate(pages.vietnamese_with_truth(rng, 40)):
        path = folder / f"{number}.pdf"
        path.write_bytes(data)
        made.append(("corpus, laid down by pdfium", path, truth))
    formats = pages.SAMPLES / "formats"
    made.append(("sample from DOCX, LibreOffice", formats / "mau.pdf", read(formats / "mau.docx", LIMITS).text))
    return made


def jumping(rng: Random) -> list[tuple[str, str]]:
    """Pages whose accented letters are drawn after the rest of their line: (truth, text read)."""
    found = []
    for _ in range(20):
        lines = [" ".join(rng.choice(_TRAP) for _ in range(9)) for _ in range(40)]
        page = [run for row, line in enumerate(lines) for run in accents_later(line, 60, 790 - 17 * row)]
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf(page))
            file.flush()
            found.append(("\n".join(lines), read(Path(file.name), LIMITS).text))
    return found


def bare(path: Path) -> str:
    """All text by pypdfium2 and nothing else."""
    with pypdfium2.PdfDocument(path) as document:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
    return "\f".join(texts)


def by_pypdf(path: Path) -> str:
    """All text by pypdf; it stumbles over some fonts."""
    texts = []
    for page in PdfReader(io.BytesIO(path.read_bytes())).pages:
        try:
            texts.append(page.extract_text())
        except Exception:
            texts.append("")
    return "\f".join(texts)


def pages_only(path: Path) -> str:
    """Our text of the pages, judged by the gate, without the look inside the file and without the answer."""
    with pypdfium2.PdfDocument(path) as document:
        texts = []
        for number, page in enumerate(document):
            texts.append(pdf_page.read_page(page, first=number == 0, nameless=False)[0].text)
            page.close()
    return "\f".join(texts)


def ours(path: Path) -> str:
    """The whole reading, from opening the file to the answer."""
    budget.begin(LIMITS)
    return read_pdf(path, LIMITS).text


def seconds(run: Callable[[Path], str], paths: list[Path], rounds: int) -> float:
    """The best of some rounds for each file, summed up."""
    total = 0.0
    for path in paths:
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            run(path)
            times.append(time.perf_counter() - started)
        total += min(times)
    return total


def speed(what: str, paths: list[Path]) -> None:
    """Print how fast these files are read."""
    runs = (bare, pages_only, ours, by_pypdf)
    took = {run: seconds(run, paths, _ROUNDS if run is not by_pypdf else 2) for run in runs}
    count = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    each = ", ".join(f"{run.__name__} {1000 * took[run] / count:.2f}" for run in took)
    print(
        f"{what:34} {len(paths):3} files {count:5} pages, ms a page: {each};"
        f"; pages {took[bare] / took[pages_only]:.2f} of bare, whole {took[bare] / took[ours]:.2f},"
        f" {took[by_pypdf] / took[ours]:.1f} times pypdf"
    )


def main() -> None:
    """Print recall, precision and speed."""
    logging.disable(logging.CRITICAL)
    made = papers()
    print("syllables of the truth, recall, precision")
    for kind in dict.fromkeys(kind for kind, _path, _truth in made):
        one = [(truth, ours(path)) for each, path, truth in made if each == kind]
        print("  {:34} {:7} {:.4f} {:.4f}".format(kind, *compare(one)))
    print("  {:34} {:7} {:.4f} {:.4f}".format("letters drawn later", *compare(jumping(Random(2)))))
    print("speed, in this process")
    samples = [path for path in pages.sample_files() if path.stat().st_size < 1_000_000]
    speed("samples", samples)
    corpus = [path for _kind, path, _truth in made]
    speed("corpus", corpus)
    legacy = sorted((pages.SAMPLES / "legacy" / "files").glob("*.pdf"))
    speed("TCVN3 papers", legacy)
    speed("a thousand pages", [pages.SAMPLES / "formats" / "mot_nghin_trang.pdf"])
    ratios = [seconds(bare, [path], _ROUNDS) / seconds(ours, [path], _ROUNDS) for path in (*samples, *corpus)]
    print(f"by file: median {statistics.median(ratios):.2f} of bare, worst {min(ratios):.2f}")


if __name__ == "__main__":
    main()
