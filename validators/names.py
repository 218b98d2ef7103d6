"""Names of people as papers print them: two to five words, each with a capital, no word of an office or a body."""

from __future__ import annotations

import re

from archive.vietnamese import exact_words, fold_words

_SURNAMES_TEXT = (
    "an bach ban be bo bui ca cam cao chau che chu chung cong cu cung dam dang dao dau deo diep dinh do "
    "doan dong duong giang giap ha han hau ho hoa hoang hua huynh kha khong khuat khuc kieu kim la lac "
    "lai lam lau le li lo lu luc luong luu ly ma mac mai nghiem ngo nguyen nong ong pham phan phi phu "
    "phung quach quan quang sam su sung ta tang tao thach thai than thao thi tho tieu to ton tong tran "
    "trieu trinh truong tu ung uong van vang vi vien vo vu vuong y"
)
_SURNAMES = frozenset(_SURNAMES_TEXT.split())
# Words of offices, bodies and headings. Names in capitals are compared without accents, since a misread "BÍ THU" is
# no person; others with them, since Chu Trí Dũng, Đoàn Thanh Tùng and Đặng Viễn Phương are.
_NOT_A_NAME_TEXT = (
    "đảng ủy|chi bộ|chi ủy|đảng bộ|công đoàn|đoàn thanh niên|bí thư|chủ tịch|thường vụ|kiểm tra|"
    "kiểm điểm|tổ chức|văn phòng|nơi nhận|người ghi|người tự|người viết|người khai|y tế|công ty|"
    "trường cao|biên bản|chủ trì|thư ký|đồng chí|như trên|ký tên|họ tên|họ và|đã ký|trung ương|tổng cộng|"
    "kết luận|dân vận|hội nghị|báo cáo|nhiệm vụ|hoàn thành|việt nam|chấp hành|khối các|cơ quan|giám đốc|"
    "hiệu trưởng|chuyên môn|đảng viên|xác nhận|phụ lục|ghi chú|cán bộ|độc lập|cộng hòa|đoàn kiểm|tỉnh ủy|"
    "thành ủy|huyện ủy|trưởng phòng|trưởng ban|trưởng đoàn|kính gửi|nội dung|ý kiến|chủ nhiệm|đại diện|"
    "phụ nữ|cựu chiến|thành phần|ủy viên|chủ tọa|tổ trưởng|cấp ủy|hành chính|bộ môn|đơn vị|thành phố|"
    "phong trào|nhân dân|xếp loại|chất lượng|số phiếu|ưu điểm|hạn chế|khuyết điểm|phương hướng|giải pháp|"
    "kết quả|tham mưu|hồ sơ|thay mặt|nghị quyết|tờ trình|kế hoạch|tập thể|cá nhân|đánh giá|nhận xét|"
    "kiểm phiếu|phó ban|ban chấp"
)
_NOT_A_NAME = tuple(_NOT_A_NAME_TEXT.split("|"))
_EXACT = tuple(f" {exact_words(words)} " for words in _NOT_A_NAME)
_FOLDED = tuple(f" {fold_words(words)} " for words in _NOT_A_NAME)
_FORM_OF_ADDRESS = re.compile(
    r"^(?:(?:đ/c|đồng chí|ông|bà|ô(?=\.)|ths|thạc sĩ|ts|tiến sĩ|pgs|gs|bs|bác sĩ|(?:bs|ds)?ck ?(?:[12]|i{1,2})|ds|ks"
    r"|kts|cn|cvcc|cvc|luật sư|ngưt|ngnd|ttưt|ttnd|nhà giáo(?: ưu tú| nhân dân)?|thầy thuốc(?: ưu tú| nhân dân)?"
    r"|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý))\b\.?[ ,:]{0,3}){1,5}(?=\w)",
    re.IGNORECASE,
)
_LABELS_TEXT = "ngay sinh nam chuc don gioi que dan noi so dang la bi pho chu thu uy truong"
_LABELS = frozenset(_LABELS_TEXT.split())
_NOTE = re.compile(r"\s*[(\[][^()\[\]]{0,30}[)\]]\s*$")  # "Bùi Thị Mai (đã ký)"
_MISREAD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,6}(?:\.(?=[^\W\d_])|[0158])[^\W\d_]{0,6}")  # "Khá.nh", "CA0"
_LETTERS = str.maketrans("0158", "OISB")
_WORD = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)?$")
_ONE_WORD = re.compile(r"^[^\W\d_]['’][^\W\d_]{2,}$")  # K'Brêu
_TRAIL = re.compile(r"[.;,)] +([^.;,)]+)$")


def as_name(text: str) -> str | None:
    """The person's name that a cell is, its title of address left out; None when it is anything else."""
    text = _FORM_OF_ADDRESS.sub("", _NOTE.sub("", text[:80]).strip(" .,:;()*_")).strip()
    text = _MISREAD.sub(lambda match: match[0].replace(".", "").translate(_LETTERS), text)
    parts = text.split(" ")
    if not (2 <= len(parts) <= 5 or _ONE_WORD.match(text)) or len(text) > 40:
        return None
    if not all(_WORD.match(part) and len(part) <= 8 for part in parts):
        return None
    small = [part for part in parts if not part[0].isupper()]
    if small:  # "Huỳnh Ngọc ánh": TCVN3 has no capitals with tones
        if parts[0] in small or not is_surname(parts[0]) or any(part[0].isascii() or part[0] == "đ" for part in small):
            return None
        text = " ".join(part[0].upper() + part[1:] for part in parts)
    key, none = (f" {fold_words(text)} ", _FOLDED) if text.isupper() else (f" {exact_words(text)} ", _EXACT)
    return None if any(words in key for words in none) else text


def small_name(text: str) -> str | None:
    """The name a cell is whose capitals were lost ("dương thị quý", "Dương thị quý": small caps, old fonts of
    capitals); for the place below a role only, since any words may look so."""
    parts = _NOTE.sub("", text[:80]).strip(" .,:;()*_").split(" ")
    if not 2 <= len(parts) <= 4 or not is_surname(parts[0]) or any(part[0].isupper() for part in parts[1:] if part):
        return None
    return as_name(" ".join(part[:1].upper() + part[1:] for part in parts))


def is_surname(word: str) -> bool:
    """Whether a word is a usual family name."""
    return fold_words(word) in _SURNAMES


def names_in(text: str, known: tuple[str, ...] = ()) -> list[str]:
    """The names that a line of nothing but names holds: one, or two and three run together on one line. `known` are
    names that stand elsewhere in the paper; they show where one ends."""
    single = as_name(text)
    if single and not _splits_better(single, known):
        return [single]
    parts = text.split(" ")
    if not 4 <= len(parts) <= 15 or not all(_WORD.match(part) and part[0].isupper() for part in parts):
        return [single] if single else []
    return _split(parts, known) or ([single] if single else [])


def _splits_better(single: str, known: tuple[str, ...]) -> bool:
    return single not in known and any(single.startswith(f"{name} ") or single.endswith(f" {name}") for name in known)


def split_names(text: str, known: tuple[str, ...] = ()) -> list[str]:
    """The two names that a line holds which is known to hold two; [] where no cut makes names of both."""
    return _split(text.split(" "), known)


def _split(parts: list[str], known: tuple[str, ...]) -> list[str]:
    """Cuts a run of words into names: at names known from the text, else before family names."""
    for name in known:
        size = len(name.split(" "))
        for at in range(len(parts) - size + 1):
            if " ".join(parts[at : at + size]) == name and (at >= 2 or len(parts) - at - size >= 2):
                rest = [" ".join(parts[:at]), " ".join(parts[at + size :])]
                pieces = [rest[0], name, rest[1]]
                return [found for piece in pieces for found in ([as_name(piece)] if piece else []) if found]
    cuts = [at for at in range(2, len(parts) - 1) if is_surname(parts[at])]
    middle = len(parts) / 2
    for at in sorted(cuts, key=lambda cut: abs(cut - middle)):
        left, right = as_name(" ".join(parts[:at])), as_name(" ".join(parts[at:]))
        if left and right:
            return [left, right]
    return []


def trailing_name(text: str) -> str | None:
    """The name at the end of a line of the left column that runs on into the right one: "- Lưu VP. Đinh Thị Thảo"."""
    match = _TRAIL.search(text)
    name = as_name(match[1]) if match else None
    return name if name and is_surname(name.split(" ")[0]) else None


def leading_name(text: str) -> str | None:
    """The name a text begins with ("Bùi Thị Mai, Chủ tịch"), for the lines that name chair, secretary or member."""
    text = _FORM_OF_ADDRESS.sub("", text.strip(" .:…_-–")).strip()
    parts: list[str] = []
    for part in re.split(r"[ ]+", text[:60]):
        word = part.rstrip(",.;:-–")
        if not word or not _WORD.match(word) or not word[0].isupper() or len(parts) == 5:
            if word[:1].islower() and len(parts) > 2 and fold_words(parts[-1]) in _LABELS:
                parts.pop()  # "Bùi Thị Mai Ngày sinh: ..."
            break
        parts.append(word)
        if word != part:
            break
    while len(parts) >= 2:
        name = as_name(" ".join(parts))
        if name:
            return name
        parts.pop()
    return None
