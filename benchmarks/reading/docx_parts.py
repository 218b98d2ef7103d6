"""How much of each part of a DOCX is read, beside python-docx; on the samples and on one file made of every part.

    .venv/bin/python benchmarks/reading/docx_parts.py [FOLDER...]     share of paragraphs found, by part

The truth is a plain walk over the whole XML tree: each paragraph with letters that is shown (not taken out under
tracked changes, not hidden, not the second shape of an alternative), under the part that it stands in. A paragraph is
found when its text, without blanks, stands in what the reader gives.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx as python_docx
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.readers.legacy import vote  # noqa: E402
from archive.readers.limits import ReadingLimits  # noqa: E402
from archive.readers.office.docx import read_docx  # noqa: E402
from tests.archive.readers.making import docx, p, table  # noqa: E402

SAMPLES = ROOT.parent / "shared" / "samples"
_STORIES = ("document", "header", "footer", "footnotes", "endnotes", "comments")
# The part that a paragraph counts for, by the first of these among what it stands in or what it holds.
_AROUND = (("txbxContent", "text box"), ("sdt", "content control"))
_INSIDE = ("ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "oMath", "sym", "softHyphen", "noBreakHyphen")
_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_LETTERS = {"t": None, "tab": "", "br": "", "cr": "", "noBreakHyphen": "-", "softHyphen": ""}


def main() -> None:
    """Print the table."""
    folders = [Path(argument) for argument in sys.argv[1:]] or [SAMPLES / "formats", SAMPLES / "dossiers"]
    files = [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.doc[xm]"))]
    files = [data for data in [*files, every_part()] if zipfile.is_zipfile(io.BytesIO(data))]
    truths = [(data, found) for data in files if (found := truth(data)) and not old_encoding(found)]
    total = Counter(part for _data, found in truths for part, _text in found)
    print(f"{len(truths)} files, {sum(total.values())} paragraphs")
    for name, reader in READERS.items():
        begun = time.process_time()
        texts = [squeezed(answer(reader, data)) for data, _found in truths]
        took = time.process_time() - begun
        hits = Counter(
            part for (_data, found), text in zip(truths, texts, strict=True) for part, words in found if words in text
        )
        shares = "  ".join(f"{part} {hits[part]}/{total[part]}" for part in sorted(total))
        print(f"{name}: {took:.2f} s  {shares}")


def every_part() -> bytes:
    """A DOCX with each part that the samples may lack."""

    def run(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    box = f"<w:txbxContent>{p('chữ trong hộp văn bản')}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    nested = f"{p('ô ngoài của bảng')}{table(['ô của bảng lồng'])}<w:p/>"
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    taken_out = "<w:del><w:r><w:delText>đã bỏ</w:delText></w:r></w:del>"
    paragraphs = (
        f"{run('neo của hộp chữ')}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>",
        f"<w:ins>{run('đoạn được thêm vào')}</w:ins>{taken_out}",
        f"<w:moveTo>{run('đoạn chuyển đến đây')}</w:moveTo>",
        f"<w:smartTag>{run('đoạn trong thẻ thông minh')}</w:smartTag>",
        f"<w:hyperlink>{run('đoạn trong liên kết')}</w:hyperlink>",
        f"<w:fldSimple>{run('đoạn trong trường')}</w:fldSimple>",
        f'{run("đoạn có ký hiệu ")}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        "<w:r><w:t>số 58</w:t><w:noBreakHyphen/><w:t>BC/ĐU của đơn vị</w:t></w:r>",
        f"<m:oMath {math}><m:r><m:t>tỷ lệ x = 91 phần trăm</m:t></m:r></m:oMath>",
    )
    body = (
        p("đoạn thường của thân")
        + table(["ô bảng thứ nhất", nested])
        + "".join(f"<w:p>{inner}</w:p>" for inner in paragraphs)
        + f"<w:sdt><w:sdtContent>{p('đoạn trong ô nội dung')}</w:sdtContent></w:sdt>"
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/>'
        '<w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>'
    )
    notes = {kind: p(f"đoạn trong {kind} đó") for kind in ("header1", "footer1", "comments")}
    notes |= {kind: f"<w:{kind[:-1]}>{p(f'đoạn trong {kind}')}</w:{kind[:-1]}>" for kind in ("footnotes", "endnotes")}
    return docx(body, notes)


# --- truth -----------------------------------------------------------------------------------------------------------


def truth(data: bytes) -> list[tuple[str, str]]:
    """(part, squeezed text) of each shown paragraph of eight letters or more; none for a file that is refused."""
    found: list[tuple[str, str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            story = Path(info.filename).stem.rstrip("0123456789")
            here = Path(info.filename).parent == Path("word")  # not the glossary of building blocks
            if here and story in _STORIES and info.file_size < 64 * 1024 * 1024:
                try:
                    root = etree.fromstring(
                        archive.read(info), etree.XMLParser(resolve_entities=False, no_network=True)
                    )
                except (etree.XMLSyntaxError, zipfile.BadZipFile):
                    return []
                if root.getroottree().docinfo.internalDTD is not None:
                    return []
                found += shown(root, story)
    return found


def old_encoding(found: list[tuple[str, str]]) -> bool:
    """Whether the file is in TCVN3 or VNI: it is read converted, which the letters of the truth are not."""
    return vote("\n".join(text for _part, text in found)).encoding != "unicode"


def shown(root: Any, story: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of one story."""
    for paragraph in root.iter("{*}p"):
        around = [local(element) for element in paragraph.iterancestors()]
        text = squeezed("".join(letters(paragraph)))
        if len(text) >= 8 and not _OUT & set(around):
            yield part_of(paragraph, around, story), text


def letters(element: Any) -> Iterator[str]:
    """The letters of a paragraph, those of paragraphs inside it left out."""
    for child in element:
        name = local(child)
        if name in _OUT or name in ("p", "txbxContent", "pPr") or hidden(child):
            continue
        if name in _LETTERS:
            yield child.text or "" if _LETTERS[name] is None else _LETTERS[name] or ""
        else:
            yield from letters(child)


def hidden(run: Any) -> bool:
    """Whether a run is hidden."""
    mark = run.find("{*}rPr/{*}vanish") if local(run) == "r" else None
    return mark is not None and not any(value in ("0", "false", "off") for value in mark.attrib.values())


def part_of(paragraph: Any, around: list[str], story: str) -> str:
    """The name under which a paragraph is counted."""
    if story != "document":
        return story
    outer = next((part for name, part in _AROUND if name in around), "")
    inner = next((name for name in _INSIDE if next(paragraph.iter(f"{{*}}{name}"), None) is not None), "")
    tables = around.count("tbl")
    return outer or inner or ("nested table" if tables > 1 else "table" if tables else "body")


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def squeezed(text: str) -> str:
    """Without blanks and soft hyphens, which readers place as they like."""
    return "".join(text.replace("\u00ad", "").split())


# --- readers ---------------------------------------------------------------------------------------------------------


def ours(path: Path) -> str:
    """The reader of this project."""
    return read_docx(path, ReadingLimits()).text


def paragraphs(path: Path) -> str:
    """python-docx as its introduction shows it."""
    return "\n".join(paragraph.text for paragraph in python_docx.Document(str(path)).paragraphs)


def careful(path: Path) -> str:
    """python-docx with all tables, headers and footers."""
    document = python_docx.Document(str(path))
    lines: list[str] = []

    def walk(container: Any) -> None:
        for block in container.iter_inner_content():
            if hasattr(block, "rows"):
                for row in block.rows:
                    for cell in row.cells:
                        walk(cell)
            else:
                lines.append(block.text)

    walk(document)
    for section in document.sections:
        for story in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            walk(story)
    return "\n".join(lines)


def answer(reader: Callable[[Path], str], data: bytes) -> str:
    """What a reader gives for these bytes; nothing when it fails."""
    _PATH.write_bytes(data)
    try:
        return reader(_PATH)
    except Exception:  # python-docx raises what its libraries raise
        return ""


READERS: dict[str, Callable[[Path], str]] = {"ours": ours, "python-docx": paragraphs, "python-docx, careful": careful}

if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as _folder:
        _PATH = Path(_folder) / "paper.docx"
        main()
