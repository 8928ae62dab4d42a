"""The language server in a real editor: Neovim, without a screen."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, environment

TEXT = """MRIは有用である😀 [@modic2005]。

# 参考文献

<!--bibliography-->

😀 ほかにも [@carragee"""


@pytest.mark.slow
def test_neovim_completes_explains_and_weaves(tmp_path: Path) -> None:
    program = shutil.which("nvim")
    if program is None:
        pytest.skip("Neovim (nvim) is absent")
    shutil.copy(ROOT / "library.db", tmp_path / "library.db")
    (tmp_path / "refpipe.toml").write_text('articles = ["."]\nlang = "en"\n', encoding="utf-8")
    article = tmp_path / "a.md"
    article.write_text(TEXT + "\n", encoding="utf-8")
    result = tmp_path / "result.json"
    column = len(TEXT[: TEXT.index("modic")].encode("utf-16-le")) // 2
    script = Path(__file__).parent / "editor_neovim.lua"
    subprocess.run(
        [program, "--clean", "--headless", "-S", str(script)],
        cwd=tmp_path,
        env=environment()
        | {
            "ARTICLE": str(article),
            "RESULT": str(result),
            "PYTHON": sys.executable,
            "COLUMN": str(column),
            "HOME": str(tmp_path),
        },
        check=True,
        timeout=240,
        capture_output=True,
    )
    seen = json.loads(result.read_text(encoding="utf-8"))
    assert "failure" not in seen, seen["failure"]
    assert "Carragee" in seen["completion"]
    assert "Acute Low Back Pain and Radiculopathy" in seen["hover"]
    assert seen["findings"]
    woven = article.read_text(encoding="utf-8")
    assert woven.startswith("MRIは有用である😀 <!--cite @modic2005-->")
    assert "<!--/cite-->" in woven.rpartition("ほかにも")[2]
    assert "[2]" in woven
