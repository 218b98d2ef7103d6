"""Old Vietnamese encodings: recall and precision against the transcripts, and texts converted that should not be.

    .venv/bin/python benchmarks/reading/legacy.py [--samples ../shared/samples] [--misses]

Syllables are runs of letters after NFC and lower case, counted as multisets (SOURCE.md of the samples). The French,
Spanish, German and English lines are made of word lists with a fixed seed, the Vietnamese ones are the seed corpus. A
line counts as falsely converted when anything in it changes, each line read as a document of its own with and without
an old font in use, and all lines of a language as one document.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from striprtf import striprtf

from archive.readers import legacy
from archive.readers.limits import ReadingLimits
from archive.readers.table import read
from archive.records import ReadingState

_SYLLABLE = re.compile(r"[^\W\d_]+")
_LINES = 10_000
_FOREIGN = {
    "french": "à où déjà été près dès né née thé bébé élève première française où leçon garçon forêt hôtel île maïs "
    "noël naïf cœur sœur œuvre ça là voilà très après être même août goût sûr dû reçu où élu côté côte pêché pêche "
    "le la de et un une des les pour dans que qui sur avec nous vous par est ont sont fut mais donc car ni",
    "spanish": "más sé está qué él día sí té aún también según Muñoz señor año niño mañana corazón canción José país "
    "río mío después habló número público economía dé vio pingüino qué ¿Qué ¡No el la los de que y en un por con para",
    "german": "für über müde schön größer Straße Fuß grün fünf können müssen würde Äpfel Öl Übung Mädchen Bär Tür hört "
    "geht der die das und ist nicht mit von auf ein eine zu den dem sich auch nach wie aber oder wenn nur",
    "english": "the of and to in a is that it was for on are as with his they at be this from have or by one café "
    "naïve résumé Brontë façade Zürich £5 20° ½ ©2004 Word® m² µm §12 «so» don´t 1ª 3º ±2 5×7",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[2].parent / "shared" / "samples")
    parser.add_argument("--misses", action="store_true", help="show the syllables that lack or are too many")
    arguments = parser.parse_args()
    against_transcripts(arguments.samples / "legacy", arguments.misses)
    false_conversions(arguments.samples / "corpus" / "vi_seed.jsonl.gz")


def against_transcripts(folder: Path, misses: bool) -> None:
    """Each file of the manifest through the whole reader."""
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    opened: Counter[str] = Counter()
    with (folder / "manifest.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        path = folder / row["file"]
        began = time.perf_counter()
        reading = read(path, ReadingLimits())
        took = time.perf_counter() - began
        truth = _syllables((folder / row["transcript"]).read_text(encoding="utf-8"))
        got = _syllables(reading.text)
        recall, precision = _share(truth, got), _share(got, truth)
        opened[path.suffix] += reading.state is ReadingState.READ
        scores[path.suffix].append((recall, precision))
        said = f"{reading.state} {reading.encoding:8}(corpus: {row['encoding']})"
        print(f"{path.name[:46]:46} recall {recall:.3f} precision {precision:.3f} {took:6.2f} s {said}")
        if misses:
            print("    lacks", (truth - got).most_common(12), "\n    has besides", (got - truth).most_common(12))
        if path.suffix == ".rtf":
            _striprtf(path, truth)
    for suffix in (*sorted(scores), "all"):
        found = scores[suffix] if suffix != "all" else [pair for pairs in scores.values() for pair in pairs]
        count = opened[suffix] if suffix != "all" else opened.total()
        _summary(suffix, count, found)


def _summary(name: str, opened: int, pairs: list[tuple[float, float]]) -> None:
    recalls, precisions = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    print(
        f"{name:6} read {opened}/{len(pairs)}"
        f"  recall mean {sum(recalls) / len(pairs):.4f} worst {min(recalls):.4f}"
        f"  precision mean {sum(precisions) / len(pairs):.4f} worst {min(precisions):.4f}"
    )


def _striprtf(path: Path, truth: Counter[str]) -> None:
    """The library that does the same, for comparison, with the same conversion."""
    began = time.perf_counter()
    rtf_to_text: Callable[..., str] = striprtf.rtf_to_text
    text = rtf_to_text(path.read_bytes().decode("latin-1"), errors="replace")
    converter = legacy.find((text,), legacy_font=True)
    got = _syllables(converter.text(text) if converter else text)
    took = time.perf_counter() - began
    print(f"    striprtf: recall {_share(truth, got):.3f} precision {_share(got, truth):.3f} {took:6.2f} s")


def false_conversions(corpus: Path) -> None:
    """Lines in Unicode and in other languages of which nothing may change."""
    languages = {"vietnamese": list(_vietnamese(corpus))}
    for name, words in _FOREIGN.items():
        chance = random.Random(name)
        languages[name] = [" ".join(chance.choices(words.split(), k=chance.randint(1, 20))) for _ in range(_LINES)]
    for name, lines in languages.items():
        changed = [sum(_changes(line, font) for line in lines) for font in (False, True)]
        whole = any(legacy.find(lines, legacy_font=font) for font in (False, True))
        print(f"{name:11} {len(lines)} lines: {changed[0]} converted, {changed[1]} with an old font; all: {whole}")


def _vietnamese(corpus: Path) -> Iterator[str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        for row in stream:
            yield from (line for line in json.loads(row)["text"].split("\n") if line.strip())


def _changes(line: str, font: bool) -> bool:
    converter = legacy.find((line,), legacy_font=font)
    return converter is not None and converter.text(line) != line


def _syllables(text: str) -> Counter[str]:
    return Counter(_SYLLABLE.findall(unicodedata.normalize("NFC", text).lower()))


def _share(wanted: Counter[str], found: Counter[str]) -> float:
    return (wanted & found).total() / wanted.total() if wanted else 1.0


if __name__ == "__main__":
    main()
