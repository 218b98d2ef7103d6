"""Recognising one filed document and checking it: the step that the loop, a person's decision, a past answer and a
replay of other rules have in common."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice

from archive.i18n import current_language, use_language
from archive.readers.table import READER_VERSION
from archive.records import Document, Reading, Recognition
from rules.model import RulePack
from validators.checks.table import run_checks
from validators.recognise import RECOGNISER_VERSION, recognise
from validators.wording import wording

_MANY = 400  # documents from which on starting other processes pays
_PROCESSES = 4
_BATCH, _AHEAD = 50, 8
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


# --- thousands at once -----------------------------------------------------------------------------------------------


def recognise_all(work: Iterable[tuple[Document, Reading]], pack: RulePack, count: int) -> dict[str, Recognition]:
    """Recognise `count` documents, by their ids; many are shared out among the processors."""
    processes = min(len(os.sched_getaffinity(0)), _PROCESSES)
    if count < _MANY or processes < 2:
        return {document.id: recognised(document, reading, pack) for document, reading in work}
    found: dict[str, Recognition] = {}
    context = multiprocessing.get_context("spawn")  # not forked: the catalogue's connection must not be shared
    with ProcessPoolExecutor(processes, context, _begin, (pack, current_language())) as pool:
        ahead: deque[Future[dict[str, Recognition]]] = deque()
        for batch in _in_batches(work):
            ahead.append(pool.submit(_recognise_some, batch))
            if len(ahead) >= processes * _AHEAD:  # not all texts of a season in memory
                found.update(ahead.popleft().result())
        for left in ahead:
            found.update(left.result())
    return found


def _in_batches(work: Iterable[tuple[Document, Reading]]) -> Iterator[list[tuple[Document, Reading]]]:
    source = iter(work)
    while some := list(islice(source, _BATCH)):
        yield some


_packs: list[RulePack] = []  # of a worker: the pack it recognises by


def _begin(pack: RulePack, language: str) -> None:
    gc.set_threshold(200_000, 20, 100)  # what is made here goes away by itself
    use_language(language)
    _packs[:] = [pack]


def _recognise_some(work: list[tuple[Document, Reading]]) -> dict[str, Recognition]:
    return {document.id: recognised(document, reading, _packs[0]) for document, reading in work}
