"""Recognising one filed document and checking it: the step that the loop, a person's decision, a past answer and a
replay of other rules have in common."""

from __future__ import annotations

import logging
from dataclasses import replace

from archive.readers.table import READER_VERSION
from archive.records import Document, Reading, Recognition
from rules.model import RulePack
from validators.checks.table import run_checks
from validators.recognise import RECOGNISER_VERSION, recognise
from validators.wording import wording

log = logging.getLogger("hoso.stages")


def made_with(pack: RulePack) -> str:
    """What a recognition depends on besides the document and what people decided about it: recognitions made with
    anything else are made again."""
    return f"{READER_VERSION} {RECOGNISER_VERSION} {wording(pack)[:16]}"


def recognised(document: Document, reading: Reading, pack: RulePack) -> Recognition:
    """Recognise one document and check it. What a person said it is stays beside the machine's answer, but facts are
    read and checks are made as such a paper asks for. A mistake of ours on it is logged and holds up no other paper: it
    stays "not recognised", or without findings, but keeps what was found before, such as a secrecy mark."""
    found = Recognition(None, 0.0)
    kind = decided_kind(document)
    try:
        found = recognise(reading, name=document.name, folder=document.folder, pack=pack, decided=kind)
        judged = replace(found, kind=kind) if kind else found
        return replace(found, findings=run_checks(reading, judged, name=document.name, pack=pack))
    except Exception:
        log.exception("document %s could not be recognised and checked", document.id)
        return found


def decided_kind(document: Document) -> str | None:
    """The kind that a person says the document is."""
    return document.decision.kind if document.decision else None
