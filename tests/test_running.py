"""A run inside the tests says what a process of its own says, so that most tests need none."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import contents, project, refpipe, refpipe_process

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
