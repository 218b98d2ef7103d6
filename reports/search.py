"""What people read in a terminal about search: answers, saved searches, the index."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from archive.i18n import gettext as _
from archive.records import Source
from reports.console import clean, day
from reports.words import decimal, moment, read_by_ocr, size, whole

if TYPE_CHECKING:
    from archive.saved import SavedSearch
    from rules.model import RulePack

_MOST_FACETS = 6  # values of one sort that a terminal shows
_LONGEST = 200  # characters of a query that are repeated
_SHORT_ID = 12  # characters of a document's id, as `hoso docs list` shows it
_JOINING = " \t\n-–/,\u00a0"  # stands between words of one phrase


@dataclass(frozen=True, slots=True)
class Names:
    """What units and kinds are called, by their ids; an id without a name stands for itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def kind_titles(pack: RulePack) -> dict[str, str]:
    """What the kinds of a pack are called, by their ids."""
    return {kind.id: kind.title_vi for kind in pack.kinds.values()}


def search_text(answer: dict[str, Any], names: Names | None = None, width: int | None = None) -> str:
    """An answer for people: what was searched, how many of what, the hits with their snippets, how to go on. `width` is
    that of a terminal, which would break lines at the margin."""
    names = names or Names()
    lines = [_head(answer), *_searched(answer)]
    if not answer["total"]:
        lines += _nothing_found(answer)
    elif not answer["hits"]:
        lines.append(_("There is nothing behind this place; the answer has ended."))
    lines += _facet_line(_("By unit: {counts}"), answer["facets"]["unit"], names.units)
    lines += _facet_line(_("By kind: {counts}"), answer["facets"]["kind"], names.kinds)
    lines += _facet_line(_("By year: {counts}"), answer["facets"]["year"], {})
    for hit in answer["hits"]:
        lines += ["", *_hit_lines(hit, names)]
    lines += [""] if answer["hits"] and (answer["next"] or "saved" in answer) else []
    if answer["next"]:
        lines.append(_("There is more. Give the same command again with: --after {key}").format(key=answer["next"]))
    if "saved" in answer:
        name = answer["saved"]["name"]
        lines.append(_('Saved. Search so again with: hoso search --saved "{name}"').format(name=clean(name)))
    return "\n".join(_broken(line, width) for line in lines) if width else "\n".join(lines)


def _broken(line: str, width: int) -> str:
    """A line in so many that fit, all as far from the margin; a key or a long word stays whole, to be copied."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _short(text: str) -> str:
    """What was typed, in a line or two; somebody may have pasted a page."""
    text = clean(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _head(answer: dict[str, Any]) -> str:
    total, query = whole(answer["total"]), _short(answer["query"])
    if not answer["total"]:
        return _("Nothing was found for: {query}").format(query=query) if query else _("Nothing was found.")
    if not query:
        return _("{total} documents").format(total=total)
    return _("{total} documents for: {query}").format(total=total, query=query)


def _searched(answer: dict[str, Any]) -> list[str]:
    """Where the answer comes from, and what was searched where that is not what was typed."""
    lines = []
    if answer["degraded"]:
        lines += [
            _("The search index is missing, damaged or being made anew; this answer is whole, but slower to come."),
            _("Should you read this again later: `hoso doctor` says why, `hoso index rebuild` makes it again."),
        ]
    if answer["understood"] is not None:
        lines.append(_("Understood as: {words}").format(words=_short(answer["understood"]) or _("everything")))
    if answer["corrected"]:
        lines.append(_("Searched as: {words}").format(words=_short(answer["corrected"])))
    return lines


def _nothing_found(answer: dict[str, Any]) -> list[str]:
    if answer["suggestions"]:
        return [_("Did you mean: {words}").format(words=clean("; ".join(answer["suggestions"])))]
    return [
        _("Try fewer words, without quotes, without conditions such as so: loai: don-vi: nam: tu: den:"),
        _("How to type is told in docs/tim-kiem.md."),
    ]


def _facet_line(words: str, counts: Mapping[str, int], names: Mapping[str, str]) -> list[str]:
    """How many of each, the most first; nothing where they are all of one."""
    if len(counts) < 2:
        return []
    shown = [f"{clean(names.get(value, value))} ({whole(count)})" for value, count in counts.items()]
    if len(shown) > _MOST_FACETS:
        shown = [*shown[:_MOST_FACETS], _("and {n} others").format(n=len(shown) - _MOST_FACETS)]
    return ["  " + words.format(counts="; ".join(shown))]


def _hit_lines(hit: dict[str, Any], names: Names) -> list[str]:
    lines = [f"  {clean(hit['title'] or hit['name'])}", f"      {'; '.join(_what(hit, names))}"]
    lines.append(f"      {'; '.join(_where(hit))}")
    lines += [f"      {_marked(hit['snippet'], hit['spans'])}"] if hit["snippet"] else []
    if hit["versions"]:
        lines.append(
            "      "
            + _("Older or equal papers below it: {n}; --all-versions shows each").format(n=len(hit["versions"]))
        )
    if hit["newer"]:
        newer = hit["newer"][:_SHORT_ID]
        lines.append("      " + _("There is a newer version, without these words: {id}").format(id=newer))
    return [*lines, *(f"      → {reason}" for reason in hit["explain"])]


def _what(hit: dict[str, Any], names: Names) -> list[str]:
    """Kind, unit, number and day."""
    found = [clean(names.kinds.get(hit["kind"], hit["kind"]))] if hit["kind"] else []
    found += [clean(names.units.get(hit["unit"], hit["unit"])) if hit["unit"] else _("no unit")]
    found += [_("No. {code}").format(code=clean(hit["code"]))] if hit["code"] else []
    found += [_("of {day}").format(day=day(date.fromisoformat(hit["issued_on"])))] if hit["issued_on"] else []
    return found


def _where(hit: dict[str, Any]) -> list[str]:
    """The file, the page in it, how sure its text is, and the id that other commands take."""
    found = [clean(hit["name"])] if hit["title"] else []
    found += [_("page {n}").format(n=hit["page"])] if hit["page"] else []
    found += [read_by_ocr(hit["confidence"])] if hit["source"] == Source.OCR else []
    found += [_("other accents")] if hit["matched"] == "folded" else []
    return [*found, _("id {id}").format(id=hit["document"][:_SHORT_ID])]


def _marked(snippet: str, spans: Sequence[Sequence[int]]) -> str:
    """The snippet on one line with the words found in brackets, neighbours in one pair."""
    out, at = [], 0
    for start, end in _joined(snippet, spans):
        out += [snippet[at:start], "[", snippet[start:end], "]"]
        at = end
    return clean(" ".join("".join([*out, snippet[at:]]).split()))


def _joined(snippet: str, spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and not snippet[found[-1][1] : start].strip(_JOINING):
            start, _end = found.pop()
        found.append((start, end))
    return found


def searches_text(found: Sequence[SavedSearch]) -> str:
    """Saved searches, a line each."""
    if not found:
        return _("No search is saved.")
    return "\n".join(
        " — ".join(
            [
                clean(each.name),
                clean(" ".join([each.query, *(_flag(name, value) for name, value in each.options.items())])),
                _("{who}, {when}").format(who=clean(each.by), when=moment(each.at)),
            ]
        )
        for each in found
    )


def _flag(name: str, value: Any) -> str:
    """An option as it is typed."""
    flag = "--" + name.strip("_").replace("_", "-")
    if value is True:
        return flag
    return f'{flag} "{value}"' if " " in str(value) else f"{flag} {value}"


def index_text(data: dict[str, Any]) -> str:
    """What the search index holds."""
    words = _("The search index holds {documents} documents in {size} (engine: {engine}).")
    return words.format(documents=whole(data["documents"]), size=size(data["bytes"]), engine=data["engine"])


def rebuilt_text(data: dict[str, Any]) -> str:
    """What `hoso index rebuild` made."""
    words = _("{documents} documents indexed in {seconds} s; the index takes {size} (engine: {engine}).")
    return words.format(
        documents=whole(data["documents"]),
        seconds=decimal(data["seconds"]),
        size=size(data["bytes"]),
        engine=data["engine"],
    )
