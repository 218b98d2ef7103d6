"""Which kind a paper is: every wording in every layout, the traps, the names of folders and files, and no guess."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.records import Reading, ReadingState
from tests.validators.papers import PROSE, Paper, pack, reading, seen
from tests.validators.wordings import MINUTES, REPORT, RESOLUTION, SELF_REVIEW, UNION, WORDINGS
from validators.recognise import recognise

EVERY = [(kind, paper.with_(title=title)) for kind, paper, titles in WORDINGS for title in titles]
LAYOUTS = ("lines", "tab", "blanks", "joined")


def named(case: tuple[str, Paper]) -> str:
    kind, paper = case
    return f"{kind}: {paper.printed} {paper.title}"[:80].replace("\n", " ")


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_every_wording_in_every_layout(case: tuple[str, Paper]) -> None:
    kind, paper = case
    found = {layout: seen(paper.with_(layout=layout)).kind for layout in LAYOUTS}
    assert found == dict.fromkeys(LAYOUTS, kind)


def test_half_year_report_under_a_yearly_name_and_in_a_yearly_folder() -> None:
    half = REPORT.with_(
        title="Kết quả công tác kiểm tra, giám sát\n6 tháng đầu năm 2021", dateline="Bình Lâm, ngày 28 tháng 6 năm 2021"
    )
    found = seen(half, name="BC cong tac KTGS nam 2021.docx", folder="09 Bao cao kiem tra giam sat")
    assert found.kind == "bao-cao-ktgs-so-ket"
    assert found.facts.period is not None
    assert (found.facts.period.year, found.facts.period.part, found.facts.period.index) == (2021, "half", 1)


def test_yearly_report_dated_in_the_middle_of_its_own_year_is_doubted() -> None:
    early = REPORT.with_(
        title="Tổng kết công tác kiểm tra, giám sát năm 2021", dateline="Bình Lâm, ngày 28 tháng 6 năm 2021"
    )
    found = seen(early)
    assert found.kind is None
    assert found.runner_up == "bao-cao-ktgs"


def test_topic_report_under_a_yearly_name() -> None:
    topic = REPORT.with_(title="Kết quả thực hiện Chỉ thị 05-CT/TW năm 2021")
    assert seen(topic, name="BC tong ket nam 2021.docx").kind == "bao-cao-chuyen-de"


def test_a_report_that_talks_of_every_other_kind_keeps_its_own() -> None:
    talk = tuple(
        f"Trong năm, chi bộ đã có {paper.printed.lower()} {paper.title.lower()}, bỏ phiếu kín, kiểm phiếu."
        for _, paper in EVERY
    )
    assert seen(REPORT.with_(body=talk)).kind == "bao-cao-tong-ket"


MEETINGS = {
    "cấp ủy": (MINUTES, "Họp Chi ủy thông qua báo cáo tổng kết năm 2021", "bien-ban-cap-uy"),
    "đoàn thể": (UNION, "Họp Ban Chấp hành thông qua báo cáo tổng kết năm 2021 của Chi bộ", "bien-ban-doan-the"),
    "xếp loại": (MINUTES, "Họp Chi bộ kiểm điểm, xếp loại đảng viên năm 2021", "bien-ban-xep-loai"),
    "kiểm phiếu": (MINUTES, "Kiểm phiếu xếp loại chất lượng đảng viên năm 2021", "bien-ban-kiem-phieu"),
    "tháng": (MINUTES, "Sinh hoạt chi bộ tháng 12 năm 2021", "bien-ban-sinh-hoat"),
}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_minutes_of_five_kinds_are_told_apart(meeting: str) -> None:
    paper, title, kind = MEETINGS[meeting]
    body = (
        "Hôm nay, ngày 16/12/2021, tiến hành họp; hội nghị nhất trí thông qua Báo cáo tổng kết, bỏ phiếu kín xếp loại.",
        *PROSE,
    )
    assert seen(paper.with_(title=title, body=body)).kind == kind


@pytest.mark.parametrize(
    ("paper", "title", "body", "kind"),
    [
        (
            UNION,
            "Hội nghị Ban Chấp hành Công đoàn",
            "Ban Chấp hành nhất trí thông qua Báo cáo tổng kết và Báo cáo tự chấm điểm của Chi bộ.",
            "bien-ban-doan-the",
        ),
        (
            MINUTES,
            "Họp Chi ủy",
            "Chi ủy nhất trí thông qua Báo cáo tổng kết và Báo cáo tự chấm điểm, đề xuất mức chất lượng.",
            "bien-ban-cap-uy",
        ),
        (MINUTES, "Họp Chi ủy", "Chi ủy bàn việc chuẩn bị Tết và thăm hỏi gia đình chính sách.", "bien-ban"),
        (
            RESOLUTION,
            "Hội nghị Chi ủy cuối năm 2021",
            "Thông qua Báo cáo tổng kết năm 2021 và Báo cáo tự chấm điểm, đề xuất mức chất lượng.",
            "nghi-quyet-cap-uy",
        ),
    ],
)
def test_a_bare_title_is_told_by_the_opening_of_the_text(paper: Paper, title: str, body: str, kind: str | None) -> None:
    assert seen(paper.with_(title=title, body=(body,))).kind == kind


def test_a_party_cell_of_a_mass_organisation_is_the_party() -> None:
    cell = MINUTES.with_(
        issuer="CHI BỘ HỘI LIÊN HIỆP PHỤ NỮ TỈNH", title="Họp Chi ủy thông qua báo cáo tổng kết năm 2021"
    )
    found = seen(cell)
    assert (found.kind, found.facts.mass_org) == ("bien-ban-cap-uy", None)
    report = REPORT.with_(
        issuer="CHI BỘ BAN DÂN VẬN TỈNH ỦY", title="Tổng kết công tác năm 2021 của Chi bộ Ban Dân vận Tỉnh ủy"
    )
    assert seen(report).kind == "bao-cao-tong-ket"


@pytest.mark.parametrize(
    ("issuer", "org"),
    [
        ("CÔNG ĐOÀN\nTRƯỜNG CAO ĐẲNG NGHỀ", "cong-doan"),
        ("CÔNG ĐOÀN TRƯỜNG ĐẠI HỌC", "cong-doan"),
        ("BCH ĐOÀN THANH NIÊN\nSỞ TƯ PHÁP", "doan-thanh-nien"),
        ("CHI ĐOÀN SỞ TƯ PHÁP", "doan-thanh-nien"),
        ("HỘI LIÊN HIỆP PHỤ NỮ\nCƠ QUAN", "phu-nu"),
        ("HỘI CỰU CHIẾN BINH\nSỞ TƯ PHÁP", "cuu-chien-binh"),
    ],
)
def test_mass_organisations(issuer: str, org: str) -> None:
    found = seen(
        UNION.with_(issuer=issuer, title="Họp góp ý, thông qua báo cáo tổng kết và tự chấm điểm của Chi bộ năm 2021")
    )
    assert found.kind == "bien-ban-doan-the"
    assert found.facts.mass_org is not None
    assert found.facts.mass_org.value == org
    assert found.facts.issuer is not None
    assert found.facts.issuer.value == issuer.replace("\n", " ")


def test_printed_title_beats_the_code() -> None:
    for printed, kind in (
        ("QUY ĐỊNH", "quy-dinh"),
        ("QUYẾT ĐỊNH", "quyet-dinh"),
        ("THÔNG TRI", "thong-tri"),
        ("THÔNG TƯ", "thong-tu"),
    ):
        code = "Số 12-QĐ/ĐU" if printed.startswith("QUY") else "Số 12-TT/TU"
        assert seen(REPORT.with_(printed=printed, number=code, title="Về công tác cán bộ")).kind == kind
    assert seen(REPORT.with_(number="Số 14-KH/CB")).kind == "bao-cao-tong-ket"


def test_form_and_title_together_and_a_form_that_contradicts() -> None:
    by_form = seen(SELF_REVIEW.with_(form="Mẫu 02-HD KĐ.ĐG 2019", printed="BẢN TỰ KIỂM ĐIỂM", title=""))
    assert by_form.kind == "kiem-diem-ca-nhan"
    assert by_form.facts.form_code is not None
    assert by_form.facts.form_code.value == "02-HD KĐ.ĐG"
    assert by_form.facts.form_year is not None
    assert by_form.facts.form_year.value == "2019"
    assert by_form.evidence[0].where == "form"
    assert (
        seen(REPORT.with_(form="Mẫu 01 - HD KĐ.ĐG năm 2018", title="Kiểm điểm tập thể Chi ủy năm 2021")).facts.form_year
        is not None
    )


def test_title_in_the_first_line_and_no_head_at_all() -> None:
    text = "\n".join(["BÁO CÁO", "Kết quả phong trào thi đua “Dân vận khéo” năm 2021", *PROSE])
    found = seen(text)
    assert found.kind == "bao-cao-dan-van-kheo"
    assert (found.facts.issuer, found.facts.number, found.facts.issued_on) == (None, None, None)


def test_title_in_a_table_cell_with_spaced_letters() -> None:
    assert seen(REPORT.text.replace("BÁO CÁO\n", "B Á O   C Á O\n")).kind == "bao-cao-tong-ket"
    assert seen(REPORT.text.replace("BÁO CÁO\nTổng kết", "\tBÁO CÁO TỔNG KẾT\t\n")).kind is not None


ENGLISH = """Dear colleagues,
Please find attached the quarterly invoice for office supplies. The total amount due is 1,250 USD.
Kind regards,
John Smith"""


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "BẢNG GIÁ\nTT\tTên hàng\tĐơn giá\n1\tGiấy A4\t75.000",
        "Kính gửi anh chị,\nEm gửi tài liệu họp ngày mai, anh chị xem giúp em.\nTrân trọng,\nVi Văn Chiến",
        "Thực đơn tuần 3 tháng 12 năm 2021\nThứ hai: cơm, canh chua, cá kho",
        "1 2 3 4 5",
        "x",
    ],
)
def test_letters_and_lists_serve_nothing(text: str) -> None:
    for name in ("van ban.docx", "Bao cao tong ket nam 2021.docx", "BB xep loai.docx"):
        found = seen(text, name=name)
        assert found.kind in (None, "bang-bieu"), found
        assert found.score <= 0.7


def test_the_folder_may_decide_what_the_page_leaves_open_but_never_against_the_page() -> None:
    open_page = MINUTES.with_(title="", body=("Hôm nay, ngày 16/12/2021, tại phòng họp, cuộc họp đã tiến hành.",))
    assert seen(open_page).kind is None
    assert seen(open_page, folder="03 Biên bản kiểm phiếu").kind == "bien-ban-kiem-phieu"
    assert seen(REPORT, folder="Bien ban kiem phieu").kind == "bao-cao-tong-ket"
    assert seen(ENGLISH, folder="Báo cáo tổng kết", name="Báo cáo tổng kết.docx").kind is None


def test_names_alone_only_hint() -> None:
    unread = Reading("pdf", ReadingState.LOCKED)
    for name, hint in {
        "Bien ban kiem phieu.pdf": "bien-ban-kiem-phieu",
        "Bao cao tong ket nam 2021.pdf": "bao-cao-tong-ket",
        "BC TK 2021.pdf": "bao-cao-tong-ket",
        "05. Bao cao QCDC 2021 (sua lan 2).docx": "bao-cao-qcdc",
        "NQ Dang uy thong qua BC tong ket, tu cham diem.pdf": "nghi-quyet-cap-uy",
        "BaoCaoTongKet2021.docx": "bao-cao-tong-ket",
        "CT KTGS.pdf": "chuong-trinh-ktgs",
        "Tu cham diem KTGS 2021.docx": "bang-tu-cham-diem-ktgs",
        "Bùi Thị Mai - kiểm điểm.docx": "kiem-diem-ca-nhan",
        "mau 02 KD.DG (1).docx": "kiem-diem-ca-nhan",
        "BB CD.docx": "bien-ban-doan-the",
        "BC 6 thang KTGS.docx": "bao-cao-ktgs-so-ket",
        "scan0001.pdf": None,
        "IMG_20211210_083012.jpg": None,
        "20211215.pdf": None,
    }.items():
        found = recognise(unread, name=name, folder="", pack=pack())
        assert (found.kind, found.score, found.hint) == (None, 0.0, hint), name
    in_folder = recognise(unread, name="scan0001.pdf", folder="2021/05 Biên bản sinh hoạt chi bộ", pack=pack())
    assert in_folder.hint == "bien-ban-sinh-hoat"
    nfd = recognise(unread, name=unicodedata.normalize("NFD", "Báo cáo tổng kết.pdf"), folder="", pack=pack())
    assert nfd.hint == "bao-cao-tong-ket"


def test_evidence_and_runner_up_are_kept() -> None:
    found = seen(REPORT, name="BC tong ket.docx", folder="01 Bao cao tong ket")
    assert [item.where for item in found.evidence] == ["title", "code", "folder", "name", "body"]
    assert all(0 < item.weight < 1 and item.words for item in found.evidence)
    assert 0.6 < found.score <= 1.0
    assert found.score > found.runner_up_score


TEXTS = st.text(alphabet=st.sampled_from("ABĐĂabđếàủ 0159\n\t.-/*:,()ỐỘ̀́"), max_size=400) | st.lists(
    st.sampled_from(
        [
            *REPORT.text.split("\n"),
            *UNION.text.split("\n"),
            "Số",
            "ngày tháng năm",
            "MẬT",
            "Mẫu 02",
            "\f",
            "T/M",
            "-/-/-",
        ]
    ),
    max_size=40,
).map("\n".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, name=st.text(max_size=40), folder=st.text(max_size=40))
def test_never_raises_and_scores_stay_in_range(text: str, name: str, folder: str) -> None:
    found = recognise(reading(text), name=name, folder=folder, pack=pack())
    assert 0.0 <= found.score <= 1.0
    assert found.kind is None or found.score >= 0.6


@settings(max_examples=40, deadline=None)
@given(case=st.sampled_from(EVERY), layout=st.sampled_from(LAYOUTS))
def test_nfd_is_nfc(case: tuple[str, Paper], layout: str) -> None:
    text = case[1].with_(layout=layout).text
    assert seen(unicodedata.normalize("NFD", text)) == seen(text)


@settings(max_examples=60, deadline=None)
@given(
    case=st.sampled_from(EVERY),
    talk=st.lists(
        st.sampled_from(
            [
                "bảo mật thông tin",
                "giữ bí mật",
                "tài liệu mật",
                "Mật độ dân số",
                "tối mật",
                "bỏ phiếu kín",
                "độ MẬT của tài liệu cao",
            ]
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_running_text_never_makes_a_paper_secret_nor_another_kind(case: tuple[str, Paper], talk: list[str]) -> None:
    kind, paper = case
    found = seen(
        paper.with_(
            body=(*(f"Chi bộ nhắc nhở đảng viên {words} trong công tác." for words in talk), *talk, *paper.body)
        )
    )
    assert found.facts.secrecy is None
    assert found.kind == kind


@pytest.mark.parametrize(
    "char", ["a ", "Số ", "ngày ", "T/M ", "BÁO CÁO ", "-", "1/", "hoàn thành nhiệm vụ ", "\n", "\t"]
)
def test_hostile_length_is_no_worse_than_long(char: str) -> None:
    """A megabyte of one thing: only its opening and its end are looked at, so this ends at once or the suite hangs."""
    found = seen(REPORT.text + char * (1_000_000 // len(char)))
    assert found.kind == "bao-cao-tong-ket"


def test_the_list_of_a_bundles_files_is_no_paper() -> None:
    """Whatever its files are called; only its own name and folder say what may be in it."""
    listed = replace(reading(REPORT.text), format="zip")
    found = recognise(listed, name="BC tong ket 2021.zip", folder="", pack=pack())
    assert (found.kind, found.hint, found.facts.number) == (None, "bao-cao-tong-ket", None)


@pytest.mark.parametrize("form", ["eml", "msg"])
def test_a_mail_is_no_paper_whatever_it_speaks_of(form: str) -> None:
    """Its facts are shown; the report attached to it counts by itself. Without one, folder and name still point."""
    letter = replace(reading(REPORT.text), format=form)
    assert recognise(reading(REPORT.text), name="a.docx", folder="", pack=pack()).kind == "bao-cao-tong-ket"
    pasted = recognise(letter, name="BC tong ket 2021.eml", folder="", pack=pack())
    assert (pasted.kind, pasted.hint) == (None, "bao-cao-tong-ket")
    assert pasted.facts.number is not None
    attached = replace(letter, warnings=(("attachments", "bao cao.docx"),))
    found = recognise(attached, name="BC tong ket 2021.eml", folder="", pack=pack())
    assert (found.kind, found.hint, found.runner_up) == (None, None, None)
