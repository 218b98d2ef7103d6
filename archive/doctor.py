"""`hoso doctor`: what of this machine and this home keeps hoso from working well, and how to mend it."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import catalogue, database
from archive.config import Config
from archive.errors import DependencyMissing
from archive.i18n import gettext as _
from archive.readers.bundles.rar_bundle import rar_tool
from archive.search import seal
from archive.search.growth import EMBEDDED, outgrown
from archive.search.ports import IndexDamaged, State
from archive.search.table import open_index
from archive.verify import audit_ok

LOW_DISK = 2 * 1024**3  # bytes; below it a season's scans may not fit
OURS = ("archive", "rules", "validators", "reports", "inbox", "web", "cli")
# What is imported, and the package that brings it.
LIBRARIES = {
    "PIL": "pillow",
    "asn1crypto": "asn1crypto",
    "docx": "python-docx",
    "lxml": "lxml",
    "pebble": "pebble",
    "pi_heif": "pi-heif",
    "pikepdf": "pikepdf",
    "py7zr": "py7zr",
    "pyhanko": "pyhanko",
    "pyhanko_certvalidator": "pyhanko-certvalidator",
    "pypdf": "pypdf",
    "pypdfium2": "pypdfium2",
    "rapidfuzz": "rapidfuzz",
    "rarfile": "rarfile",
    "ruamel.yaml": "ruamel.yaml",
    "tesserocr": "tesserocr",
    "watchdog": "watchdog",
    "whoosh": "whoosh",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One finding about the environment: state is ok, warn or fail."""

    check: str
    state: str
    message: str
    remedy: str = ""


def _python(_config: Config) -> Check:
    return Check("python", "ok", ".".join(map(str, sys.version_info[:3])))


def _sqlite(_config: Config) -> Check:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < (3, 31):
        return Check("sqlite", "fail", version, _("Install a Python with SQLite 3.31 or later."))
    return Check("sqlite", "ok", version)


def _names(_config: Config) -> Check:
    """Packages of these very names exist on PyPI; one that shadows ours would be run in its place."""
    owners = importlib.metadata.packages_distributions()
    foreign = sorted({owner for name in OURS for owner in owners.get(name, ()) if owner != "hoso"})
    if foreign:
        message = _("foreign packages use our names: {names}").format(names=", ".join(foreign))
        return Check(
            "names", "fail", message, _("Uninstall them: pip uninstall {names}").format(names=" ".join(foreign))
        )
    return Check("names", "ok", ", ".join(OURS))


def _libraries(_config: Config) -> Check:
    lacking = [package for name, package in LIBRARIES.items() if not _importable(name)]
    if lacking:
        return Check(
            "libraries",
            "fail",
            _("not installed, or cannot be loaded: {names}").format(names=", ".join(lacking)),
            _("Install them with: pip install --require-hashes -r requirements.txt"),
        )
    return Check("libraries", "ok", _("all readers are installed"))


def _importable(name: str) -> bool:
    """By trying: a library of another Python or system is there and yet of no use."""
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def _ocr(_config: Config) -> Check:
    """Without its engine or its data, every scanned page would be answered as one that cannot be read."""
    remedy = _(
        "Install hoso again, whole: pip install --require-hashes -r requirements.txt; until then no scan is read."
    )
    try:
        from archive.readers.ocr import ocr

        engine, data = ocr.describe()
    except Exception as error:
        words = _("scanned pages cannot be read: {error}").format(error=f"{type(error).__name__}: {error}")
        return Check("ocr", "fail", words, remedy)
    return Check("ocr", "ok", _("{engine}; Vietnamese data: {data}").format(engine=engine, data=data))


def _home(config: Config) -> Check:
    kind = database.filesystem(config.home)
    if not os.access(config.home, os.W_OK):
        return Check(
            "home",
            "fail",
            _("{home} cannot be written").format(home=config.home),
            _("Give this account the right to write there."),
        )
    return Check("home", "ok", f"{config.home} ({kind or '?'})")


def _catalogue(_config: Config) -> Check:
    if not database.is_current():
        return Check("catalogue", "warn", _("made by an older version"), _("Bring it up to date with: hoso init"))
    return Check("catalogue", "ok", _("{n} documents").format(n=catalogue.count_documents()))


def _campaign(_config: Config) -> Check:
    campaign = catalogue.current_campaign()
    if campaign is None:
        return Check("campaign", "warn", _("no campaign is loaded"), _("Load one with: hoso campaign load FILE.yaml"))
    return Check("campaign", "ok", campaign.title)


def _audit(config: Config) -> Check:
    if not audit_ok(config.audit_head):
        return Check(
            "audit",
            "fail",
            _("the audit log does not hold together"),
            _("Run: hoso verify --full, and keep a copy of this home as it is."),
        )
    return Check("audit", "ok", _("the audit log holds together"))


def _disk(config: Config) -> Check:
    free = shutil.disk_usage(config.home).free
    words = _("{n} GB free").format(n=round(free / 1024**3, 1))
    if free < LOW_DISK:
        return Check("disk", "warn", words, _("Free some space; files wait in the inbox while the disk is full."))
    return Check("disk", "ok", words)


def _inbox(config: Config) -> Check:
    if not config.inbox.is_dir():
        return Check(
            "inbox",
            "fail",
            _("{path} is not there").format(path=config.inbox),
            _("Connect the shared folder, or mend [inbox] path in hoso.toml."),
        )
    if not os.access(config.inbox, os.W_OK | os.X_OK):
        return Check(
            "inbox",
            "fail",
            _("{path} cannot be written").format(path=config.inbox),
            _("Give this account the right to write there; the answers go there too."),
        )
    if config.inbox.stat().st_dev != config.claim.stat().st_dev:
        return Check(
            "inbox",
            "warn",
            _("inbox and home lie on different disks; each file is copied once more"),
            _("Put the home on the disk of the inbox, if there is a choice."),
        )
    return Check("inbox", "ok", f"{config.inbox} ({database.filesystem(config.inbox) or '?'})")


def _watching(config: Config) -> Check:
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if not limit.exists():
        return Check(
            "watching",
            "warn",
            _("this system gives no file events; the folder is looked at every {n} s").format(n=config.scan_seconds),
        )
    watches = int(limit.read_text(encoding="ascii"))
    if watches < 8192:
        return Check(
            "watching",
            "warn",
            _("only {n} folders can be watched").format(n=watches),
            _("Raise fs.inotify.max_user_watches to 65536."),
        )
    return Check("watching", "ok", _("up to {n} folders").format(n=watches))


def _index(config: Config) -> Check:
    try:
        index = open_index(config.index, config.engine)
        try:
            state = index.check()
            slow = outgrown(index) if state == "ok" and config.engine == EMBEDDED else ""
        finally:
            index.close()
    except DependencyMissing as error:
        return Check("index", "fail", error.message, error.hint)
    except IndexDamaged as error:
        return Check("index", "warn", error.message, _("Make it again with: hoso index rebuild"))
    if state != "ok":
        return _bad_index(state, config)
    if slow:
        return Check("index", "warn", slow, _how_to_move(config))
    return Check("index", "ok", _("whole ({engine})").format(engine=config.engine))


def _bad_index(state: State, config: Config) -> Check:
    wrote = seal.engine_of(config.index)
    if state == "schema-old" and wrote not in (None, config.engine):
        message = _("it was written by the search engine {wrote}, and hoso.toml names {named}")
        remedy = _('Make it again with: hoso index rebuild; or write engine = "{wrote}" under [search] in hoso.toml')
        return Check("index", "warn", message.format(wrote=wrote, named=config.engine), remedy.format(wrote=wrote))
    said = {
        "missing": _("there is no index"),
        "schema-old": _("it was written by another version"),
        "damaged": _("The search index is damaged."),
    }
    return Check("index", "warn", said[state], _("Make it again with: hoso index rebuild"))


def _how_to_move(config: Config) -> str:
    """To the engine for big archives, which `./run` installs and other ways of installing may have left out."""
    steps = _('Write engine = "tantivy" under [search] in {file}, then run: hoso index rebuild').format(
        file=config.home / "hoso.toml"
    )
    if importlib.util.find_spec("tantivy"):
        return steps
    return _("Install the engine for big archives: pip install hoso[tantivy]") + ". " + steps


def _rar(_config: Config) -> Check:
    """RAR is the one format that no free library unpacks."""
    tool = rar_tool()
    if tool is None:
        return Check(
            "rar",
            "warn",
            _("no program that unpacks RAR is installed; clerks are asked to send ZIP instead"),
            _("Install one: sudo apt install unar (or unrar)"),
        )
    return Check("rar", "ok", _("packed RAR files are unpacked by {program}").format(program=tool.name))


CHECKS: tuple[Callable[[Config], Check], ...] = (
    _python, _sqlite, _names, _libraries, _ocr, _rar, _home, _disk, _catalogue, _audit, _campaign, _inbox, _watching,
    _index,
)  # fmt: skip


def title(check: str) -> str:
    """What a check is about, for people; `check` itself is for programs."""
    titles = {
        "python": _("Python"),
        "sqlite": _("SQLite database"),
        "names": _("package names"),
        "libraries": _("libraries"),
        "ocr": _("text recognition (OCR)"),
        "rar": _("unpacking RAR"),
        "home": _("data folder"),
        "disk": _("disk space"),
        "catalogue": _("catalogue"),
        "audit": _("audit log"),
        "campaign": _("campaign"),
        "inbox": _("shared folder"),
        "watching": _("file events"),
        "index": _("search index"),
    }
    return titles.get(check, check)


def examine(config: Config) -> Iterator[Check]:
    """Run every check; one that breaks is itself reported."""
    for check in CHECKS:
        try:
            yield check(config)
        except Exception as error:  # the doctor must never be the patient
            yield Check(check.__name__.strip("_"), "fail", f"{type(error).__name__}: {error}")
