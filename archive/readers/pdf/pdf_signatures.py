"""Digital signatures of a PDF, checked without a network by pyHanko: who signed, when, and whether it still holds.

No root of trust is known here, so that nothing is called trusted: that a certificate is really that person's is for
whoever keeps the roots of the state's signing service to say (ISO 32000-2, 12.8; ETSI EN 319 142).
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from archive.i18n import gettext as _
from archive.readers import budget
from archive.records import HANOI, Signature

_MOST = 50  # signatures of one file
for _noisy in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


def signatures(path: Path, seconds: float = 10.0) -> tuple[Signature, ...]:
    """The signatures in a file, oldest first, as far as `seconds` of processor time go; those that cannot be checked
    say so. Fields that nobody signed are left out."""
    found: list[Signature] = []
    try:
        with budget.at_most(seconds), path.open("rb") as file:
            for embedded in _embedded(file)[:_MOST]:
                found.append(_checked(embedded))
    except MemoryError:
        raise
    except Exception:
        if not found:
            found.append(Signature("", "", False, False, words=_not_checked()))
    return tuple(found)


def changed(found: tuple[Signature, ...]) -> str:
    """What to tell of signatures that no longer hold, and what to do; "" when all do."""
    said = [
        _("the digital signature of {signer}: {what}").format(signer=_whose(signature), what=signature.words)
        for signature in found
        if not (signature.intact and signature.whole)
    ]
    return "; ".join([*said, _("hand in the file just as it was signed")]) if said else ""


def _whose(signature: Signature) -> str:
    """Whose it is and of which day: "Lê Văn A, 15/12/2021"."""
    day = signature.signed_at[:10].split("-") if signature.signed_at else []
    return ", ".join(filter(None, (signature.signer or "?", "/".join(reversed(day)))))


def _embedded(file: BinaryIO) -> list[Any]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(file, strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return list(reader.embedded_signatures)


def _checked(embedded: Any) -> Signature:
    signer, moment = "", ""
    try:
        signer, moment = _signer(embedded), _moment(embedded)
        return _status(embedded, signer, moment)
    except (MemoryError, budget.TooSlow):
        raise
    except Exception:
        return Signature(signer, moment, False, False, words=_not_checked())


def _signer(embedded: Any) -> str:
    """The common name in the signer's certificate; for a time stamp its authority's."""
    subject = embedded.signer_cert.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return str(name[0] if isinstance(name, list) else name)[:200]


def _moment(embedded: Any) -> str:
    moment = embedded.self_reported_timestamp
    return moment.astimezone(HANOI).isoformat() if isinstance(moment, datetime) else ""


def _status(embedded: Any, signer: str, moment: str) -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(allow_fetching=False, trust_roots=[])
    stamp = embedded.sig_object_type == "/DocTimeStamp"
    status: Any = (validate_pdf_timestamp if stamp else validate_pdf_signature)(embedded, context)
    moment = moment or (status.timestamp.astimezone(HANOI).isoformat() if stamp else "")
    level = status.modification_level
    covered = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    later = level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok is not False
    intact = bool(status.intact and status.valid)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE or bool(covered and later)
    return Signature(signer, moment, intact, whole, bool(status.trusted), _words(intact, whole, covered))


def _words(intact: bool, whole: bool, covered: bool) -> str:
    if not intact:
        return _("what was signed has been changed since")
    if whole:
        return ""
    if not covered:
        return _("it does not cover the whole file")
    return _("the file was changed after it was signed")


def _not_checked() -> str:
    return _("it is damaged and cannot be checked")
