"""A sheet as plain text, as some clerks paste it."""

from __future__ import annotations

from itertools import zip_longest

from inbox.demo.sheet import Grid, Heading, Sheet


def text_bytes(sheet: Sheet) -> bytes:
    """The sheet as UTF-8 .txt, the two blocks of the head side by side."""
    lines = [sheet.form, ""] if sheet.form else []
    lines += [f"{left}\t{right}".rstrip() for left, right in zip_longest(sheet.left, sheet.right, fillvalue="")]
    lines += ["", sheet.kind, *sheet.title, "-----", ""]
    for block in sheet.body:
        if isinstance(block, Grid):
            lines += ["\t".join(row) for row in block.rows]
        else:
            lines.append(block.text if isinstance(block, Heading) else block)
    lines += ["", "Nơi nhận:", *sheet.recipients, ""] if sheet.recipients else [""]
    for signature in sheet.signatures:
        lines += [*signature.lines, "", signature.name, ""]
    return ("\r\n".join(lines) + "\r\n").encode()
