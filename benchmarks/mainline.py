"""How fast the main line is, beside the floor of the same machine in the same run.

    .venv/bin/python benchmarks/mainline.py throughput [FILES]   files filed, read, recognised, checked and indexed
    .venv/bin/python benchmarks/mainline.py latency [DROPS]      from the drop to the receipt, and to the search hit
    .venv/bin/python benchmarks/mainline.py idle [DOCUMENTS]     what the watcher costs when nothing happens
    .venv/bin/python benchmarks/mainline.py check                `hoso check` of 100 units with 60 documents each
    .venv/bin/python benchmarks/mainline.py help                 `hoso --help`

Every part runs the real commands on a fresh home and prints what it measured; the figures in README.md come from here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
HOSO = [sys.executable, "-m", "cli"]
SETTLE = 1.0

TYPES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
BODY = """
Năm qua được sự quan tâm của Ban Thường vụ Đảng ủy Khối, chi bộ đã bám sát nghị quyết, cụ thể hóa thành kế hoạch từng
tháng, từng quý để triển khai thực hiện. Chế độ sinh hoạt được duy trì nền nếp; nội dung sinh hoạt được chuẩn bị trước,
chú trọng kiểm điểm kết quả thực hiện nghị quyết tháng trước và phân công nhiệm vụ tháng sau. Công tác kiểm tra, giám
sát được thực hiện theo chương trình; việc thu, nộp và sử dụng đảng phí thực hiện đúng chế độ.
""".split()  # noqa: SIM905  a text reads better than a list of its words
TITLES = (
    "Tổng kết công tác năm 2021, phương hướng, nhiệm vụ năm 2022",
    "Công tác kiểm tra, giám sát năm 2021",
    "Kết quả thực hiện Quy chế dân chủ ở cơ sở năm 2021",
    "Kết quả phong trào thi đua Dân vận khéo năm 2021",
    "Tự chấm điểm, đề xuất mức chất lượng năm 2021",
)


def paper(number: int, unit: str, dice: random.Random) -> bytes:
    """A small DOCX of about a page and a half, as clerks write them; never the same twice."""
    lines = [
        "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", unit.upper(), "*", f"Số {number}-BC/CB", "ĐẢNG CỘNG SẢN VIỆT NAM",
        f"Hòa Phú, ngày {dice.randint(1, 28)} tháng 12 năm 2021", "BÁO CÁO", dice.choice(TITLES), "-----",
    ]  # fmt: skip
    lines += [" ".join(dice.choices(BODY, k=60)) + "." for _paragraph in range(12)]
    lines += ["T/M CHI BỘ", "BÍ THƯ", "Nguyễn Văn An"]
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    xml = '<?xml version="1.0" encoding="UTF-8"?>' + document
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", TYPES)
        pack.writestr("_rels/.rels", RELS)
        pack.writestr("word/document.xml", xml)
    return out.getvalue()


def campaign(units: int) -> str:
    rows = [
        f"  - {{id: cb-{n:03}, name: Chi bộ Đơn vị {n:03}, type: chi-bo-co-so, members: 5, mass_orgs: [cong-doan]}}"
        for n in range(units)
    ]
    visits = [f"  - {{unit: cb-{n:03}, team: doan-1, on: 2021-12-20}}" for n in range(units)]
    return "\n".join([
        "campaign: {id: do, title: Đo, year: 2021, pack: xep-loai-2021}",
        "teams: [{id: doan-1, name: Đoàn số 1}]",
        "units:", *rows, "visits:", *visits, "",
    ])  # fmt: skip


def hoso(home: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [*HOSO, *arguments, "--json"], cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    answer = json.loads(done.stdout)
    if not answer["ok"]:
        raise SystemExit(f"hoso {' '.join(arguments)}: {answer['error']}")
    return answer["data"]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOSO_HOME": str(home), "HOSO_INBOX_SETTLE": str(SETTLE)}


@contextlib.contextmanager
def fresh(units: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hoso-bench-") as folder:
        home = Path(folder) / "home"
        hoso(home, "init")
        (Path(folder) / "campaign.yaml").write_text(campaign(units), encoding="utf-8")
        hoso(home, "campaign", "load", str(Path(folder) / "campaign.yaml"))
        yield home


def drop(home: Path, files: int, units: int, seed: int = 1) -> list[Path]:
    dice = random.Random(seed)
    paths = []
    for number in range(files):
        unit = number % units
        path = home / "inbox" / f"cb-{unit:03}" / f"bc {number}.docx"
        path.write_bytes(paper(number, f"Chi bộ Đơn vị {unit:03}", dice))
        paths.append(path)
    return paths


def floor(paths: list[Path], into: Path) -> float:
    """Seconds for what nobody can do without: copy, SHA-256, fsync, unzip and strip the tags."""
    import re

    into.mkdir()
    started = time.perf_counter()
    for number, path in enumerate(paths):
        data = path.read_bytes()
        hashlib.sha256(data).hexdigest()
        with (into / str(number)).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with zipfile.ZipFile(BytesIO(data)) as pack:
            re.sub(r"<[^>]+>", " ", pack.read("word/document.xml").decode())
    return time.perf_counter() - started


def throughput(files: int = 2000) -> None:
    with fresh(50) as home:
        paths = drop(home, files, 50)
        least = floor(paths, home.parent / "floor")
        started = time.perf_counter()
        done = hoso(home, "inbox", "scan", "--until-idle", "--settle", "0")
        hoso(home, "check", "--as-of", "2021-12-20")
        seconds = time.perf_counter() - started
        indexed = hoso(home, "index", "stats")["documents"]
        print(f"files {files}, filed {done['filed']}, read {done['read']}, indexed {indexed}")
        print(f"seconds {seconds:.1f}, files a minute {files / seconds * 60:.0f}")
        print(f"floor seconds {least:.1f}, ratio {seconds / least:.1f}")


@contextlib.contextmanager
def watching(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([*HOSO, "inbox", "watch"], cwd=ROOT, env=environment(home), stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        print(f"watcher ended with {code}")


def latency(drops: int = 60) -> None:
    """Drops one file after another while the watcher runs; the receipt is the page in the clerk's folder."""
    dice = random.Random(7)
    with fresh(10) as home, watching(home):
        time.sleep(5)
        receipts, searchable = [], []
        for number in range(drops):
            one = drop_one(home, number, dice.randrange(10), number % 5 == 0)
            receipts.append(one[0])
            searchable += one[1:]
            time.sleep(dice.random())
        report("drop to receipt", receipts, f"settle {SETTLE} s")
        report("drop to search hit", searchable, "includes starting a search")


def drop_one(home: Path, number: int, unit: int, search: bool) -> list[float]:
    """Seconds from the drop to the receipt and, where asked, to the first search that finds the paper."""
    folder, word = home / "inbox" / f"cb-{unit:03}", f"dấuhiệu{number:04}"
    data = swap(paper(number, f"Chi bộ Đơn vị {unit:03}", random.Random(number)), word)
    had = pages(folder)
    started = time.perf_counter()
    (folder / f"tin {number}.docx").write_bytes(data)
    times = [wait(lambda: pages(folder) > had, started)]
    return [*times, wait(lambda: hoso(home, "search", word)["total"] == 1, started)] if search else times


def swap(data: bytes, word: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"T/M CHI", word.encode() + b" T/M CHI"))
    return out.getvalue()


def pages(folder: Path) -> int:
    return len(list((folder / "_BIEN-NHAN").glob("*.html")))


def wait(there: Any, started: float, most: float = 120) -> float:
    while not there():
        if time.perf_counter() - started > most:
            raise SystemExit("waited in vain")
        time.sleep(0.02)
    return time.perf_counter() - started


def report(what: str, seconds: list[float], note: str) -> None:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = statistics.median(ordered)
    print(f"{what}: p50 {middle:.2f} s, p95 {p95:.2f} s, max {ordered[-1]:.2f} s ({len(ordered)} times; {note})")


def idle(documents: int = 10_000) -> None:
    with fresh(100) as home:
        drop(home, documents, 100)
        print(hoso(home, "inbox", "scan", "--until-idle", "--settle", "0"))
        with watching(home) as process:
            time.sleep(180)  # the first look judges every unit and compares every page
            before, started = cpu(process.pid), time.perf_counter()
            time.sleep(120)
            used = (cpu(process.pid) - before) / (time.perf_counter() - started)
            print(f"idle with {documents} documents: {used * 100:.2f} % of a core, RSS {memory(process.pid)} MB")


def family(pid: int) -> list[int]:
    found = [pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) in found:
                    found.append(int(entry.name))
    return found


def cpu(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> str:
    sizes = []
    for member in family(pid):
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{member}/status").read_text()
            sizes += [int(line.split()[1]) // 1024 for line in text.splitlines() if line.startswith("VmRSS")]
    return f"{sizes[0]} (with its helpers {sum(sizes)})"


def check() -> None:
    with fresh(100) as home:
        drop(home, 6000, 100)
        hoso(home, "inbox", "scan", "--until-idle", "--settle", "0")
        times = []
        for _turn in range(5):
            started = time.perf_counter()
            hoso(home, "check", "--as-of", "2021-12-20")
            times.append(time.perf_counter() - started)
        report("hoso check, 100 units, 6,000 documents", times, "whole command")


def help_() -> None:
    times = []
    for _turn in range(20):
        started = time.perf_counter()
        subprocess.run([*HOSO, "--help"], cwd=ROOT, capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    report("hoso --help", times, "whole command")


PARTS = {"throughput": throughput, "latency": latency, "idle": idle, "check": check, "help": help_}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        raise SystemExit(__doc__)
    PARTS[sys.argv[1]](*map(int, sys.argv[2:]))
