"""A small campaign on a fixed day, with one unit in every state that a page must show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest

from archive.i18n import use_language
from archive.records import (
    Campaign,
    Completeness,
    Decision,
    Document,
    Fact,
    Facts,
    Finding,
    KnownDocument,
    NearMiss,
    Outcome,
    Percent,
    Period,
    ReadingState,
    Reason,
    Receipt,
    Recognition,
    Severity,
    Team,
    Unit,
    UnitType,
    Verdict,
    VerdictKind,
    Visit,
    Waiver,
)
from reports import dossier
from reports.pages import NotTaken, RootPage, UnitPage, Waiting
from rules.model import Deadline, Kind, Requirement, RulePack, When

HANOI = timezone(timedelta(hours=7))
AS_OF = date(2021, 12, 14)
VISIT = date(2021, 12, 20)
DUE = date(2021, 12, 17)
EVIL = "<img src=x onerror=alert(1)>\"'&.docx"
BOTH = (UnitType.DANG_BO_CO_SO, UnitType.CHI_BO_CO_SO)


@pytest.fixture(autouse=True)
def english() -> None:
    """Pages in English, so that the tests do not depend on the translations."""
    use_language("en")


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2021, 12, day, hour, 5, tzinfo=HANOI)


def requirement(id_: str, title: str, area: str, when: When) -> Requirement:
    return Requirement(id_, title, area, BOTH, (id_,), Deadline(when), why="Kế hoạch 39-KH/ĐUK")


@pytest.fixture
def pack() -> RulePack:
    wanted = (
        requirement("tong-ket", "Báo cáo tổng kết năm", "xep-loai", When.BEFORE_VISIT),
        requirement("cham-diem", 'Bảng "tự chấm điểm"', "xep-loai", When.BEFORE_VISIT),
        requirement("thong-qua", "Biên bản thông qua", "xep-loai", When.BEFORE_VISIT),
        requirement("kiem-phieu", "Biên bản kiểm phiếu", "xep-loai", When.AT_VISIT),
        requirement("sinh-hoat", "Biên bản sinh hoạt chi bộ", "xep-loai", When.AT_VISIT),
        requirement("ktgs", "Báo cáo kiểm tra, giám sát", "ktgs", When.BEFORE_VISIT),
        requirement("to-trinh", "Tờ trình khen thưởng", "xep-loai", When.BEFORE_VISIT),
    )
    kinds = {r.id: Kind(r.id, r.title) for r in wanted}
    areas = {"xep-loai": "Đánh giá, xếp loại", "ktgs": "Kiểm tra, giám sát"}
    return RulePack("xep-loai-2021", "Gói 2021", 2021, (), kinds, wanted, areas, sha256="ab" * 32)


@pytest.fixture
def campaign() -> Campaign:
    return Campaign(
        "xl-2021",
        "Kiểm tra, đánh giá, xếp loại năm 2021",
        2021,
        "xep-loai-2021",
        teams=(Team("doan-3", "Đoàn Kiểm tra số 3"), Team("doan-1", "Đoàn Kiểm tra số 1")),
        units=(
            Unit("cb-van-phong", "Chi bộ Văn phòng", UnitType.CHI_BO_CO_SO),
            Unit("db-so-y-te", "Đảng bộ Sở Y tế", UnitType.DANG_BO_CO_SO),
            Unit("bp-benh-vien", "Đảng bộ Bệnh viện", UnitType.DANG_BO_BO_PHAN, parent="db-so-y-te"),
            Unit("cb-khoa-noi", "Chi bộ Khoa Nội", UnitType.CHI_BO_TRUC_THUOC, parent="bp-benh-vien"),
            Unit("cb-moi", "Chi bộ mới", UnitType.CHI_BO_CO_SO),
        ),
        visits=(Visit("cb-van-phong", "doan-3", VISIT), Visit("db-so-y-te", "doan-1", date(2021, 12, 16))),
        waivers=(
            Waiver("cb-van-phong", "thong-qua", "Đang kiện toàn", "Văn phòng", date(2021, 12, 31)),
            Waiver("cb-van-phong", "thong-qua", "Hết hạn miễn", "Văn phòng", date(2021, 12, 1)),
        ),
    )


Make = Callable[..., KnownDocument]


def document(
    id_: str,
    name: str,
    *,
    unit: str | None = "cb-van-phong",
    folder: str = "",
    day: int = 6,
    kind: str | None = None,
    code: str = "",
    issued_on: str = "",
    year: int = 2021,
    state: ReadingState = ReadingState.READ,
    secret: bool = False,
    size: int = 184_320,
    version_of: str | None = None,
    findings: tuple[Finding, ...] = (),
    decision: Decision | None = None,
) -> KnownDocument:
    def fact(words: str) -> Fact | None:
        return Fact(words, 1, words) if words else None

    recognition = None
    if state is ReadingState.READ:
        facts = Facts(
            code=fact(code), issued_on=fact(issued_on), period=Period(year), secrecy=fact("MẬT" if secret else "")
        )
        recognition = Recognition(kind, 0.9, facts=facts)
    sha256 = (id_.encode().hex() * 32)[:64]
    filed = Document(id_, unit, "xl-2021", sha256, name, folder, size, at(day), version_of, decision)
    return KnownDocument(filed, state, recognition=recognition, findings=findings)


def receipt(
    id_: str,
    path: str | bytes,
    *,
    unit: str | None = "cb-van-phong",
    outcome: Outcome = Outcome.FILED,
    document: str | None = None,
    reason: str | None = None,
    number: int = 42,
    sha256: str = "cd" * 32,
) -> Receipt:
    raw = path if isinstance(path, bytes) else path.encode()
    return Receipt(id_, unit, raw, sha256, 251_187, outcome, document, reason, at(13, 14), number)


@pytest.fixture
def documents() -> list[KnownDocument]:
    warning = Finding("no-signature-block", Severity.WARNING, "Không thấy chữ ký.", "Xem lại trang cuối.", 2)
    return [
        document("d-old", "BC TK nam 2020.docx", kind="tong-ket", code="41-BC/CB", issued_on="2020-12-15", year=2020),
        document("d-score-1", "Bảng điểm.docx", folder="02 Cham diem", kind="cham-diem", day=5),
        document("d-score-2", "Bảng điểm.docx", folder="02 Cham diem", kind="cham-diem", day=9, version_of="d-score-1"),
        document("d-evil", EVIL, kind="kiem-phieu", code="<b>7</b>-BB/CB", findings=(warning,)),
        document("d-locked", "BC KTGS.pdf", state=ReadingState.LOCKED, day=7),
        document("d-secret", "cong van.docx", kind="tong-ket", code="99-CV/CB", secret=True, day=8),
        document("d-scan", "Scan_0001.pdf", state=ReadingState.NOT_YET),
    ]


def verdict(id_: str, pack: RulePack, kind: VerdictKind, **more: object) -> Verdict:
    wanted = pack.requirement(id_)
    assert wanted is not None
    due = DUE if wanted.deadline.when is When.BEFORE_VISIT else VISIT
    return Verdict(id_, wanted.title, wanted.area, wanted.deadline.when.value, due, kind, **more)  # type: ignore[arg-type]


@pytest.fixture
def completeness(campaign: Campaign, pack: RulePack) -> Completeness:
    wrong_year = Reason("wrong-year", "là báo cáo năm 2020")
    near = NearMiss("d-old", "BC TK nam 2020.docx", ("wrong-year",), "là báo cáo năm 2020")
    remedy = "Nộp báo cáo tổng kết năm 2021."
    verdicts = (
        verdict("sinh-hoat", pack, VerdictKind.NOT_MET, have=10, need=12, missing=("tháng 8", "tháng 11")),
        verdict("tong-ket", pack, VerdictKind.NOT_MET, reasons=(wrong_year,), near_misses=(near,), remedy=remedy),
        verdict("cham-diem", pack, VerdictKind.MET, have=1, late=True, documents=("d-score-2",)),
        verdict("thong-qua", pack, VerdictKind.NOT_MET, waived=True),
        verdict("kiem-phieu", pack, VerdictKind.MET, have=1, documents=("d-evil",)),
        verdict("ktgs", pack, VerdictKind.CANNOT_TELL, reasons=(Reason("locked", f"{EVIL} có\u202e mật khẩu"),)),
        verdict("to-trinh", pack, VerdictKind.NOT_APPLICABLE),
    )
    return Completeness(
        campaign.units[0], "doan-3", VISIT, DUE, AS_OF, pack.id, pack.sha256, verdicts,
        Percent(40.0, 60.0), Percent(33.3, 66.7), Percent(0.0, 0.0), {},
    )  # fmt: skip


def empty_completeness(unit: Unit, pack: RulePack, visit: date | None, kinds: dict[str, VerdictKind]) -> Completeness:
    verdicts = tuple(verdict(id_, pack, kind) for id_, kind in kinds.items())
    met = sum(kind is VerdictKind.MET for kind in kinds.values())
    share = 100.0 * met / len(kinds) if kinds else 100.0
    due = visit - timedelta(days=3) if visit else None
    percent = Percent(share, share)
    return Completeness(
        unit, "doan-1" if visit else None, visit, due, AS_OF, pack.id, pack.sha256, verdicts, percent, percent,
        percent, {},
    )  # fmt: skip


@pytest.fixture
def unit_page(
    completeness: Completeness, documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> UnitPage:
    return dossier.unit_page(
        completeness,
        documents,
        campaign=campaign,
        pack=pack,
        receipts=[
            receipt("r-again", f"cb-van-phong/{EVIL}", outcome=Outcome.DUPLICATE, document="d-old"),
            receipt("r-first", "cb-van-phong/BC TK nam 2020.docx", document="d-old"),
        ],
        waiting=[Waiting(f"cb-van-phong/{EVIL}", "growing", at(13)), Waiting("x.docx", "open", at(13))],
        not_taken=[NotTaken("cb-van-phong/lien ket", "symlink"), NotTaken("db-so-y-te/ong", "fifo")],
    )


@pytest.fixture
def all_units(completeness: Completeness, campaign: Campaign, pack: RulePack) -> list[Completeness]:
    met, not_met = VerdictKind.MET, VerdictKind.NOT_MET
    _first, health, hospital, ward, new = campaign.units
    early = date(2021, 12, 16)
    return [
        completeness,
        empty_completeness(new, pack, None, {"tong-ket": not_met}),
        empty_completeness(ward, pack, early, {"sinh-hoat": not_met, "kiem-phieu": met}),
        empty_completeness(health, pack, early, {"tong-ket": met}),
        empty_completeness(hospital, pack, early, {}),
    ]


@pytest.fixture
def root_page(
    all_units: list[Completeness], documents: list[KnownDocument], campaign: Campaign, pack: RulePack
) -> RootPage:
    stray = document("d-stray", "BC gui nham.docx", unit=None)
    page = dossier.root_page(
        all_units,
        [*documents, stray],
        campaign=campaign,
        pack=pack,
        nowhere=[
            receipt("r-1", f"chi bo van phong/{EVIL}", unit=None, outcome=Outcome.QUARANTINED, reason="no-unit"),
            receipt(
                "r-2", "BC gui nham.docx", unit=None, outcome=Outcome.QUARANTINED, reason="no-unit", sha256="ef" * 32
            ),
        ],
        waiting=[Waiting(f"cb-van-phong/{EVIL}", "growing", at(13)), Waiting("x.docx", "open", at(13))],
        not_taken=[NotTaken("cb-van-phong/lien ket", "symlink")],
    )
    assert page is not None
    return page
