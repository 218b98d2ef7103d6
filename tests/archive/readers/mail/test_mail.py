"""The page of a mail, as a clerk reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.i18n import use_language
from archive.readers.mail.mail import mail_page, parsed_date, shown_date


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def test_the_head_then_an_empty_line_then_the_body() -> None:
    page = mail_page("Văn thư", "Đảng ủy", "15/12/2021 08:00", "Gửi\r\nbáo cáo", "Kính gửi\n", ["a.docx", "b.pdf"])
    assert page.split("\n") == [
        "From: Văn thư", "To: Đảng ủy", "Date: 15/12/2021 08:00", "Subject: Gửi báo cáo",
        "Attached files: a.docx; b.pdf", "", "Kính gửi",
    ]  # fmt: skip


def test_what_is_not_known_is_left_out() -> None:
    assert mail_page("", "", " ", "", "Kính gửi", []) == "Kính gửi"
    assert mail_page("", "", "", "thư", "", []) == "Subject: thư"


def test_many_files_are_cut_short() -> None:
    assert mail_page("", "", "", "", "", [str(number) for number in range(99)]).endswith("; 49; …")


def test_dates_are_those_of_the_office() -> None:
    assert shown_date(datetime(2021, 12, 14, 23, 30, tzinfo=UTC)) == "15/12/2021 06:30"
    moment = parsed_date("Wed, 21 Mar 2018 14:14:32 -0800")
    assert moment is not None
    assert shown_date(moment) == "22/03/2018 05:14"


@pytest.mark.parametrize("header", ["", "hôm qua", "Wed, 99 Mar 2018", "Wed, 31 Dec 9999 23:59:59 -1200"])
def test_dates_that_are_none(header: str) -> None:
    assert parsed_date(header) is None
