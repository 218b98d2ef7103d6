"""How the names of organisations begin in heads, as compact keys: party bodies and mass organisations."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from archive.vietnamese import fold_words

_BEGINNINGS = (
    "danguy dangbo chibo chiuy dangdoan bancansu tinhuy thanhuy huyenuy quanuy uybankiemtra ubkt congdoan"
    " liendoanlaodong doanthanhnien doantncs doantn doankhoi doancoso doantruong chidoan bchdoan bchcongdoan"
    " bchhoi bchdang tinhdoan hoiphunu hoilienhiep hoilhpn hoicuuchienbinh hoiccb hoicuu chihoi bantochuc"
    " bantuyengiao bandanvan banthuongvu banchaphanh bch btv bancongtac bannucong banchidao doankiemtra"
    " tokiemphieu bankiemphieu vanphongdanguy dangcongsan congdoancoso hoinongdan mattran ubmttq"
)
BODIES: tuple[str, ...] = tuple(_BEGINNINGS.split())

# The words that a body's name begins with, as OCR misreads them ("GHI BỘ", "CH1 BỘ", "ĐẢNG Ộ"). The decoys are as near
# to a misread word, so that it is left as it stands.
_WORDS = ("CHI BỘ", "ĐẢNG BỘ", "ĐẢNG ỦY", "CHI ỦY", "BAN CHẤP HÀNH", "BAN THƯỜNG VỤ", "ỦY BAN KIỂM TRA", "CÔNG ĐOÀN")
_DECOYS = ("CHI HỘI", "CHI ĐOÀN", "TỈNH ỦY", "TỈNH ĐOÀN", "HUYỆN ỦY", "THÀNH ỦY", "QUẬN ỦY", "BAN CHỈ ĐẠO", "HỘI CCB")
_MEANT = tuple((words, len(words.split()), fold_words(words).replace(" ", "")) for words in (*_WORDS, *_DECOYS))
_DIGITS_READ = str.maketrans("0158", "oisb")


def unmisread(text: str) -> str:
    """The name of a body in capitals with its first words as they were meant; other texts as they are."""
    letters = text.split()
    near: list[tuple[int, str, int]] = []
    for words, size, meant in _MEANT:
        said = fold_words(" ".join(letters[:size])).replace(" ", "").translate(_DIGITS_READ)
        distance = Levenshtein.distance(said, meant, score_cutoff=2)
        if distance == 0:
            near.append((0, words if any(char.isdecimal() for char in "".join(letters[:size])) else "", size))
        elif distance <= 1 + (len(meant) > 8):
            near.append((distance, words, size))
    near.sort(key=lambda item: item[0])
    if not near or not near[0][1] or near[0][1] in _DECOYS or (len(near) > 1 and near[1][0] == near[0][0]):
        return text
    return " ".join([near[0][1], *letters[near[0][2] :]])
