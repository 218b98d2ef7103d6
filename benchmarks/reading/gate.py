"""The gate for the text of PDF pages: how many good pages it sends to OCR, how many garbled ones it lets through.

    .venv/bin/python benchmarks/reading/gate.py [SEED=3] [--shares]

`--shares` prints what the pages tell (share of syllables and so on) for setting the thresholds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pages
import pypdfium2

from archive.readers.pdf import pdf_gate, pdf_page

_KEEP = pdf_gate.Judgement(pdf_gate.Treatment.KEEP)


def judged(data: bytes | Path, shares: list[str] | None = None) -> Counter[str]:
    """How the pages of a PDF are treated."""
    count: Counter[str] = Counter()
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            facts, judgement = pdf_page.read_page(page, first=number == 0, nameless=False)
            page.close()
            if pages.GONE in facts.text:  # a map cannot say "nothing": the letters that are to be lost go here
                facts = replace(facts, text=facts.text.replace(pages.GONE, ""))
                judgement = _KEEP if pdf_gate.plainly_good(facts.text) else pdf_gate.judge(facts)
            text = facts.text.strip()
            if not text and judgement.treatment != "ocr":
                continue
            count[str(judgement.treatment)] += 1
            if shares is not None:
                shares.append(f"{pdf_gate.shares(facts.text)} {judgement.treatment} {text[:50]!r}")
    return count


def show(what: str, files: Iterable[bytes | Path], wanted: str, shares: bool) -> tuple[int, int]:
    """Print one line; returns how many pages there are and how many are treated as wanted."""
    told: list[str] | None = [] if shares else None
    count: Counter[str] = Counter()
    for data in files:
        count += judged(data, told)
    whole = sum(count.values())
    right = sum(number for treatment, number in count.items() if treatment in wanted.split("/"))
    print(f"{what:42} {whole:5} pages  {right:5} {wanted:12} {dict(count)}")
    for line in told or ():
        print("     ", line)
    return whole, right


def main() -> None:
    """Print the two costs."""
    shares = "--shares" in sys.argv
    rng = Random(int(sys.argv[1]) if sys.argv[1:2] and sys.argv[1].isdecimal() else 3)
    papers = [*pages.vietnamese(rng, 60), *pages.demo_papers()]
    odd = pages.odd_but_good(rng)
    legacy = sorted((pages.SAMPLES / "legacy" / "files").glob("*.pdf"))

    print("good pages")
    good = [
        show("shared samples", pages.sample_files(), "keep", shares),
        show("Vietnamese papers", papers, "keep", shares),
    ]
    good += [show(kind, files, "keep", shares) for kind, files in odd.items()]
    print("pages in old encodings: never to OCR")
    old = show("TCVN3", legacy, "convert/keep", shares)
    print("garbled pages")
    few = papers[:40]
    spoilt = {
        "no map to Unicode": [pages.without_map(data) for data in few],
        "letters shuffled": [pages.remapped(data, pages.shuffled(rng)) for data in few],
        "letters beyond Latin-1 dropped": [pages.remapped(data, pages.marked_dropped) for data in few],
        "letters beyond ASCII dropped": [pages.remapped(data, pages.accented_dropped) for data in few],
        "a quarter of the letters dropped": [pages.remapped(data, pages.some_dropped(rng)) for data in few],
        "private area": [pages.remapped(data, pages.private) for data in few],
        "U+FFFD": [pages.remapped(data, pages.unknown) for data in few],
        "poor text layer over a picture": [pages.poor_layer(data, rng) for data in few[:12]],
        "name lists in capitals, Latin-1 only": [
            pages.remapped(data, pages.marked_dropped) for data in odd["capitals"]
        ],
    }
    bad = [show(kind, files, "ocr", shares) for kind, files in spoilt.items()]
    for what, pairs in (
        ("good pages sent to OCR", good),
        ("old pages sent to OCR", [old]),
        ("garbled let through", bad),
    ):
        whole, right = (sum(column) for column in zip(*pairs, strict=True))
        print(f"{what}: {whole - right} of {whole} = {(whole - right) / whole:.2%}")


if __name__ == "__main__":
    main()
