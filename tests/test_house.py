"""The house itself: one-way imports, a lock without addresses, complete translations, documented commands."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import cli

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("archive", "rules", "validators", "reports", "inbox", "web")
LOCALE = ROOT / "archive" / "locale" / "vi" / "LC_MESSAGES" / "hoso.po"


def sources() -> list[Path]:
    return [ROOT / "cli.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_imports_the_commands() -> None:
    """cli.py is no package, so import-linter cannot see it."""
    imports = re.compile(r"^\s*(?:from cli import|import cli)\b", re.M)
    assert [
        path for path in sources() if path.name != "cli.py" and imports.search(path.read_text(encoding="utf-8"))
    ] == []


def test_every_package_file_is_only_a_docstring() -> None:
    wrong = []
    for path in ROOT.rglob("__init__.py"):
        if ".venv" in path.parts:
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        if len(body) != 1 or not (isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)):
            wrong.append(path)
    assert wrong == []


def test_imports_are_absolute() -> None:
    relative = [
        (path, node.lineno)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nothing_we_depend_on_brings_packages_of_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {name: owners.get(name) for name in PACKAGES if set(owners.get(name, ["hoso"])) - {"hoso"}} == {}


def test_the_lock_is_hashed_and_names_no_address() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert not re.search(r"\w+://|--index|--find-links", lock)
    for block in re.split(r"\n(?=[a-z])", lock.strip()):
        assert "==" in block
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_nothing_names_a_folder_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    wrong = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".txt", ".html", ".po", ".json"} or path.name == "run":
            text = path.read_text(encoding="utf-8", errors="replace")
            wrong += [f"{name}: {found}" for found in re.findall(r"(?:^|[\s'\"=(])(/(?:work|root|farm)/\S*)", text)]
    assert wrong == []


def commands(group: click.Group, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, item in group.commands.items():
        found += commands(item, (*words, name)) if isinstance(item, click.Group) else [(*words, name)]
    return found


def test_every_command_takes_the_common_options_and_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for words in commands(cli.main):
        item: click.Command = cli.main
        for word in words:
            assert isinstance(item, click.Group)
            item = item.commands[word]
        assert {"home", "as_json", "lang"} <= {parameter.name for parameter in item.params}, words
        assert f"hoso {' '.join(words)}" in readme, words
        assert item.help, words


def messages_in_the_code() -> set[str]:
    """Every message that the code may show, in the sources and in the templates."""
    found: set[str] = set()
    for package in (*PACKAGES, "."):
        method_map = [("**.py", "python")] if package != "." else [("cli.py", "python")]
        for _file, _line, message, *_rest in extract_from_dir(
            ROOT / package,
            method_map,
            keywords={"_": None, "gettext": None},
            directory_filter=lambda path: not Path(path).name.startswith(".") and Path(path).name != "tests",
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


def test_no_message_hides_in_an_f_string() -> None:
    """There the extraction of messages does not see it, and it would silently stay English."""
    hidden = re.compile(r"""\bf(["']).*\{(?:_|gettext)\(.*\1""")
    assert [path for path in sources() if hidden.search(path.read_text(encoding="utf-8"))] == []


def test_the_vietnamese_is_complete() -> None:
    with LOCALE.open("rb") as file:
        catalogue = read_po(file)
    translated = {message.id for message in catalogue if message.id and message.string and not message.fuzzy}
    assert sorted(messages_in_the_code() - translated) == []


def test_placeholders_survive_translation() -> None:
    with LOCALE.open("rb") as file:
        catalogue = read_po(file)
    names = re.compile(r"\{(\w+)[^}]*\}|%[sd]")
    wrong = [
        message.id
        for message in catalogue
        if isinstance(message.id, str) and set(names.findall(message.id)) != set(names.findall(str(message.string)))
    ]
    assert wrong == []


def test_the_compiled_translations_are_current(tmp_path: Path) -> None:
    compiled = tmp_path / "hoso.mo"
    babel = Path(sys.executable).with_name("pybabel")
    subprocess.run([babel, "-q", "compile", "-i", LOCALE, "-o", compiled], check=True, capture_output=True)
    assert compiled.read_bytes() == LOCALE.with_suffix(".mo").read_bytes()


def test_help_does_not_load_what_it_does_not_need() -> None:
    heavy = ("django", "whoosh", "pypdfium2", "lxml", "rapidfuzz")
    code = f"import sys, cli; print([name for name in {heavy} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
