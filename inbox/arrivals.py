"""One pass over what lies in the inbox: what has settled is tested, claimed and taken in, unit by unit in turns."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from itertools import islice

from inbox.book import Book
from inbox.claim import Wanted
from inbox.descriptors import NotAFile, folder_of, opened
from inbox.folders import place
from inbox.intake import GROUP
from inbox.round import Round, in_turns
from inbox.scan import Found, Scan
from inbox.settle import Look

OLD = 86_400.0  # for how many seconds an ignored file is passed over in silence


class Arrivals:
    """The files of the open folder `inbox`; the claims have had their turn in `this` round."""

    def __init__(self, this: Round, book: Book, inbox: int) -> None:
        self._round = this
        self._book = book
        self._memory = book.memory
        self._inbox = inbox

    def take(self, seen: Scan) -> None:
        """Settle what lies in the inbox and take what has settled."""
        now = self._book.moment.today.timestamp()
        self._book.result.not_taken += seen.not_taken
        self._book.result.ignored_old += [path for path, came in seen.ignored if now - came > OLD]
        ready: dict[str | None, list[Found]] = {}
        for file in seen.found:
            self._book.keys.add(file.path)
            if self._is_ready(file):
                ready.setdefault(place(file.path, self._round.units).unit, []).append(file)
        self._book.forget_what_is_gone()
        self._in_groups(in_turns(ready.values()))

    def _is_ready(self, file: Found) -> bool:
        still = self._memory.settler.seen(file.path, file.stamp, self._book.moment.now, self._book.moment.today)
        stored = self._round.left_in_place.get(file.path)
        if stored and stored.same_bytes(file.stamp) and stored.changed == file.stamp.changed:
            return False  # claimed or even recorded; its claim says what it waits for
        if not self._round.units:
            self._book.result.waiting.append(self._memory.settler.waiting(file.path, file.path, "no-campaign"))
        elif self._memory.retries.blocked(file.path, self._book.moment.now):
            self._book.waits_for_retry(file.path, file.path)
        elif still:
            return True
        else:
            self._book.waits_to_settle(file.path, file.path)
        return False

    def _in_groups(self, files: Iterator[Found]) -> None:
        while group := list(islice(files, GROUP)):
            if self._round.over():
                self._book.result.more = True
                self._book.result.waiting += [
                    self._memory.settler.waiting(file.path, file.path) for file in (*group, *files)
                ]
                return
            wanted = [tested for file in group if (tested := self._test(file))]
            self._claim(wanted)

    def _test(self, file: Found) -> Wanted | None:
        """The tests that need the file open; None when it is not taken now."""
        try:
            with folder_of(self._inbox, file.path) as (folder, name), opened(folder, name) as handle:
                look = self._memory.settler.test(file.path, handle, self._book.moment.now)
        except (FileNotFoundError, NotADirectoryError, NotAFile):
            return None  # gone, or something else by now: the next scan tells
        except OSError as error:
            self._book.failed(file.path, file.path, error, "no-access" if error.errno == errno.EACCES else "retry")
            return None
        if look is Look.WAIT:
            self._book.waits_to_settle(file.path, file.path)
            return None
        unit = place(file.path, self._round.units).unit
        return Wanted(file.path, unit, file.stamp, self._book.moment.today, look is Look.AS_IT_IS)

    def _claim(self, wanted: list[Wanted]) -> None:
        if not wanted:
            return
        claims, refused = self._round.desk.area.take(self._inbox, wanted)
        for refusal in refused:
            self._book.failed(refusal.path, refusal.path, refusal.error)
        for claim in claims:
            self._memory.retries.succeeded(claim.path)
            if not claim.in_place:
                self._memory.settler.forget(claim.path)
        self._round.take_in(claims)
