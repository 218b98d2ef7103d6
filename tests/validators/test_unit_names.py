"""Names are looked up, not compared one by one; what is found must be the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.records import Campaign, Unit, UnitType
from rules.loader import find_pack
from validators.unit_names import NameIndex, agreement

PACK = find_pack("xep-loai-2021")
WORDS = st.sampled_from(["Sở", "Y", "tế", "Ban", "Bản", "Phòng", "Khoa", "Nội", "1", "2", "tỉnh", "Chi", "bộ", "Đảng"])
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@given(st.lists(NAMES, min_size=1, max_size=8), NAMES)
def test_a_look_up_finds_what_comparing_with_every_unit_finds(names: list[str], printed: str) -> None:
    units = tuple(Unit(f"u{n}", name, UnitType.CHI_BO_CO_SO) for n, name in enumerate(names))
    index = NameIndex(Campaign("x", "x", 2021, PACK.id, units=units), PACK)
    plain = {}
    for unit_id, other in index.names.items():
        ways = [agreement(name, other) for name in index.parsed(printed).names if name.exact]
        if ways and max(ways)[0]:
            plain[unit_id] = max(ways)
    if plain:
        assert index.agreements(printed) == plain
    else:
        assert all(how[1] for how in index.agreements(printed).values()), "only slips of the pen are left"


def test_a_name_of_many_words_is_looked_up_as_well() -> None:
    unit = Unit("u", "Chi bộ Phòng Tổ chức", UnitType.CHI_BO_CO_SO)
    index = NameIndex(Campaign("x", "x", 2021, PACK.id, units=(unit,)), PACK)
    assert index.agreements("Văn " * 60 + "Phòng Tổ chức") == {"u": (2, 3)}
