"""A run inside the tests says what a process of its own says, so that most tests need none."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from running import contents, project, refpipe, refpipe_process

from refpipe import __main__ as door

COMMANDS = (
    ("--version",),
    ("refs",),
    ("refs", "--unweave"),
    ("refs", "--check", "--offline", "no-such.md"),
    ("adopt", "--offline", "page.md"),
    ("parse", "-", "--format", "json"),
    ("show", "carragee1997", "--format", "json"),
    ("check", "--lang", "ja"),
    ("no-such-command",),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_process_says_and_does_the_same(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ends = []
    for name, run in (("within", refpipe), ("alone", refpipe_process)):
        (tmp_path / name).mkdir()
        folder = project(tmp_path / name)
        (folder / "page.md").write_text("一[1]。\n\n## 文献\n\n[1] 佐藤 誠. 腰痛. 2001.\n", "utf-8")
        done = run(*arguments, folder=folder, stdin="[1] 佐藤 誠. 腰痛. 2001.\n")
        kept = {path: made for path, made in contents(folder).items() if path != "library.db"}
        ends.append((done.returncode, done.stdout, done.stderr, kept))
    assert ends[0] == ends[1]


class _Interrupting(ModuleType):
    """A module at which Ctrl-C is pressed while something is taken from it."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


@pytest.mark.parametrize("module", ["refpipe.cli", "refpipe.pipeline.refs"])
@pytest.mark.parametrize(("lang", "said"), [("ja_JP.UTF-8", "中止しました"), ("C", "stopped")])
def test_ctrl_c_while_it_starts_is_no_traceback(
    module: str,
    lang: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    folder = project(tmp_path)
    (folder / ".refpipe").mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    package, _, name = module.rpartition(".")
    halting = _Interrupting(module)
    monkeypatch.setitem(sys.modules, module, halting)
    if package != "refpipe":
        monkeypatch.setattr(sys.modules[package], name, halting)
    monkeypatch.setattr(sys, "argv", ["refpipe", "check" if name == "cli" else "refs"])
    with pytest.raises(SystemExit) as ended:
        door.main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
