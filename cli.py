"""The commands of hoso: thin, and the only place where the parts are put together.

Every command returns an `Answer`; `command` prints it as text or as one JSON object and turns errors into exit codes.
Django and the readers are imported inside the commands, so that `hoso --help` stays quick.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import ExitCode, HosoError, in_words
from archive.i18n import LANGUAGES, translate_libraries, use_language
from archive.i18n import gettext as _

if TYPE_CHECKING:
    from archive.config import Config
    from archive.records import Campaign, Completeness, KnownDocument
    from reports.questions import Question
    from reports.search import Names
    from rules.model import RulePack

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")
log = logging.getLogger("hoso")

# Controls but for tab, line and form feed, and the signs that turn the direction of writing.
_STEERING = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: data for scripts, text for people, and an exit code other than 0 where it is partial."""

    data: Any
    text: str = ""
    exit_code: ExitCode = ExitCode.OK
    message: str = ""
    warnings: tuple[str, ...] = ()  # what is not wrong, but probably not what was meant


@dataclass(frozen=True, slots=True)
class Place:
    """Where the command works."""

    home: Path
    as_json: bool = False
    language: str | None = None  # where a flag or the environment names one, it is above the settings

    def open(self) -> Config:
        """The settings of the home, with its catalogue open."""
        from archive.home import open_home

        config = open_home(self.home)
        language = self.language or config.language
        use_language(language)
        return replace(config, language=language)


# --- one way for all commands ----------------------------------------------------------------------------------------


def _language_of_environment() -> str | None:
    named = os.environ.get("HOSO_LANG")
    return named if named in LANGUAGES else None


def _in_english_or_vietnamese(argv: list[str]) -> None:
    """Help texts are made when the commands are defined: the language must be known before."""
    language = _language_of_environment() or "vi"
    for position, word in enumerate(argv):
        if word == "--lang" and position + 1 < len(argv):
            language = argv[position + 1]
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
    language = language if language in LANGUAGES else "vi"
    use_language(language)
    translate_libraries(language)


_in_english_or_vietnamese(sys.argv)


def command(
    group: click.Group, name: str, help_text: str, *, catalogue: bool = True, **settings: bool
) -> Callable[[Callable[..., Answer]], click.Command]:
    """Make a function that returns an Answer a command of `group`, with the options that all commands have. Only those
    that need the `catalogue` pay for Django. `settings` go to click's context."""

    def wrap(function: Callable[..., Answer]) -> click.Command:
        path = [*_words(group), name]

        @functools.wraps(function)
        def run(home: Path | None, as_json: bool, lang: str | None, **arguments: Any) -> None:
            if lang:
                use_language(lang)
            if catalogue:
                _start_django()
            place = Place(_home(home), as_json, lang or _language_of_environment())
            raise SystemExit(_answer(path, lambda: function(place, **arguments), as_json, place.home))

        for option in (
            click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer.")),
            click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object.")),
            click.option("--home", type=click.Path(path_type=Path), help=_("Folder of the archive (or HOSO_HOME).")),
        ):
            run = option(run)
        return group.command(name, help=help_text, context_settings=dict(settings))(run)

    return wrap


def _start_django() -> None:
    import django

    django.setup()


def _words(group: click.Group) -> list[str]:
    return [group.name] if group.name and group.name != "hoso" else []


def _home(home: Path | None) -> Path:
    if home is None and os.environ.get("HOSO_HOME"):
        home = Path(os.environ["HOSO_HOME"])
    if home is None:
        from archive.config import default_home

        home = default_home()
    return home.absolute()


def _answer(path: list[str], work: Callable[[], Answer], as_json: bool, home: Path) -> int:
    schema = _schema(path)
    try:
        answer = work()
    except click.ClickException:
        raise  # a slip in the words of the command: told by `Commands`
    except HosoError as error:
        return _failed(schema, as_json, error.code, error.message, error.hint, error.exit_code)
    except KeyboardInterrupt:
        return _failed(schema, as_json, "interrupted", _("Interrupted."), "", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  the reader of our output went away; say nothing more
        return ExitCode.OK
    except Exception as error:
        told = _from_outside(error, home)
        if told:
            _trace(home)
            return _failed(schema, as_json, told.code, told.message, told.hint, told.exit_code)
        where = _trace(home) or _traceback_to_stderr()
        hint = _("Details are in {path}").format(path=where)
        return _failed(schema, as_json, "unexpected", f"{type(error).__name__}: {error}", hint, ExitCode.FAILED)
    if as_json:
        good = answer.exit_code is ExitCode.OK
        envelope = {"schema": schema, "ok": good, "data": answer.data, "warnings": list(answer.warnings)}
        if not good:
            envelope["error"] = {"code": answer.exit_code.name.lower(), "message": answer.message, "hint": ""}
        _print_json(envelope)
    elif answer.text:
        _say(answer.text)
    if not as_json:
        for line in (*answer.warnings, *filter(None, [answer.message])):
            _say(line, err=True)
    return answer.exit_code


def _say(text: str, *, err: bool = False) -> None:
    """Print for people. Names and texts come from strangers: what would steer a terminal is shown as a blot, and what
    the terminal's encoding lacks as a question mark."""
    stream = sys.stderr if err else sys.stdout
    text = _STEERING.sub("\ufffd", text)
    encoding = stream.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), err=err)


def _from_outside(error: Exception, home: Path) -> HosoError | None:
    """What the disk or the database refuses, in plain words; None for a mistake of ours."""
    import sqlite3

    if isinstance(error, OSError):
        path = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        return HosoError(
            path + in_words(error), _("Look at the disk and the rights there; `hoso doctor` may know more.")
        )
    if type(error.__cause__) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
        return None
    message = _("the catalogue in {home} cannot be used: {error}").format(home=home, error=error)
    if "locked" in str(error):
        return HosoError(message, _("Another process is writing to it; try again in a moment."))
    return HosoError(message, _("See whether the disk is full, read-only or failing; a damaged file needs the backup."))


def _schema(path: list[str]) -> str:
    return f"hoso/{'-'.join(path) or 'usage'}@1"


def _failed(schema: str, as_json: bool, code: str, message: str, hint: str, exit_code: ExitCode) -> int:
    if as_json:
        error = {"code": code, "message": message, "hint": hint}
        _print_json({"schema": schema, "ok": False, "error": error, "warnings": []})
    else:
        _say(_("Error") + ": " + message, err=True)
        if hint:
            _say(hint, err=True)
    return exit_code


def _print_json(envelope: dict[str, Any]) -> None:
    text = json.dumps(envelope, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _trace(home: Path) -> Path | None:
    """Keep the traceback in the home's log, for whoever is asked to help; None where that cannot be."""
    import traceback

    path = home / "log" / "error.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat()} hoso {sys.argv[1:]!r}\n{traceback.format_exc()}\n")
    except OSError:
        return None
    return path


def _traceback_to_stderr() -> str:
    import traceback

    _say(traceback.format_exc(), err=True)
    return "stderr"


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%d/%m/%Y %H:%M:%S"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)


DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _today() -> date:
    from archive.records import HANOI

    return datetime.now(HANOI).date()


def _campaign() -> Campaign:
    from archive import catalogue
    from archive.errors import NotFound

    campaign = catalogue.current_campaign()
    if campaign is None:
        raise NotFound(_("no campaign is loaded"), _("Load one with: hoso campaign load FILE.yaml"))
    return campaign


def _must_exist(unit: str) -> None:
    """An empty answer about a unit that does not exist would be taken for "nothing came". Raises NotFound."""
    from reports.questions import find_unit

    find_unit(_campaign(), unit)


def _pack(campaign: Campaign) -> RulePack:
    from rules.loader import find_pack

    return find_pack(campaign.pack)


def _collect_seldom() -> None:
    """A command that holds thousands of documents for a moment and then ends need not look for garbage all the time:
    that took a quarter of its time."""
    import gc

    gc.set_threshold(200_000, 20, 100)


def _known(
    config: Config, known_at: datetime | None, unit: str | None
) -> tuple[Campaign, RulePack, list[KnownDocument]]:
    """What an answer rests on, now or as it was known at a moment: the campaign, its rules, its documents."""
    from archive import catalogue

    _collect_seldom()

    if known_at is not None:
        from inbox.past import basis_at

        basis = basis_at(known_at, unit)
        return basis.campaign, basis.pack, basis.documents
    from inbox.rules_used import rules_of
    from reports.questions import folders_asked

    campaign = _campaign()
    pack = rules_of(config, campaign, datetime.now(UTC))
    return campaign, pack, catalogue.known_documents(folders_asked(unit, campaign, pack))


# --- groups ----------------------------------------------------------------------------------------------------------


class Commands(click.Group):
    """All commands. A slip in their words is told like any other error: as JSON where `--json` stands among them."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run one command and exit with its code."""
        words = _command_first(sys.argv[1:] if args is None else list(args))
        try:
            code = super().main(words, *rest, **{**options, "standalone_mode": False})
        except click.UsageError as error:
            if "--json" in words and error.ctx:
                path = error.ctx.command_path.split()[1:]
                hint = _("Try: {command}").format(command=f"{error.ctx.command_path} --help")
                code = _failed(_schema(path), True, "usage", error.format_message(), hint, ExitCode.USAGE)
            else:
                error.show()
                code = ExitCode.USAGE
        except click.Abort:  # Ctrl-C before the command itself began
            code = _failed(_schema([]), "--json" in words, "interrupted", _("Interrupted."), "", ExitCode.INTERRUPTED)
        raise SystemExit(code or ExitCode.OK)


def _command_first(words: list[str]) -> list[str]:
    """The words with options that all commands have put behind the command, where somebody typed them before it."""
    at = 0
    while at < len(words) and words[at].split("=")[0] in ("--home", "--lang", "--json"):
        at += 2 if words[at] in ("--home", "--lang") else 1
    end = words.index("--") if "--" in words else len(words)
    return [*words[at:end], *words[:at], *words[end:]] if at < end else words


@click.group(name="hoso", cls=Commands, help=_("Keeps what units hand in, and says before the visit what is missing."))
@click.version_option(package_name="hoso")
def main() -> None:
    """The entry point."""


@main.group(name="campaign", help=_("The campaign: units, teams, visits, waivers."))
def campaign_group() -> None:
    """Commands about the campaign."""


@main.group(name="inbox", help=_("The shared folder: take files in."))
def inbox_group() -> None:
    """Commands about the inbox."""


@main.group(name="docs", help=_("The documents that are held."))
def docs_group() -> None:
    """Commands about documents."""


@main.group(name="waivers", help=_("Waivers: what a unit is excused from, by whom and why."))
def waivers_group() -> None:
    """Commands about waivers."""


@main.group(name="index", help=_("The search index."))
def index_group() -> None:
    """Commands about the index."""


@main.group(name="searches", help=_("Saved searches."))
def searches_group() -> None:
    """Commands about saved searches."""


@main.group(name="rules", help=_("Rule packs."))
def rules_group() -> None:
    """Commands about rules."""


# --- setting up ------------------------------------------------------------------------------------------------------


@command(main, "init", _("Make the archive's folder and catalogue."))
def init(place: Place) -> Answer:
    """Make a home."""
    from archive.home import create

    config, created = create(place.home)
    words = _("Made {home}") if created else _("{home} is there already and up to date")
    text = words.format(home=config.home) + "\n" + _("Inbox: {path}").format(path=config.inbox)
    return Answer({"home": str(config.home), "created": created, "inbox": str(config.inbox)}, text)


@command(campaign_group, "load", _("Load or update the campaign from a YAML file."))
@click.argument("file", type=click.Path(path_type=Path))
def campaign_load(place: Place, file: Path) -> Answer:
    """Load a campaign file; nothing changes when it is wrong."""
    from inbox.setup import load_campaign_file

    data, text = load_campaign_file(place.open(), file, datetime.now(UTC))
    words = _(
        "the waiver of {place} was revoked by hand and stays revoked, though the file has it."
        " To give it again: {command}"
    )
    warnings = [words.format(place=place, command="hoso waivers add") for place in data["withdrawn"]]
    return Answer(data, text, warnings=tuple(warnings))


@command(campaign_group, "show", _("Show the campaign's units, teams and visits."))
def campaign_show(place: Place) -> Answer:
    """Show the campaign."""
    from reports.console import campaign_data, campaign_text

    place.open()
    campaign = _campaign()
    return Answer(campaign_data(campaign), campaign_text(campaign))


# --- inbox -----------------------------------------------------------------------------------------------------------


@command(inbox_group, "scan", _("Take in what lies in the inbox now."))
@click.option("--until-idle", is_flag=True, help=_("Go on until nothing is left to do."))
@click.option("--settle", type=click.FloatRange(min=0), help=_("Seconds a file must be at rest."))
def inbox_scan(place: Place, until_idle: bool, settle: float | None) -> Answer:
    """Take in once, or until idle."""
    from inbox.service import Service
    from reports.console import scan_text

    _log_to_stderr()
    config = place.open()
    with Service(config, _pack(_campaign()), settle=settle) as service:
        data = service.until_idle() if until_idle else service.once()
    text = scan_text(data)
    if data["stuck"]:
        return Answer(data, text, ExitCode.PARTIAL, _("Some files could not be taken in yet; see the list."))
    return Answer(data, text)


@command(inbox_group, "watch", _("Watch the inbox until stopped (Ctrl-C or SIGTERM)."))
@click.option("--settle", type=click.FloatRange(min=0), help=_("Seconds a file must be at rest."))
def inbox_watch(place: Place, settle: float | None) -> Answer:
    """Run in the foreground."""
    from inbox.service import Service

    _log_to_stderr()
    config = place.open()
    with Service(config, _pack(_campaign()), settle=settle) as service:
        log.info(_("Watching %s. Stop with Ctrl-C."), config.inbox)
        data = service.watch()
    log.info(_("Stopped."))
    return Answer(data)


@command(main, "receipts", _("List what was delivered and what became of it."))
@click.option("--unit", help=_("Only this unit."))
def receipts(place: Place, unit: str | None) -> Answer:
    """List receipts."""
    from archive import catalogue
    from reports.console import receipts_text
    from reports.data import receipt_data

    place.open()
    found = catalogue.receipts([unit] if unit else None)
    if unit and not found:
        _must_exist(unit)
    return Answer([receipt_data(receipt) for receipt in found], receipts_text(found))


# --- documents -------------------------------------------------------------------------------------------------------


@command(docs_group, "list", _("List documents with what was recognised."))
@click.option("--unit", help=_("Only this unit."))
def docs_list(place: Place, unit: str | None) -> Answer:
    """List documents."""
    from archive import catalogue
    from reports.console import documents_text
    from reports.data import document_data
    from reports.questions import with_findings_between

    place.open()
    found = catalogue.known_documents([unit] if unit else None)
    if unit and not found:
        _must_exist(unit)
    if found:
        campaign = _campaign()
        found = with_findings_between(found, campaign, _pack(campaign))
    return Answer([document_data(known) for known in found], documents_text(found))


@command(docs_group, "text", _("Print a document's text, pages parted by form feed."))
@click.argument("document")
def docs_text(place: Place, document: str) -> Answer:
    """Print the text."""
    from archive import catalogue

    place.open()
    known = catalogue.document(document)
    reading = catalogue.reading(known.document.sha256)
    pages = [page.text for page in reading.pages] if reading else []
    warnings = () if pages else (_("{name} has no text that could be read").format(name=known.document.name),)
    return Answer({"id": known.document.id, "pages": pages}, "\f".join(pages), warnings=warnings)


@command(docs_group, "export", _("Write a document's original bytes to a file."))
@click.argument("document")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=_("The file to write."))
def docs_export(place: Place, document: str, output: Path) -> Answer:
    """Export the bytes."""
    import shutil

    from archive import catalogue
    from archive.errors import IntegrityFailure
    from archive.store import BlobStore

    store = BlobStore(place.open().blobs)
    known = catalogue.document(document)
    if not store.check(known.document.sha256):
        message = _("the bytes of {name} are gone or changed; nothing was written").format(name=known.document.name)
        raise IntegrityFailure(
            message, _("Bring them back from the backup; `hoso verify --full` names all such files.")
        )
    try:
        with store.open(known.document.sha256) as source, output.open("wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise HosoError(_("{path} could not be written: {error}").format(path=output, error=in_words(error))) from error
    data = {"id": known.document.id, "path": str(output), "sha256": known.document.sha256}
    return Answer(data, _("Written to {path}").format(path=output))


def _some_words(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """A decision without a name or a reason could not be answered for."""
    if value is not None and not value.strip():
        raise click.BadParameter(_("it may not be empty"))
    return value.strip() if value else None


@command(docs_group, "set", _("Decide kind, unit or year of a document by hand."))
@click.argument("document")
@click.option("--kind", help=_("The kind, by its id."))
@click.option("--unit", help=_("The unit it belongs to."))
@click.option("--year", type=click.IntRange(1930, 2100), help=_("The year it reports on."))
@click.option("--by", required=True, callback=_some_words, help=_("Who decides this."))
def docs_set(place: Place, document: str, kind: str | None, unit: str | None, year: int | None, by: str) -> Answer:
    """Keep a person's decision."""
    from inbox.corrections import decide
    from reports.data import document_data

    if kind is None and unit is None and year is None:
        raise click.UsageError(_("Nothing is decided: give --kind, --unit or --year."))
    config = place.open()
    campaign = _campaign()
    known = decide(
        config, campaign, _pack(campaign), document, kind=kind, unit=unit, year=year, by=by, now=datetime.now(UTC)
    )
    return Answer(document_data(known), _("Noted: {name} is now {kind}, {unit}, {year}.").format(
        name=known.document.name, kind=known.kind or "?", unit=known.document.unit or "?", year=known.year or "?"
    ))  # fmt: skip


@command(docs_group, "unset", _("Take back what people decided about a document."))
@click.argument("document")
@click.option("--kind", is_flag=True, help=_("Only the kind."))
@click.option("--unit", is_flag=True, help=_("Only the unit."))
@click.option("--year", is_flag=True, help=_("Only the year."))
@click.option("--by", required=True, callback=_some_words, help=_("Who takes it back."))
def docs_unset(place: Place, document: str, by: str, **chosen: bool) -> Answer:
    """The machine's answer holds again; the history stays."""
    from inbox.corrections import undecide
    from reports.data import document_data

    config = place.open()
    names = [name for name, wanted in chosen.items() if wanted]
    known = undecide(config, _pack(_campaign()), document, names, by=by, now=datetime.now(UTC))
    words = _("Taken back: {name} is {kind}, {unit}, {year} again.")
    return Answer(document_data(known), words.format(
        name=known.document.name, kind=known.kind or "?", unit=known.document.unit or "?", year=known.year or "?"
    ))  # fmt: skip


# --- waivers ---------------------------------------------------------------------------------------------------------


@command(waivers_group, "add", _("Excuse a unit from a requirement."))
@click.argument("unit")
@click.argument("requirement")
@click.option("--why", required=True, callback=_some_words, help=_("Why it is excused."))
@click.option("--by", required=True, callback=_some_words, help=_("Who excuses it."))
@click.option("--until", type=DAY, help=_("The last day on which it holds (default: until it is revoked)."))
def waivers_add(place: Place, unit: str, requirement: str, why: str, by: str, until: datetime | None) -> Answer:
    """Keep a waiver that a person gives."""
    from archive.records import Waiver
    from inbox.corrections import add_waiver
    from reports.data import waiver_data
    from reports.waivers import waivers_text

    config = place.open()
    campaign, waiver = _campaign(), Waiver(unit, requirement, why, by, _day(until))
    given = add_waiver(config, campaign, _pack(campaign), waiver, datetime.now(UTC))
    return Answer(waiver_data(given, _today()), waivers_text([given], _today()))


@command(waivers_group, "list", _("List waivers, those revoked too."))
@click.option("--unit", help=_("Only this unit."))
def waivers_list(place: Place, unit: str | None) -> Answer:
    """Every waiver of the campaign with its history."""
    from archive import people
    from reports.data import waiver_data
    from reports.waivers import waivers_text

    place.open()
    given = [held for held in people.waiver_history(_campaign().id) if unit in (None, held.waiver.unit)]
    if unit and not given:
        _must_exist(unit)
    return Answer([waiver_data(held, _today()) for held in given], waivers_text(given, _today()))


@command(waivers_group, "revoke", _("Revoke a waiver, whoever gave it."))
@click.argument("unit")
@click.argument("requirement")
@click.option("--by", required=True, callback=_some_words, help=_("Who revokes it."))
@click.option("--why", required=True, callback=_some_words, help=_("Why it is revoked."))
def waivers_revoke(place: Place, unit: str, requirement: str, by: str, why: str) -> Answer:
    """Loading the campaign file again does not bring it back."""
    from inbox.corrections import revoke_waiver
    from reports.data import waiver_data
    from reports.waivers import waivers_text

    config = place.open()
    revoked = revoke_waiver(config, _campaign(), unit, requirement, by=by, why=why, now=datetime.now(UTC))
    return Answer([waiver_data(held, _today()) for held in revoked], waivers_text(revoked, _today()))


# --- answers ---------------------------------------------------------------------------------------------------------


@command(main, "check", _("Say how complete the dossiers are and what is missing."))
@click.argument("unit", required=False)
@click.option("--team", help=_("Only the units of this team."))
@click.option("--as-of", "as_of", type=DAY, help=_("The day of the question (default: today)."))
@click.option("--known-at", "known_at", help=_("Leave out what was filed or decided later than this time."))
@click.option("--gate", is_flag=True, help=_("Exit with 4 when something due is not met."))
@click.option("--next", "next_", is_flag=True, help=_("What to do next, in the order in which visits get ready."))
@click.option("--limit", type=click.IntRange(1), help=_("With --next: at most so many things."))
def check(
    place: Place,
    unit: str | None,
    team: str | None,
    as_of: datetime | None,
    known_at: str | None,
    gate: bool,
    next_: bool,
    limit: int | None,
) -> Answer:
    """Completeness of one unit, of a team's units or of all."""
    from reports.console import check_text
    from reports.data import check_data
    from reports.questions import Question, ask, chosen_units, gaps_due

    if limit and not next_:
        raise click.UsageError(_("--limit goes with --next."))
    config = place.open()
    question = Question(_day(as_of) or _today(), _moment(known_at), unit, team)
    campaign, pack, documents = _known(config, question.known_at, None if next_ else unit)
    asked = ask(question.of_all_units if next_ else question, campaign, pack, documents)
    chosen = {item.id for item in chosen_units(question, campaign)}
    units = [one for one in asked if one.unit.id in chosen]
    data = check_data(campaign.id, question.as_of.isoformat(), pack.id, pack.sha256, units)
    text = check_text(campaign, units, question.as_of, detailed=unit is not None)
    if next_:  # all units are looked at, since a visit waits for all of its own
        more, text = _next(question, campaign, asked, chosen, limit)
        data |= more
    if gate and gaps_due(units, question.as_of):
        return Answer(data, text, ExitCode.FINDINGS, _("Something that is due is not met."))
    return Answer(data, text)


def _next(
    question: Question, campaign: Campaign, units: list[Completeness], chosen: set[str], limit: int | None
) -> tuple[dict[str, Any], str]:
    """What to do next about the chosen ones of all units."""
    from reports.data import next_data
    from reports.next_steps import next_text
    from validators.next import next_steps, ready

    steps = [step for step in next_steps(units, campaign, question.as_of) if step.unit in chosen]
    shown = steps[:limit]
    return next_data(shown, len(steps), ready(units, campaign)), next_text(shown, len(steps), campaign)


@command(main, "explain", _("Explain the verdict on one requirement of a unit."))
@click.argument("unit")
@click.argument("requirement")
@click.option("--as-of", "as_of", type=DAY, help=_("The day of the question (default: today)."))
def explain_command(place: Place, unit: str, requirement: str, as_of: datetime | None) -> Answer:
    """The whole trace of one verdict."""
    from archive.records import plain
    from reports.explained import explain_text
    from reports.questions import Question, explain

    place.open()
    campaign = _campaign()
    explanation = explain(Question(_day(as_of) or _today(), None, unit), requirement, campaign, _pack(campaign))
    return Answer(plain(explanation), explain_text(explanation))


@command(main, "grade", _("Hold the levels that units propose against their papers, the conditions and the quotas."))
@click.argument("unit", required=False)
@click.option("--know", multiple=True, help=_("What no paper tells, as CONDITION=VALUE (yes, no, a level, a number)."))
def grade(place: Place, unit: str | None, know: tuple[str, ...]) -> Answer:
    """A helper: consistent, not consistent or cannot tell, with the arithmetic."""
    from reports.console import clean
    from reports.grading import ask_grades, grading_data, grading_text

    told = dict(item.partition("=")[::2] for item in know)
    if not all(told.values()) or (told and unit is None):
        raise click.UsageError(_("Give --know as CONDITION=VALUE, together with the unit that it is about."))
    place.open()
    campaign = _campaign()
    pack = _pack(campaign)
    found = ask_grades(campaign, pack, unit, told)
    text = grading_text(campaign, pack, found, detailed=unit is not None)
    return Answer(grading_data(campaign, pack, found), "\n".join(map(clean, text.split("\n"))))


def _moment(text: str | None) -> datetime | None:
    from archive.records import HANOI

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(_("a time such as 2021-12-20T17:00+07:00"), param_hint="--known-at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=HANOI)


# A query may begin with "-word"; click must not take that for an option.
@command(main, "search", _("Find documents by their words, with or without accents."), ignore_unknown_options=True)
@click.argument("query", nargs=-1)
@click.option("--unit", help=_("Only this unit, by its id or words of its name."))
@click.option("--kind", help=_("Only this kind, by its id or its title."))
@click.option("--year", type=int, help=_("Only this year."))
@click.option("--from", "from_", help=_("Issued on this day or later: 31/12/2021, 12/2021 or 2021."))
@click.option("--to", help=_("Issued on this day or earlier: 31/12/2021, 12/2021 or 2021."))
@click.option("--sort", type=click.Choice(["relevance", "date"]), help=_("Order of the hits."))
@click.option("--limit", type=click.IntRange(1, 1000), help=_("How many hits to show."))
@click.option("--offset", type=click.IntRange(0), help=_("How many hits to pass over."))
@click.option("--after", help=_("Go on behind the hit with this key (`next` of the answer before)."))
@click.option("--explain", is_flag=True, help=_("Say why each hit ranks where it does."))
@click.option("--all-versions", is_flag=True, help=_("Older versions and near-duplicates as hits of their own."))
@click.option("--like", help=_("Papers similar to this document, by its id."))
@click.option("--save", help=_("Keep this search under a name."))
@click.option("--saved", help=_("Search as was kept under this name; other flags go above it."))
@click.option("--by", callback=_some_words, help=_("Who saves it; otherwise the account."))
@click.option("--batch", type=click.Path(path_type=Path), help=_("A file of queries, one JSON object a line."))
def search(
    place: Place, query: tuple[str, ...], like: str | None, save: str | None, saved: str | None, by: str | None,
    batch: Path | None, **flags: Any,
) -> Answer:  # fmt: skip
    """Search once or for each line of a file."""
    from archive import saved as searches
    from archive.records import plain
    from archive.search.reading import as_typed
    from archive.searching import Searcher, find_lines
    from reports.search import search_text

    text = as_typed(query) if query else None
    if [text, batch, like, saved].count(None) != 3 or (save is not None and text is None):
        raise click.UsageError(_("Give a query, a document with --like, a name with --saved, or a file with --batch."))
    config = place.open()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    given = {name: value for name, value in flags.items() if value not in (None, False)}
    with Searcher(config, _kind_titles) as searcher:
        if batch is not None:
            answers = list(find_lines(searcher, batch))
            names = _names(place)
            return Answer({"results": answers}, "\n\n".join(search_text(answer, names, width) for answer in answers))
        if saved is not None:
            kept = searches.named(saved)
            text, given = kept.query, {**kept.options, **given}
        answer = searcher.similar(like, **given) if like else searcher.find(text or "", **given)
        warnings = _unknown_names(*searcher.unknown(text or "", **given))
    if save is not None:
        kept = searches.save(
            save, text or "", given, by=by or _account(), now=datetime.now(UTC), head=config.audit_head
        )
        answer["saved"] = plain(kept)
    return Answer(answer, search_text(answer, _names(place), width), warnings=warnings)


def _names(place: Place) -> Names:
    """What people call units and kinds; scripts get ids, for which no rule pack need be read."""
    from archive import catalogue
    from reports.search import Names

    return Names() if place.as_json else Names(catalogue.unit_names(), _kind_titles())


def _kind_titles() -> dict[str, str]:
    """The titles of the kinds of the campaign's rule pack, by id; none without a campaign."""
    from archive import catalogue
    from reports.search import kind_titles

    campaign = catalogue.current_campaign()
    return kind_titles(_pack(campaign)) if campaign else {}


def _unknown_names(units: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """A slip in a condition finds nothing, which looks like an answer."""
    from archive import catalogue

    found = [_unknown(_("there is no unit '{id}'"), unit, catalogue.unit_names()) for unit in units]
    return (*found, *(_unknown(_("there is no kind '{id}'"), kind, _kind_titles()) for kind in kinds))


def _unknown(words: str, typed: str, known: Mapping[str, str]) -> str:
    from rules.yamlfile import nearest

    told = words.format(id=typed)
    ids = {word: each for each, name in known.items() for word in (each, name)}
    near = nearest(typed, ids)
    if near is None:
        return told
    return _("{told}; did you mean {id} ({name})?").format(told=told, id=ids[near], name=known[ids[near]])


def _account() -> str:
    from inbox.setup import account

    return account()


@command(searches_group, "list", _("List the saved searches."))
def searches_list(place: Place) -> Answer:
    """Names, words, flags, who and when."""
    from archive import saved
    from archive.records import plain
    from reports.search import searches_text

    place.open()
    found = saved.listed()
    return Answer(plain(found), searches_text(found))


@command(searches_group, "remove", _("Remove a saved search; the log keeps it."))
@click.argument("name")
@click.option("--by", callback=_some_words, help=_("Who removes it; otherwise the account."))
def searches_remove(place: Place, name: str, by: str | None) -> Answer:
    """Take a saved search away."""
    from archive import saved
    from archive.records import plain

    config = place.open()
    gone = saved.remove(name, by=by or _account(), now=datetime.now(UTC), head=config.audit_head)
    return Answer(plain(gone), _("Removed: {name}").format(name=gone.name))


@command(index_group, "rebuild", _("Make the search index again from the catalogue."))
def index_rebuild(place: Place) -> Answer:
    """Rebuild beside the old index, then swap."""
    from archive.searching import rebuild_index
    from reports.search import rebuilt_text

    data = rebuild_index(place.open(), _tell_progress)
    return Answer(data, rebuilt_text(data))


def _tell_progress(done: int, most: int) -> None:
    """How far a long work is, on one line of a terminal; whoever keeps what is printed gets nothing of it."""
    if sys.stderr.isatty():
        click.echo("\r" + _("{done} of {most} documents").format(done=done, most=most), err=True, nl=done >= most)


@command(index_group, "stats", _("Say what the search index holds."))
def index_stats(place: Place) -> Answer:
    """Numbers of the index."""
    from archive.searching import index_stats as stats
    from reports.search import index_text

    data = stats(place.open())
    return Answer(data, index_text(data))


# --- rules -----------------------------------------------------------------------------------------------------------


@command(rules_group, "check", _("Check a rule pack's file."), catalogue=False)
@click.argument("pack")
def rules_check(place: Place, pack: str) -> Answer:
    """Errors with file and line."""
    from rules.loader import check_pack, pack_path

    errors = check_pack(pack_path(pack))
    lines = [f"{error.file}:{error.line}: {error.message}" for error in errors]
    if errors:
        raise_bad_pack(lines)
    return Answer({"errors": []}, _("The pack is in order."))


@command(rules_group, "test", _("Run a rule pack's example dossiers."), catalogue=False)
@click.argument("pack")
@click.option("--mutate", is_flag=True, help=_("Try every slip in the pack: does an example notice it?"))
def rules_test(place: Place, pack: str, mutate: bool) -> Answer:
    """Cases passed and failed, requirements without examples, slips that nothing notices."""
    from reports.rulecases import cases_data, cases_text
    from rules.cases import run_cases
    from validators.examples import evaluate
    from validators.mutation import surviving

    suite = run_cases(pack, evaluate)
    data = cases_data(suite, surviving(suite.pack, suite.holding) if mutate else None)
    message = ""
    if data["failed"]:
        message = _("Some example dossiers do not come out as expected.")
    elif mutate and data["mutation"]["survivors"]:
        message = _("Some slips would go unnoticed; add examples for them.")
    return Answer(data, cases_text(data), ExitCode.FAILED if message else ExitCode.OK, message)


@command(rules_group, "replay", _("Say what other rules would change in a season's stored dossiers."))
@click.option("--pack", required=True, help=_("The new rules: the id of a pack, or a file."))
@click.option("--campaign", help=_("The campaign whose dossiers are judged again (default: the current one)."))
@click.option("--as-of", "as_of", type=DAY, help=_("The day of the question (default: the day of its last visit)."))
def rules_replay(place: Place, pack: str, campaign: str | None, as_of: datetime | None) -> Answer:
    """Nothing is changed and nothing is stored."""
    from inbox.replay import replay
    from reports.replayed import replay_data, replay_text
    from rules.loader import find_pack

    place.open()
    _collect_seldom()
    done = replay(campaign, find_pack(pack), _day(as_of), datetime.now(UTC), _today())
    names = ("units", "verdicts", "documents", "recognised_again")
    numbers = {name: getattr(done, name) for name in names}
    packs = (done.old, done.new)
    data = replay_data(done.campaign.id, done.as_of, packs, numbers, done.differences, done.summary)
    return Answer(data, replay_text(data, done.differences))


@command(rules_group, "show", _("Show what a rule pack asks, of whom, by when and why."), catalogue=False)
@click.argument("pack")
@click.option("--requirement", help=_("Only this requirement."))
def rules_show(place: Place, pack: str, requirement: str | None) -> Answer:
    """A pack in words."""
    from reports.rulebook import show_data, show_text
    from rules.loader import find_pack

    found = find_pack(pack)
    return Answer(show_data(found, requirement), show_text(found, requirement))


@command(rules_group, "diff", _("Say in words how pack B differs from pack A."), catalogue=False)
@click.argument("a")
@click.argument("b")
def rules_diff(place: Place, a: str, b: str) -> Answer:
    """Two packs compared."""
    from reports.rulediff import diff_data, diff_text
    from rules.loader import find_pack

    one, other = find_pack(a), find_pack(b)
    return Answer(diff_data(one, other), diff_text(one, other))


def raise_bad_pack(lines: list[str]) -> None:
    """Stop with every error of a pack."""
    from archive.errors import BadConfiguration

    raise BadConfiguration("\n".join(lines), _("Mend these lines; nothing was changed."))


# --- health ----------------------------------------------------------------------------------------------------------


@command(main, "verify", _("Check that everything taken is still held, unchanged."))
@click.option("--full", is_flag=True, help=_("Hash every blob again."))
def verify_command(place: Place, full: bool) -> Answer:
    """Fixity."""
    from archive.records import plain
    from archive.store import BlobStore
    from archive.verify import verify
    from reports.console import verify_text

    config = place.open()
    found = verify(config, BlobStore(config.blobs), full=full)
    if not found.ok:
        return Answer(plain(found), verify_text(found), ExitCode.INTEGRITY, _("Something is wrong; see the list."))
    return Answer(plain(found), verify_text(found))


@command(main, "doctor", _("Say what is wrong with this machine or archive and how to mend it."))
def doctor(place: Place) -> Answer:
    """Examine the environment."""
    from archive.doctor import examine
    from archive.records import plain
    from reports.console import doctor_text

    checks = list(examine(place.open()))
    failed = any(item.state == "fail" for item in checks)
    exit_code = ExitCode.FAILED if failed else ExitCode.OK
    return Answer(plain(checks), doctor_text(checks), exit_code, _("Something must be mended.") if failed else "")


@command(main, "demo", _("Set up a demo campaign and watch it."))
@click.option("--once", is_flag=True, help=_("End after the first answers."))
def demo(place: Place, once: bool) -> Answer:
    """Show the whole line on sample dossiers, never in the default home: that is for real papers."""
    from archive.config import default_home
    from inbox.demonstration import run_demo

    _log_to_stderr()
    log.setLevel(logging.WARNING)
    home = place.home if place.home != default_home() else default_home().with_name("hoso-demo")
    return Answer(run_demo(home, once=once, today=_today(), say=lambda line: click.echo(line, err=place.as_json)))


if __name__ == "__main__":
    main(prog_name="hoso")
