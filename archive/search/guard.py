"""What an engine's library may raise, as errors of the port."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from archive.errors import HosoError
from archive.search.ports import IndexDamaged

# What a full or forbidden disk says; rebuilding the index would not help.
_NOT_OURS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE}


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever an engine raises on broken files (EOFError, struct.error, KeyError, zlib.error, ...) is IndexDamaged."""
    try:
        yield
    except (HosoError, MemoryError):
        raise
    except OSError as error:
        if error.errno in _NOT_OURS:
            raise
        raise IndexDamaged(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        raise IndexDamaged(f"{type(error).__name__}: {error}") from error
