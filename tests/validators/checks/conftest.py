from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.records import (
    Fact,
    Facts,
    Finding,
    Page,
    Reading,
    ReadingState,
    Recognition,
    Source,
    Table,
)
from rules.model import Kind, Level, RulePack
from validators.checks.table import run_checks

PARTY_HEAD = "ĐẢNG ỦY KHỐI\tĐẢNG CỘNG SẢN VIỆT NAM\nCHI BỘ BAN MAI\n*\n"
STATE_HEAD = "CÔNG ĐOÀN TỈNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\tĐộc lập - Tự do - Hạnh phúc\n"
FOOT = "\nNơi nhận:\tT/M CHI BỘ\n- Lưu.\tBÍ THƯ\n\tNguyễn Văn An\n"

KINDS = (
    Kind("bao-cao-tong-ket", "Báo cáo tổng kết", printed=("báo cáo",)),
    Kind("tu-cham-diem", "Tự chấm điểm", printed=("báo cáo", "bảng", "biểu")),
    Kind("bien-ban-hop", "Biên bản họp", printed=("biên bản",)),
    Kind("kiem-diem-ca-nhan", "Bản kiểm điểm cá nhân", printed=("bản kiểm điểm", "bản tự kiểm điểm")),
    Kind("dang-ky", "Bản đăng ký", printed=("bản đăng ký",)),
    Kind("nghi-quyet", "Nghị quyết", printed=("nghị quyết",)),
)


@pytest.fixture(scope="session")
def pack() -> RulePack:
    return RulePack(
        id="goi-thu",
        title="Gói thử",
        year=2021,
        basis=(),
        kinds={kind.id: kind for kind in KINDS},
        requirements=(),
        areas={},
        levels=(
            Level("HTXSNV", "Hoàn thành xuất sắc nhiệm vụ", 90),
            Level("HTTNV", "Hoàn thành tốt nhiệm vụ", 70),
            Level("HTNV", "Hoàn thành nhiệm vụ", 50),
            Level("KHTNV", "Không hoàn thành nhiệm vụ"),
        ),
        abbreviations={"BC": ("báo cáo",), "NQ": ("nghị quyết",), "BB": ("biên bản",), "CTr": ("chương trình",)},
    )


def fact(value: str | None, page: int = 1, words: str | None = None) -> Fact | None:
    return None if value is None else Fact(value, page, words if words is not None else value)


CheckText = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def check(pack: RulePack) -> CheckText:
    """Findings of a paper given by its text, tables and facts (facts as plain strings)."""

    def run(
        text: str = "",
        *,
        kind: str | None = "bao-cao-tong-ket",
        name: str = "bao cao.docx",
        tables: tuple[tuple[tuple[str, ...], ...], ...] = (),
        source: Source = Source.EMBEDDED,
        state: ReadingState = ReadingState.READ,
        form: str = "docx",
        encoding: str = "unicode",
        warnings: tuple[tuple[str, str], ...] = (),
        score_words: str | None = None,
        scans: tuple[int, ...] = (),
        confidence: float = 0.9,
        **facts: str | None,
    ) -> tuple[Finding, ...]:
        known = {key: fact(value) for key, value in facts.items()}
        if facts.get("score") and score_words:
            known["score"] = fact(facts["score"], words=score_words)
        reading = Reading(
            format=form,
            state=state,
            pages=tuple(Page(page, source) for page in text.split("\f")) if text else (),
            tables=tuple(Table(1, rows) for rows in tables),
            source=source,
            encoding=encoding,
            warnings=warnings,
            scans=scans,
            confidence=confidence,
        )
        recognition = Recognition(kind, 0.9, facts=Facts(**known))  # type: ignore[arg-type]
        return run_checks(reading, recognition, name=name, pack=pack)

    return run


@pytest.fixture
def codes(check: CheckText) -> Callable[..., list[str]]:
    """The codes of those findings."""
    return lambda *args, **kwargs: [finding.code for finding in check(*args, **kwargs)]
