"""How the names of organisations begin in heads, as compact keys: party bodies and mass organisations."""

from __future__ import annotations

_BEGINNINGS = (
    "danguy dangbo chibo chiuy dangdoan bancansu tinhuy thanhuy huyenuy quanuy uybankiemtra ubkt congdoan"
    " liendoanlaodong doanthanhnien doantncs doantn doankhoi doancoso doantruong chidoan bchdoan bchcongdoan"
    " bchhoi bchdang tinhdoan hoiphunu hoilienhiep hoilhpn hoicuuchienbinh hoiccb hoicuu chihoi bantochuc"
    " bantuyengiao bandanvan banthuongvu banchaphanh bch btv bancongtac bannucong banchidao doankiemtra"
    " tokiemphieu bankiemphieu vanphongdanguy dangcongsan congdoancoso hoinongdan mattran ubmttq"
)
BODIES: tuple[str, ...] = tuple(_BEGINNINGS.split())
