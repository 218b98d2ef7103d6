"""The only queries over the catalogue. Everything takes and returns the records of `archive.records`.

Work is a query, never a queue: what is still to be read, recognised, indexed or answered follows from the tables, so
every step may be repeated after a crash. Each change that people rely on is logged in the same transaction.
"""

from __future__ import annotations

from archive.queries.campaigns import (
    Changes,
    campaign,
    current_campaign,
    grant_waiver,
    revoke_waiver,
    save_campaign,
    unit_names,
)
from archive.queries.deliveries import (
    Intake,
    mark_answered,
    receipt,
    receipt_detail,
    receipts,
    receipts_nowhere,
    record,
    recorded,
    unanswered,
)
from archive.queries.held import (
    count_documents,
    decide,
    decided_since,
    document,
    document_ids,
    documents,
    known_documents,
    undecide,
)
from archive.queries.indexing import (
    Findable,
    count_recognised,
    documents_to_index,
    findable,
    forget_index,
    forget_indexed,
    indexed_ids,
    indexed_otherwise,
    mark_indexed,
    mark_indexed_as,
    recognised_documents,
    searchable_ids,
)
from archive.queries.readings import (
    Scan,
    blobs_to_read,
    page_sources,
    pages_of,
    reading,
    readings_of,
    save_readings,
    save_scan,
    scans_done,
    scans_of,
    scans_to_read,
    text_of,
)
from archive.queries.recognising import documents_to_recognise, made_otherwise, save_recognitions
from archive.queries.soundness import digests, wrong_rows
from archive.queries.unpacking import Packed, bundle_to_unpack, save_unpacked
from archive.queries.work import Backlog, backlog

__all__ = [
    "Backlog", "Changes", "Findable", "Intake", "Packed", "Scan", "backlog", "blobs_to_read", "bundle_to_unpack",
    "campaign", "count_documents", "count_recognised", "current_campaign", "decide", "decided_since", "digests",
    "document", "document_ids", "documents", "documents_to_index", "documents_to_recognise", "findable",
    "forget_index", "forget_indexed", "grant_waiver", "indexed_ids", "indexed_otherwise", "known_documents",
    "made_otherwise", "mark_answered", "mark_indexed", "mark_indexed_as", "page_sources", "pages_of", "reading",
    "readings_of", "receipt", "receipt_detail", "receipts", "receipts_nowhere", "recognised_documents", "record",
    "recorded", "revoke_waiver", "save_campaign", "save_readings", "save_recognitions", "save_scan",
    "save_unpacked", "scans_done", "scans_of", "scans_to_read", "searchable_ids", "text_of", "unanswered",
    "undecide", "unit_names", "wrong_rows",
]  # fmt: skip
