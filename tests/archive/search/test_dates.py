from datetime import date

import pytest

from archive.search.dates import first_day, last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31/12/2021", date(2021, 12, 31), date(2021, 12, 31)),
        ("1-2-2021", date(2021, 2, 1), date(2021, 2, 1)),
        ("2021-02-01", date(2021, 2, 1), date(2021, 2, 1)),
        ("2/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-11", date(2021, 11, 1), date(2021, 11, 30)),
        (" 2021 ", date(2021, 1, 1), date(2021, 12, 31)),
        ("31/2/2021", None, None),
        ("1/13/2021", None, None),
        ("0000", None, None),
        ("hôm qua", None, None),
    ],
)
def test_days(text: str, first: date | None, last: date | None) -> None:
    assert (first_day(text), last_day(text)) == (first, last)
