"""How every paper under the head of the Party is put together."""

from __future__ import annotations

from inbox.demo.season import Season
from inbox.demo.sheet import Block, Sheet, Signature


def party_sheet(
    season: Season,
    kind: str,
    title: tuple[str, ...],
    body: tuple[Block, ...],
    before: int,
    code: str = "",
    deputy: bool = False,
) -> Sheet:
    """A paper under the head of the Party, signed by the secretary or the deputy on behalf of the committee."""
    unit = season.body
    who, name = ("PHÓ BÍ THƯ", unit.deputy) if deputy else ("BÍ THƯ", unit.secretary)
    store = "- Lưu Văn phòng Đảng ủy." if unit.is_committee else "- Lưu Chi bộ."
    above = "- Ban Thường vụ Đảng ủy Khối (báo cáo)," if not unit.unit.parent else "- Đảng ủy cấp trên (báo cáo),"
    return Sheet(
        superior=unit.superior,
        issuer=unit.issuer,
        kind=kind,
        title=title,
        body=body,
        signatures=(Signature(("T/M ĐẢNG ỦY" if unit.is_committee else "T/M CHI BỘ", who), name),),
        year=season.year,
        day=season.day(before),
        number=season.number(code) if code else "",
        recipients=(above, "- Đoàn Kiểm tra,", "- Các đồng chí cấp ủy viên,", store),
    )
