"""DOC: our reader against antiword, catdoc and LibreOffice, on real papers with transcripts.

Syllables are runs of letters, NFC and lower case; recall and precision over the multisets, the mean over the files, a
file not opened counts 0. What the programs give is converted from the old encodings as ours is. A program that is not
installed is left out.

    .venv/bin/python benchmarks/reading/doc.py [--each]
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.office.docx import read_docx
from archive.readers.ole.doc import read_doc

LEGACY = Path(__file__).parents[3] / "shared" / "samples" / "legacy"
_OLE = b"\xd0\xcf\x11\xe0"
_WORD = re.compile(r"[^\W\d_]+")

Reader = Callable[[Path], str]


def syllables(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def ours(path: Path) -> str:
    return read_doc(path, ReadingLimits()).text


def program(*command: str) -> Reader:
    def read(path: Path) -> str:
        done = subprocess.run([*command, str(path)], capture_output=True, timeout=60, check=False)
        text = done.stdout.decode("utf-8", "replace")
        return outcome.read("doc", text.split("\f"), legacy_font=True).text

    return read


def libreoffice(path: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/libreoffice-profile"
        command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, timeout=120, check=False)
        made = next(Path(folder).glob("*.docx"), None)
        return read_docx(made, ReadingLimits()).text if made else ""


def readers() -> dict[str, Reader]:
    all_readers: dict[str, tuple[str, Reader]] = {
        "antiword": ("antiword", program("antiword", "-w", "0", "-m", "UTF-8.txt")),
        "catdoc": ("catdoc", program("catdoc", "-w", "-d", "utf-8")),
        "libreoffice": ("soffice", libreoffice),
    }
    return {"ours": ours} | {name: reader for name, (needs, reader) in all_readers.items() if shutil.which(needs)}


def main() -> None:
    with (LEGACY / "manifest.csv").open(encoding="utf-8") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["file"].endswith(".doc")]
    rows = [row for row in rows if (LEGACY / row["file"]).read_bytes().startswith(_OLE)]
    print(f"{len(rows)} DOC files")
    print("| reader | opened | recall | precision | worst recall | ms/file |\n|---|---|---|---|---|---|")
    for name, reader in readers().items():
        recalls, precisions, seconds = [], [], 0.0
        for row in rows:
            started = time.perf_counter()
            found = syllables(reader(LEGACY / row["file"]))
            seconds += time.perf_counter() - started
            truth = syllables((LEGACY / row["transcript"]).read_text(encoding="utf-8"))
            common = (found & truth).total()
            recalls.append(common / truth.total())
            precisions.append(common / max(1, found.total()))
            if "--each" in sys.argv and name == "ours":
                print(f"  {row['file'][6:50]:45} {recalls[-1]:.3f} {precisions[-1]:.3f}")
                print("    lost", (truth - found).most_common(8), "more", (found - truth).most_common(8))
        opened = sum(1 for recall in recalls if recall > 0)
        means = f"{sum(recalls) / len(rows):.3f} | {sum(precisions) / len(rows):.3f} | {min(recalls):.3f}"
        print(f"| {name} | {opened} | {means} | {seconds / len(rows) * 1000:.0f} |")


if __name__ == "__main__":
    main()
