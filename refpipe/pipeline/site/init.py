"""What ``refpipe init`` writes into a folder: settings, git's part, hooks, CI, a target.

Every step is a function from the text of a file to the text that it should have; a file that
has its part already comes out unchanged, so that a second run writes nothing.  A file whose
form is not understood is left unchanged, and what should stand in it is reported.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from refpipe import config, files
from refpipe.errors import ArticleError, UsageError
from refpipe.pipeline.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions:
    """What the person wants of her project beyond what was found."""

    style: str = "ieee"
    lang: str = ""
    mailto: str = ""
    has_hooks: bool = False
    ci: tuple[str, ...] = ()
    """Of ``github`` and ``gitlab``."""
    has_target: bool = False
    """Whether an existing Makefile or package.json gets a target ``refs``."""
    is_in_git: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file and what should become of it."""

    path: Path
    what: str
    """What the step is for, for people."""
    before: str | None
    """Its text; None where there is no such file."""
    after: str
    by_hand: str = ""
    """What a person has to write into it, where it could not be changed safely."""

    @property
    def is_due(self) -> bool:
        """Whether the file is to be written."""
        return not self.by_hand and self.before != self.after


class _NotUnderstood(Exception):
    """The file's form is not one that a line can be added to safely."""


def steps(root: Path, site: Site, wishes: InitOptions) -> tuple[Step, ...]:
    """All that is to be done in ``root``, in order; nothing is written."""
    return tuple(_steps(root, site, wishes))


def write(step: Step) -> None:
    """Write the step's file, whole or not at all.  Raises ArticleError where it cannot be."""
    if step.before is not None:
        files.replace(files.File(path=step.path, content=step.before.encode("utf-8")), step.after)
        return
    try:
        step.path.parent.mkdir(parents=True, exist_ok=True)
        with step.path.open("x", encoding="utf-8", newline="") as stream:
            stream.write(step.after)
    except OSError as error:
        raise ArticleError(f"{step.path} cannot be written: {error.strerror}") from error


def settings_file(root: Path) -> Path | None:
    """The file of ``root`` that holds refpipe's settings already; None where there is none."""
    found = config.load(root)
    return found.file if found.file is not None and found.file.parent == root.absolute() else None


def _steps(root: Path, site: Site, wishes: InitOptions) -> Iterator[Step]:
    if settings_file(root) is None:
        yield _settings(root, site, wishes)
    if wishes.is_in_git:
        library = _library(root, site)
        yield _step(
            root / ".gitattributes",
            "how git shows and merges the library",
            lambda text: _attributes(text, library),
        )
        yield _step(
            root / ".gitignore",
            "the cache stays out of git",
            lambda text: _ignored(text, library),
        )
    if wishes.has_hooks:
        yield _step(root / ".pre-commit-config.yaml", "checks before a commit", _hooks)
    if "github" in wishes.ci:
        workflow = root / ".github" / "workflows" / "refpipe.yml"
        yield _step(workflow, "checks on GitHub", _workflow)
    if "gitlab" in wishes.ci:
        yield _step(root / ".gitlab-ci.yml", "checks on GitLab", _job)
    if wishes.has_target:
        yield from _targets(root)


def _targets(root: Path) -> Iterator[Step]:
    makefile = next((root / n for n in ("GNUmakefile", "Makefile") if (root / n).is_file()), None)
    if makefile is not None:
        yield _step(makefile, "make refs", _target)
    if (root / "package.json").is_file():
        yield _step(root / "package.json", "npm run refs", _script)


def _step(path: Path, what: str, add: Callable[[str], str]) -> Step:
    """The step that ``add`` makes of the file's text."""
    before = files.read(path).text if path.exists() else None
    try:
        return Step(path=path, what=what, before=before, after=add(before or ""))
    except _NotUnderstood as error:
        return Step(path=path, what=what, before=before, after=before or "", by_hand=str(error))


# ── settings ───────────────────────────────────────────────────────────────────────────


def _settings(root: Path, site: Site, wishes: InitOptions) -> Step:
    """``[tool.refpipe]`` where there is a pyproject.toml, else ``refpipe.toml``."""
    wanted = _table(site, wishes)
    body = "".join(f"{name} = {_toml(value)}\n" for name, value in wanted.items())
    project = root / "pyproject.toml"
    if project.is_file():
        before = files.read(project).text
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        after = f"{before}{gap}[tool.refpipe]\n{body}"
        step = Step(path=project, what="the settings", before=before, after=after)
        return step if _holds(after, wanted) else _by_hand(step, f"[tool.refpipe]\n{body}")
    head = "# The settings of refpipe; docs/how-to of refpipe explains each.\n"
    return Step(path=root / config.FILE, what="the settings", before=None, after=head + body)


def _table(site: Site, wishes: InitOptions) -> dict[str, object]:
    wanted: dict[str, object] = {"library": site.library, "articles": list(site.articles)}
    if site.exclude:
        wanted["exclude"] = list(site.exclude)
    wanted["style"] = wishes.style
    if site.markup == "plain":
        wanted["markup"] = site.markup
    if wishes.lang:
        wanted["lang"] = wishes.lang
    if wishes.mailto:
        wanted["mailto"] = wishes.mailto
    return wanted


def _toml(value: object) -> str:
    """A string or a list of strings; JSON's way of writing them is TOML's as well."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _holds(text: str, wanted: dict[str, object]) -> bool:
    """Whether the text says just that when it is read again."""
    try:
        return bool(tomllib.loads(text)["tool"]["refpipe"] == wanted)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, RecursionError):
        return False


def _by_hand(step: Step, text: str) -> Step:
    return Step(
        path=step.path, what=step.what, before=step.before, after=step.before or "", by_hand=text
    )


# ── git ────────────────────────────────────────────────────────────────────────────────


def _library(root: Path, site: Site) -> str:
    """The library's file name, as the settings have it or will have it."""
    has_settings = settings_file(root) is not None
    return config.load(root).library.name if has_settings else Path(site.library).name


def _attributes(text: str, library: str) -> str:
    """``.gitattributes`` with the library's row; a row of somebody else's stays as it is."""
    ours = f"{library} binary diff=refpipe merge=refpipe"
    former = re.compile(rf"^{re.escape(ours)}[ \t]*(?=\r?$)", re.MULTILINE)
    return _with_line(former.sub(f"{ours} filter=refpipe", text), library, f"{ours} filter=refpipe")


def _ignored(text: str, library: str) -> str:
    """``.gitignore`` with the cache and what SQLite leaves behind."""
    text = _with_line(text, ".refpipe", ".refpipe/")
    return _with_line(text, f"{library}-journal", f"{library}-journal")


def _with_line(text: str, subject: str, line: str) -> str:
    """The text with the line at its end, unless a line is about that file or folder already."""
    first = re.compile(rf"^\s*/?(?:\*\*/)?{re.escape(subject)}/?(?:\s|$)", re.MULTILINE)
    if first.search(text):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else newline
    return f"{text}{gap}{line}{newline}"


# ── hooks and CI ───────────────────────────────────────────────────────────────────────

_HOOKS = (
    ("refpipe-check", "refpipe check", "refpipe check"),
    ("refpipe-refs", "refpipe refs --check", "refpipe refs --check --offline"),
)
_PAGES = r"\.(md|markdown|mdx|html?)$"


def _hooks(text: str) -> str:
    """``.pre-commit-config.yaml`` with our hooks as the first of its repositories."""
    if "refpipe-check" in text:
        return text
    if not text.strip():
        return "repos:\n" + _repository("  ")
    found = re.search(r"^repos:[ \t]*(?:#.*)?\r?\n(?P<indent>[ \t]*)- ", text, re.MULTILINE)
    if found is None:
        raise _NotUnderstood(f"repos:\n{_repository('  ')}")
    at = found.start("indent")
    return text[:at] + _repository(found["indent"]) + text[at:]


def _repository(indent: str) -> str:
    lines = ["- repo: local", "  hooks:"]
    for identifier, name, entry in _HOOKS:
        lines += [
            f"    - id: {identifier}",
            f"      name: {name}",
            f"      entry: {entry}",
            "      language: system",
            f"      files: '{_PAGES}'",
            "      require_serial: true",
        ]
    return "".join(f"{indent}{line}\n" for line in lines)


_WORKFLOW = """\
name: references
on: [push, pull_request]
permissions:
  contents: read
jobs:
  refpipe:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install refpipe
      - run: refpipe check --format github
      - run: refpipe refs --check --offline
"""


def _workflow(text: str) -> str:
    """The workflow; one that stands there already is somebody's own by now."""
    return text or _WORKFLOW


_JOB = """\
refpipe:
  image: python:3.12
  script:
    - python -m pip install refpipe
    - refpipe check --format junit > refpipe.xml
    - refpipe refs --check --offline
  artifacts:
    when: always
    reports:
      junit: refpipe.xml
"""


def _job(text: str) -> str:
    """``.gitlab-ci.yml`` with a job of ours at its end."""
    if re.search(r"^refpipe:", text, re.MULTILINE):
        return text
    if not text.strip():
        return _JOB
    keys = [line for line in text.splitlines() if line.strip() and line[0] not in " \t#-"]
    if not all(re.match(r"[\w.\"'-][^:]*:(?:\s|$)", line) for line in keys):
        raise _NotUnderstood(_JOB)
    gap = "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{_JOB}"


# ── targets ────────────────────────────────────────────────────────────────────────────

_TARGET = ".PHONY: refs\nrefs:\n\trefpipe refs\n"


def _target(text: str) -> str:
    """The Makefile with a target ``refs`` at its end; its first target stays the first."""
    if re.search(r"^refs[ \t]*:", text, re.MULTILINE):
        return text
    if re.search(r"^\.RECIPEPREFIX", text, re.MULTILINE) or text.rstrip(" \t\n").endswith("\\"):
        raise _NotUnderstood(_TARGET)
    gap = "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{_TARGET}"


_SCRIPTS = re.compile(r"^(?P<indent>[ \t]*)\"scripts\"\s*:\s*\{(?P<rest>\s*)", re.MULTILINE)


def _script(text: str) -> str:
    """package.json with a script ``refs``, everything else where it stood."""
    by_hand = '"scripts": {"refs": "refpipe refs"}'
    try:
        whole = json.loads(text)
        scripts = whole.get("scripts", {})
        if "refs" in scripts:
            return text
        wanted = whole | {"scripts": {**scripts, "refs": "refpipe refs"}}
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise _NotUnderstood(by_hand) from None
    found = _SCRIPTS.search(text)
    if found is None:
        raise _NotUnderstood(by_hand)
    deeper = found["rest"] if scripts and found["rest"] else f"\n{found['indent'] * 2}"
    comma = "," if scripts else f"\n{found['indent']}"
    rest = "" if not scripts else text[found.start("rest") :]
    if not scripts:
        rest = text[found.end() :]
    after = f'{text[: found.start("rest")]}{deeper}"refs": "refpipe refs"{comma}{rest}'
    # Decided from what the new text says: just the old one, and the script.
    try:
        is_right = json.loads(after) == wanted
    except (ValueError, RecursionError):
        is_right = False
    if not is_right:
        raise _NotUnderstood(by_hand)
    return after


def check_options(wishes: InitOptions) -> None:
    """Raise UsageError for what the settings could not hold."""
    if wishes.mailto and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", wishes.mailto):
        raise UsageError(
            f"{wishes.mailto!r} is no e-mail address",
            hint="Give your own address, or leave it out: registries are then asked more slowly.",
        )
