"""The organisations of the demo: their type, their mass organisations, and the people who write and sign for them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from archive.records import MassOrganisation, Unit, UnitType
from archive.vietnamese import nfc
from inbox.demo.people import People

PLACE = "Thanh Giang"
COMMITTEE = "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"
MASS_ORGS = {
    "cong-doan": "Công đoàn",
    "doan-thanh-nien": "Đoàn Thanh niên",
    "phu-nu": "Hội Phụ nữ",
    "cuu-chien-binh": "Hội Cựu chiến binh",
}

_DB, _CB = UnitType.DANG_BO_CO_SO, UnitType.CHI_BO_CO_SO
_BP, _TT = UnitType.DANG_BO_BO_PHAN, UnitType.CHI_BO_TRUC_THUOC


@dataclass(frozen=True, slots=True)
class Body:
    """A unit with what its papers print: `host_name` is the body it leads ("Bệnh viện Đa khoa …"), `org` the letters
    of its codes (ĐU, CB), `superior` the line above it in the head of its papers."""

    unit: Unit
    host_name: str
    org: str
    issuer: str
    superior: str
    secretary: str
    deputy: str
    clerk: str
    members: tuple[str, ...]
    heads: dict[str, tuple[str, str]]  # mass organisation -> who chairs and who takes the minutes
    first_number: int

    @property
    def is_committee(self) -> bool:
        """Whether a đảng ủy leads it, rather than a chi ủy."""
        return self.org == "ĐU"

    @property
    def committee(self) -> str:
        """Who leads it, in running text."""
        return "Đảng ủy" if self.is_committee else "Chi ủy"

    @property
    def noun(self) -> str:
        """ "Đảng bộ" or "Chi bộ"."""
        return "Đảng bộ" if self.is_committee else "Chi bộ"


def _unit(
    unit_id: str,
    name: str,
    unit_type: UnitType,
    host: str,
    orgs: str = "",
    *,
    parent: str | None = None,
    members: int | None = None,
    exempt: int = 0,
    ubkt: bool = False,
    level: str | None = None,
) -> Unit:
    mass_orgs = tuple(MassOrganisation(org, MASS_ORGS[org]) for org in orgs.split())
    return Unit(unit_id, name, unit_type, parent, members, exempt, host, mass_orgs, ubkt, level)


UNITS = (
    _unit(
        "db-benh-vien",
        "Đảng bộ Bệnh viện Đa khoa Thanh Giang",
        _DB,
        "public-service",
        "cong-doan doan-thanh-nien cuu-chien-binh",
        ubkt=True,
        level="HTXSNV",
    ),
    _unit("db-khoi-lam-sang", "Đảng bộ bộ phận Khối Lâm sàng", _BP, "public-service", parent="db-benh-vien"),
    _unit("cb-khoa-ngoai", "Chi bộ Khoa Ngoại", _TT, "public-service", parent="db-khoi-lam-sang", members=5),
    _unit("cb-phong-ke-hoach", "Chi bộ Phòng Kế hoạch", _TT, "public-service", parent="db-benh-vien", members=4),
    _unit(
        "db-cao-dang",
        "Đảng bộ Trường Cao đẳng Kỹ nghệ",
        _DB,
        "public-service",
        "cong-doan doan-thanh-nien",
        ubkt=True,
        level="HTTNV",
    ),
    _unit("cb-khoa-co-khi", "Chi bộ Khoa Cơ khí", _TT, "public-service", parent="db-cao-dang", members=4, exempt=1),
    _unit("db-cap-nuoc", "Đảng bộ Công ty Cấp nước", _DB, "enterprise", "cong-doan phu-nu", level="HTTNV"),
    _unit("cb-xi-nghiep-1", "Chi bộ Xí nghiệp Nước số 1", _TT, "enterprise", parent="db-cap-nuoc", members=3),
    _unit("cb-van-phong", "Chi bộ Văn phòng", _CB, "party", "cong-doan", members=6, exempt=1, level="HTXSNV"),
    _unit(
        "cb-luu-tru", "Chi bộ Trung tâm Lưu trữ", _CB, "state", "cong-doan doan-thanh-nien", members=4, level="HTTNV"
    ),
    _unit("cb-thu-vien", "Chi bộ Thư viện", _CB, "public-service", "cong-doan", members=3, level="HTXSNV"),
    _unit("cb-in-ban-mai", "Chi bộ Công ty In Ban Mai", _CB, "enterprise", "cong-doan", members=3, level="HTTNV"),
    _unit("cb-in-binh-minh", "Chi bộ Công ty In Bình Minh", _CB, "enterprise", "cong-doan", members=4, level="HTTNV"),
)

_PREFIXES = ("Đảng bộ bộ phận ", "Đảng bộ ", "Chi bộ ")


def _host_name(name: str) -> str:
    return next(name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix))


def make_bodies(rng: Random) -> dict[str, Body]:
    """All bodies of the demo by unit id, with people drawn for them."""
    people = People(rng)
    issuers: dict[str, str] = {}
    bodies: dict[str, Body] = {}
    for unit in UNITS:
        host_name = _host_name(unit.name)
        org = "ĐU" if unit.type in (_DB, _BP) else "CB"
        issuer = f"{'ĐẢNG ỦY' if org == 'ĐU' else 'CHI BỘ'} {host_name.upper()}"
        if unit.type is _BP:
            issuer = f"ĐẢNG ỦY BỘ PHẬN {host_name.upper()}"
        issuers[unit.id] = nfc(issuer)
        members = people.names(unit.members or 5)
        bodies[unit.id] = Body(
            unit=unit,
            host_name=host_name,
            org=org,
            issuer=issuers[unit.id],
            superior=issuers[unit.parent] if unit.parent else COMMITTEE,
            secretary=members[0],
            deputy=members[1],
            clerk=members[2],
            members=members,
            heads={org.id: (people.name(), people.name()) for org in unit.mass_orgs},
            first_number=rng.randint(11, 40),
        )
    return bodies


def folder(unit_id: str) -> str:
    """The folder of a unit below the inbox: sub-units lie below their parents."""
    parents = {unit.id: unit.parent for unit in UNITS}
    parts = [unit_id]
    while parent := parents[parts[0]]:
        parts.insert(0, parent)
    return "/".join(parts)
