"""The package of a workbook: a part over its limit is cut off there, because half a table is worth reading.

`Package` refuses what packs better than 200:1; the rows of a sheet that repeat themselves do so honestly.
"""

from __future__ import annotations

from pathlib import Path

from archive.readers.limits import ReadingLimits
from archive.readers.office.package import Package


class SheetPackage(Package):
    """A package whose parts are read up to the limit; `over` are those that are longer."""

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        super().__init__(path, limits)
        self.over: list[str] = []

    def __enter__(self) -> SheetPackage:
        return self

    def raw(self, name: str) -> bytes:
        """The bytes of one part, or its beginning."""
        cap = min(self._part_cap, self._total_left)
        with self._zip.open(self._zip.getinfo(name)) as stream:
            data = stream.read(cap + 1)
        if len(data) > cap:
            data = data[:cap]
            self.over.append(name)
        self._total_left -= len(data)
        return data
