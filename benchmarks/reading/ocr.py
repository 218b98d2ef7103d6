"""How well and at what cost scans and photographs are read, on pages whose text is known (scans.py makes them).

    .venv/bin/python benchmarks/reading/ocr.py [--every N] [--only CONDITION ...] [--calibrate N]

Recall is the share of the true words that were found, precision the share of the found ones that are true, both without
order; CPU seconds are those of this process, since others may use the machine. --every 3 takes each third page only.
--calibrate N damages N pages at random and says what the confidence is worth.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import scans
from PIL import Image, ImageFilter

from archive.readers.limits import ReadingLimits
from archive.readers.ocr import ocr
from archive.readers.sandbox import Job, Sandbox
from archive.records import Page

_WORD = re.compile(r"\w+")
_LIMITS = ReadingLimits()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(scans.CONDITIONS), choices=list(scans.CONDITIONS))
    parser.add_argument("--calibrate", type=int, default=0)
    options = parser.parse_args()
    pages = scans.originals()[:: options.every]
    print(*ocr.describe(), f"{len(pages)} pages", sep="; ")
    with tempfile.TemporaryDirectory() as folder:
        if options.calibrate:
            calibrate(Path(folder), pages, options.calibrate)
            return
        for condition in options.only:
            quality(Path(folder), pages, condition)
        throughput(Path(folder), pages)


def quality(folder: Path, pages: list[scans.Original], condition: str) -> None:
    rows = []
    for number, original in enumerate(pages):
        path = saved(scans.scan(original, condition), folder / f"{number}.png", scans.CONDITIONS[condition][0])
        began = time.process_time()
        page = ocr.read_page(path, _LIMITS, form="png", number=1)
        rows.append((*score(original.text(), page.text), page.confidence or 0.0, time.process_time() - began))
    recall, precision, confidence, seconds = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    doubtful = sum(row[2] < ocr.DOUBTFUL for row in rows)
    print(
        f"{condition:16} recall {recall:.3f} (least {min(row[0] for row in rows):.2f})  precision {precision:.3f}  "
        f"confidence {confidence:.2f}  doubtful {doubtful}/{len(rows)}  CPU s {seconds:.2f}",
        flush=True,
    )


def calibrate(folder: Path, pages: list[scans.Original], count: int) -> None:
    """Pages of every grade of damage: how many good and how many bad ones the confidence calls doubtful."""
    rows = []
    for number in range(count):
        rng = random.Random(number)
        original = pages[number % len(pages)]
        picture, dpi = damaged(original, rng)
        page = ocr.read_page(saved(picture, folder / "page.png", dpi), _LIMITS, form="png", number=1)
        rows.append((score(original.text(), page.text)[0], page.confidence or 0.0))
    for name, low, high in (("below 0.8", -1.0, 0.8), ("0.8 to 0.9", 0.8, 0.9), ("from 0.9", 0.9, 1.1)):
        found = [confidence for recall, confidence in rows if low <= recall < high]
        print(f"recall {name:10} {len(found):4} pages, doubtful {sum(value < ocr.DOUBTFUL for value in found):4}")


def damaged(original: scans.Original, rng: random.Random) -> tuple[Image.Image, int]:
    dpi = rng.choice((90, 100, 110, 120, 130, 150, 200))
    picture = original.picture(dpi)
    if rng.random() < 0.6:
        picture = scans.stamped(picture, rng)
    picture = picture.filter(ImageFilter.GaussianBlur(picture.width / 1000 * rng.uniform(0.2, 1.9)))
    if rng.random() < 0.3:
        return scans.photo(picture, rng), dpi
    return scans.worn(picture, rng, rng.choice((15, 25, 40, 60))), dpi


def throughput(folder: Path, pages: list[scans.Original]) -> None:
    """Two workers in the sandbox, as in the service; and the memory of a fresh process with one page of 300 dpi."""
    jobs: list[Job[Page]] = []
    for number, original in enumerate(pages * 2):
        path = saved(scans.scan(original, "stamped 200", number), folder / f"t{number}.png", 200)
        jobs.append(Job(str(number), path, partial(ocr.read_page, form="png", number=1)))
    began = time.monotonic()
    with Sandbox(_LIMITS, workers=2) as sandbox:
        done = [page for _key, page in sandbox.run(jobs) if isinstance(page, Page) and page.text]
    minutes = (time.monotonic() - began) / 60
    print(f"two workers: {len(done)} of {len(jobs)} pages, {len(done) / minutes:.0f} a minute (wall)")
    page = saved(scans.scan(pages[0], "stamped 300"), folder / "page.png", 300)
    print(f"peak memory of a process that reads a page of 300 dpi: {memory(page)} MB, that reads none: {memory()} MB")


def memory(page: Path | None = None) -> int:
    """Peak megabytes of a fresh process, from /proc: what `getrusage` tells of a child starts at its parent's."""
    code = "from pathlib import Path; from archive.readers import ocr, table\n"
    code += "from archive.readers.limits import ReadingLimits\n"
    if page:
        code += f"ocr.read_page(Path({str(page)!r}), ReadingLimits(), form='png', number=1)\n"
    code += "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT)
    return int(done.stdout) // 1024


_ROOT = Path(__file__).resolve().parents[2]


def saved(picture: Image.Image, path: Path, dpi: int) -> Path:
    picture.save(path, compress_level=1, dpi=(dpi, dpi))
    return path


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def score(truth: str, found: str) -> tuple[float, float]:
    wanted, given = words(truth), words(found)
    right = sum((wanted & given).values())
    return right / max(1, sum(wanted.values())), right / max(1, sum(given.values()))


if __name__ == "__main__":
    main()
