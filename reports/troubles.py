"""What a clerk is told when a file needs a person: what is wrong, why it matters, and what to do, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from archive.i18n import gettext as _
from reports.pages import Mend
from reports.words import sentence


@dataclass(frozen=True, slots=True)
class Advice:
    """The words about one trouble."""

    what: str
    why: str
    steps: tuple[str, ...]


def _same_name(mend: Mend) -> str:
    if mend.bundle:
        return _(
            "Drop this one file, not the whole bundle, into the unit's folder under the same name; this note then goes "
            "away by itself."
        )
    return _("Drop it into the unit's folder under the same name; this note then goes away by itself.")


def _locked(mend: Mend) -> Advice:
    if mend.remedy:
        why = _("As long as nobody can read it, it counts for nothing in the dossier.")
        return Advice(_("The file is locked by a password, so it cannot be read."), why, (sentence(mend.remedy),))
    return Advice(
        _("The file is locked by a password, so it cannot be read."),
        _("As long as nobody can read it, it counts for nothing in the dossier."),
        (
            _("Open the file with its password on your computer."),
            _(
                "Save a copy without a password. Word, Excel: File, Info, Protect, Encrypt with Password, "
                "then empty the box. PDF: print it to Microsoft Print to PDF."
            ),
            _same_name(mend),
        ),
    )


def _unreadable(mend: Mend) -> Advice:
    """What the finding says to do; only a file that is known to be no more than broken is tried at home."""
    broken = (
        _("Try to open the original on your computer."),
        _("If it opens: copy it again and wait until copying has ended."),
        _("If it does not open: save or scan the paper anew."),
    )
    return Advice(
        _told(mend) or _("The file is damaged or not complete, so it cannot be read."),
        _("As long as nobody can read it, it counts for nothing in the dossier."),
        (*((sentence(mend.remedy),) if mend.remedy else broken), _same_name(mend)),
    )


def _bundle_incomplete(mend: Mend) -> Advice:
    return Advice(
        _told(mend),
        _("The files that were taken out of it count by themselves; those left out count for nothing yet."),
        (
            sentence(mend.remedy),
            _("A whole new bundle of the same name does as well; this note then goes away by itself."),
        ),
    )


def _empty(mend: Mend) -> Advice:
    return Advice(
        _("The file is empty (0 byte)."),
        _("There is nothing in it that could count."),
        (
            _("Look whether the original on your computer opens and has its text."),
            _("Save it anew and copy it again."),
            _same_name(mend),
        ),
    )


def _incomplete(mend: Mend) -> Advice:
    return Advice(
        _("Copying broke off: the end of the file is missing."),
        _("What is missing cannot be read; what the file should prove stays uncertain."),
        _unreadable(mend).steps[1:],
    )


def _secret(_mend: Mend) -> Advice:
    return Advice(
        _("The paper bears a secrecy mark at its head."),
        _("Papers with a secrecy mark may not be handed in through this folder. It is kept apart and shown to nobody."),
        (
            _("Delete the copies of this file that lie in shared folders."),
            _("Tell the office of the committee and hand the paper over as the rules on state secrets ask."),
            _("If the mark stands there by mistake, remove it and drop the paper again."),
        ),
    )


def _no_unit(mend: Mend) -> Advice:
    return _homeless(_("The file lies outside the folders of the units, so nobody can tell whose it is."), mend)


def _unknown_folder(mend: Mend) -> Advice:
    return _homeless(_("The folder it lies in is no unit's folder, so nobody can tell whose it is."), mend)


def _held_by_unit(mend: Mend) -> Advice:
    folder, name = mend.near or ("?", "?")
    return Advice(
        _("The file lies outside the folders of the units."),
        _("{name} has handed in the same content, so nothing is lost and nothing is counted twice.").format(name=name),
        (
            _("If it is a paper of this unit, nothing needs to be done; this note goes away after some days."),
            _("If it is another unit's: copy it into the folder of that unit, not into {folder}.").format(
                folder=folder
            ),
        ),
    )


def _unknown_origin(mend: Mend) -> Advice:
    return _homeless(_("It is no longer known into whose folder this file was dropped."), mend)


def _homeless(what: str, mend: Mend) -> Advice:
    step = _("Copy the file into the folder of the unit that it belongs to.")
    if mend.near:
        step += " " + _("Perhaps {id} was meant ({name})?").format(id=mend.near[0], name=mend.near[1])
    kept = _("The file handed in is kept; once it is in the right folder, this note goes away by itself.")
    return Advice(what, _("It counts for no unit's dossier."), (f"{step} {kept}",))


def _other_unit(mend: Mend) -> Advice:
    return Advice(
        _told(mend) or _("The paper seems to belong to another unit."),
        _("A paper of another unit counts for nobody until the office has moved it."),
        (
            _("If it was dropped here by mistake: copy it into the folder of the right unit."),
            _("If it is this unit's own: tell the office of the committee, who will confirm it."),
        ),
    )


def _finding(mend: Mend) -> Advice:
    return Advice(_told(mend), _("As it is, the paper does not count."), _own_steps(mend))


def _not_yet(mend: Mend) -> Advice:
    return Advice(
        _told(mend), _("As long as nobody can read it, it counts for nothing in the dossier."), _own_steps(mend)
    )


def _own_steps(mend: Mend) -> tuple[str, ...]:
    """The finding's own step, and how the note goes away: a Word file for a picture has another ending."""
    again = _("Give the new file the same name (its ending may differ); this note then goes away by itself.")
    return (sentence(mend.remedy), again) if mend.remedy else (_same_name(mend),)


def _unknown(mend: Mend) -> Advice:
    return Advice(
        _told(mend) or _("The file could not be taken in as it is ({code}).").format(code=mend.code),
        _("As it is, the paper does not count."),
        (sentence(mend.remedy) or _("Tell the office of the committee; the file handed in is kept."),),
    )


def _told(mend: Mend) -> str:
    return sentence(mend.message, capital=False)


TROUBLES = {
    "locked": _locked,
    "unreadable": _unreadable,
    "empty": _empty,
    "bundle-incomplete": _bundle_incomplete,
    "incomplete": _incomplete,
    "secret-mark": _secret,
    "no-unit": _no_unit,
    "unknown-folder": _unknown_folder,
    "held-by-unit": _held_by_unit,
    "unknown-origin": _unknown_origin,
    "wrong-unit": _other_unit,
    "finding": _finding,
    "not-yet": _not_yet,
}


def advice(mend: Mend) -> Advice:
    """The words about a file that needs a person, in the language in use."""
    return TROUBLES.get(mend.code, _unknown)(mend)
