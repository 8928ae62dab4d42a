"""The language server, asked as an editor asks: over the protocol, in a process of its own."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import Editor
from fake_registry import FakeRegistry
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position
from running import ROOT, contents, refpipe

from refpipe import articles, config
from refpipe.config import Config
from refpipe.errors import UsageError
from refpipe.lsp import Options, RefpipeServer, TextLines, read_options
from refpipe.model import Edit, Finding, Span
from refpipe.pipeline import check
from refpipe.pipeline.editor import Session, actions, place_at, places, session

DOI = "doi:10.1148/radiol.2372041509"
PAGE = f"""# 腰痛👩‍⚕️

MRIは有用である😀 [@{DOI}, p. 600]。陰性もある[@nobody2020]。

## 参考文献

<!--bibliography-->
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the real library and two pages."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "library.db", folder / "library.db")
    (folder / "refpipe.toml").write_text('articles = ["text"]\nlang = "en"\n', encoding="utf-8")
    (folder / "text").mkdir()
    by_hand = (
        "--title",
        "腰椎椎間板ヘルニアの自然経過",
        "--author",
        "椎間, 太郎",
        "--date",
        "2019",
    )
    assert refpipe("add", "--manual", *by_hand, folder=folder).returncode == 0
    (folder / "text" / "a.md").write_text(PAGE, encoding="utf-8")
    (folder / "text" / "b.md").write_text("痛み [@modic2005]。\n\n<!--bibliography-->\n", "utf-8")
    shutil.copy(ROOT / "docs" / "tour" / "legacy-page.md", folder / "text" / "legacy.md")
    return folder


@pytest.fixture(scope="module")
def editor(site: Path) -> Iterator[Editor]:
    with Editor(site) as editor:
        yield editor


@pytest.fixture
def page(editor: Editor, site: Path) -> str:
    return editor.open(site / "text" / "a.md", PAGE)


def place(text: str, words: str, *, after: int = 0) -> tuple[int, int]:
    """Line and UTF-16 column of some words."""
    start = text.index(words) + after
    before = text[:start]
    line = before.count("\n")
    return line, len(before.rpartition("\n")[2].encode("utf-16-le")) // 2


def test_findings_come_with_their_place_and_page(editor: Editor, page: str) -> None:
    found = {one["code"]: one for one in editor.wait_for_findings(page)}
    unknown = found["CIT001"]
    assert "nobody2020" in unknown["message"]
    line, column = place(PAGE, "[@nobody2020]")
    assert unknown["range"]["start"] == {"line": line, "character": column}
    rule = Path(unknown["codeDescription"]["href"].removeprefix("file://"))
    assert rule.read_text(encoding="utf-8").startswith("# CIT001")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("modic", "Modic"),
        ("radiculo", "Modic"),
        ("2005", "2005"),
        ("radiology", "Modic"),
        ("ヘルニア", "ヘルニア"),
        ("modic rad", "Modic"),
    ],
)
def test_completion_finds_works_by_their_words(
    editor: Editor, site: Path, query: str, wanted: str
) -> None:
    text = f"😀 前 [@{query}"
    uri = editor.open(site / "text" / "new.md", text)
    line, column = place(text + "\0", "\0")
    answer = editor.at("completion", uri, line, column)
    assert answer["isIncomplete"] is True
    first = next(item for item in answer["items"] if wanted in item["label"])
    assert first["filterText"] == f"@{query}"
    start = first["textEdit"]["range"]["start"]
    assert start == {"line": 0, "character": place(text, "@")[1]}
    assert first["textEdit"]["newText"].startswith("@")
    whole = editor.ask("completionItem/resolve", first)
    assert wanted in whole["documentation"]["value"]
    assert whole["documentation"]["value"].endswith(".")


@pytest.mark.parametrize(
    "text", ["a@modic", "mail me@modic", "[x](@modic", "plain modic", "[a@modic"]
)
def test_completion_keeps_out_of_other_text(editor: Editor, site: Path, text: str) -> None:
    uri = editor.open(site / "text" / "new.md", text)
    assert not editor.at("completion", uri, 0, len(text))


def test_an_address_is_offered_as_a_citation(editor: Editor, site: Path) -> None:
    text = "前 https://doi.org/10.5555/abc.d 後"
    uri = editor.open(site / "text" / "new.md", text)
    offered = editor.actions(uri, 0, 10)
    editor.run(offered["cite as [@doi:10.5555/abc.d]"])
    assert editor.texts[uri] == "前 [@doi:10.5555/abc.d] 後"
    typed = "[@10.5555/abc.d"
    uri = editor.open(site / "text" / "new.md", typed)
    assert editor.at("completion", uri, 0, len(typed))["items"][0]["textEdit"]["newText"] == (
        "@doi:10.5555/abc.d"
    )


def test_hover_shows_the_entry_and_who_confirmed_it(editor: Editor, page: str) -> None:
    answer = editor.at("hover", page, *place(PAGE, "radiol."))
    text = answer["contents"]["value"]
    assert "**[1]**" in text
    assert "Acute Low Back Pain and Radiculopathy" in text
    assert "no registry has confirmed it" in text
    line, column = place(PAGE, DOI)
    assert answer["range"]["start"] == {"line": line, "character": column}
    unknown = editor.at("hover", page, *place(PAGE, "nobody"))["contents"]["value"]
    assert "is not in the library" in unknown
    assert editor.at("hover", page, 0, 2) is None


def test_weaving_by_an_action_and_what_can_be_asked_of_the_woven_page(
    editor: Editor, site: Path
) -> None:
    text = PAGE.replace("陰性もある[@nobody2020]。", "")
    uri = editor.open(site / "text" / "a.md", text)
    hints = editor.of("inlayHint", uri, range=everything(text))
    assert [hint["label"] for hint in hints] == ["[1, p. 600]"]
    editor.run(editor.actions(uri, 0, 0)["weave numbers and list"])
    woven = editor.texts[uri]
    assert "<!--/cite-->" in woven
    assert "Radiology" in woven
    editor.change(uri, woven)
    assert editor.of("inlayHint", uri, range=everything(woven)) == []
    number = place(woven, "[1, p. 600]", after=1)
    assert "Acute Low Back Pain" in editor.at("hover", uri, *number)["contents"]["value"]
    entry = place(woven, "Radiology")
    assert "Acute Low Back Pain" in editor.at("hover", uri, *entry)["contents"]["value"]
    target = editor.at("definition", uri, *number)
    assert target["range"]["start"]["line"] == entry[0]
    symbols = editor.of("documentSymbol", uri)
    assert [one["name"] for one in symbols] == [f"[@{DOI}, p. 600]", "bibliography"]
    assert symbols[1]["children"][0]["name"] == "[1] modic2005"
    (fold,) = editor.of("foldingRange", uri)
    assert fold["startLine"] < entry[0] <= fold["endLine"]
    given = {"tabSize": 4, "insertSpaces": True}
    assert editor.of("formatting", uri, options=given) == []


def everything(text: str) -> dict[str, Any]:
    return {"start": {"line": 0, "character": 0}, "end": {"line": text.count("\n"), "character": 0}}


def test_formatting_weaves(editor: Editor, site: Path) -> None:
    text = f"x [@{DOI}]\n\n<!--bibliography-->\n"
    uri = editor.open(site / "text" / "new.md", text)
    changes = editor.of("formatting", uri, options={"tabSize": 4, "insertSpaces": True})
    assert "<!--/cite-->" in "".join(change["newText"] for change in changes)


def test_every_article_that_cites_the_work_is_found(editor: Editor, page: str) -> None:
    line, column = place(PAGE, "radiol.")
    context = {"includeDeclaration": True}
    found = editor.at("references", page, line, column, context=context)
    assert {Path(one["uri"]).name for one in found} >= {"a.md", "b.md"}
    in_b = [one["range"]["start"] for one in found if one["uri"].endswith("b.md")]
    assert in_b == [{"line": 0, "character": place("痛み [@modic2005]", "modic")[1]}]


@pytest.mark.slow
def test_a_key_is_renamed_over_the_site(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    with Editor(folder) as editor:
        uri = editor.open(folder / "text" / "a.md", PAGE)
        line, column = place(PAGE, "radiol.")
        assert editor.at("prepareRename", uri, line, column)["placeholder"] == DOI
        edit = editor.at("rename", uri, line, column, newName="herniation05")
        editor.run({"edit": edit})
        texts = {Path(uri).name: text for uri, text in editor.texts.items()}
        assert "[@herniation05, p. 600]" in texts["a.md"]
        assert texts["b.md"].startswith("痛み [@herniation05]。")
        editor.change(uri, texts["a.md"])
        shown = editor.at("hover", uri, *place(texts["a.md"], "herniation05"))
        assert "Acute Low Back Pain" in shown["contents"]["value"]
        assert editor.at("rename", uri, line, column, newName="carragee1997") is None
        assert "another work" in editor.messages[-1]


@pytest.mark.slow
@pytest.mark.parametrize("accepts", [False, True])
def test_a_list_is_adopted_only_where_the_difference_is_taken(
    site: Path, tmp_path: Path, accepts: bool
) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    (folder / "library.db").unlink()
    with Editor(folder) as editor:
        editor.accepts = accepts
        uri = editor.open(folder / "text" / "legacy.md")
        before = contents(folder)
        editor.run(editor.actions(uri, 0, 0)["adopt this list of references"])
        assert ("<!--bibliography" in editor.texts[uri]) is accepts
        assert (folder / "library.db").exists() is accepts
        after = {k: v for k, v in contents(folder).items() if k != "library.db"}
        assert after == before


@pytest.mark.slow
def test_a_work_is_added_from_the_editor(
    site: Path, tmp_path: Path, fake_registry: FakeRegistry
) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    fake_registry.add(
        {
            "DOI": "10.5555/new",
            "type": "journal-article",
            "title": ["A new trial"],
            "author": [{"family": "Mori", "given": "Ken"}],
            "issued": {"date-parts": [[2024]]},
        }
    )
    text = "x [@doi:10.5555/new]\n\n# References\n\n<!--bibliography-->\n"
    with Editor(folder, registries=fake_registry.environ) as editor:
        uri = editor.open(folder / "text" / "new.md", text)
        assert any("10.5555/new" in one["message"] for one in editor.wait_for_findings(uri))
        editor.run(editor.actions(uri, 0, 6)["add doi:10.5555/new to the library"])
        shown = editor.at("hover", uri, 0, 6)["contents"]["value"]
        assert "A new trial" in shown
        assert "confirmed by Crossref" in shown


def test_a_waiver_waits_for_its_reason(editor: Editor, page: str) -> None:
    editor.wait_for_findings(page)
    offered = editor.actions(page, *place(PAGE, "nobody2020"))
    editor.run(offered["answer CIT001 with a reason"])
    assert "<!-- refpipe: ignore CIT001  -->" in editor.texts[page]
    editor.change(page, editor.texts[page])
    codes = {one["code"] for one in editor.wait_for_findings(page)}
    assert {"CIT001", "CHK002"} <= codes
    reasoned = editor.texts[page].replace("CIT001  -->", "CIT001 it is in print -->")
    editor.change(page, reasoned)
    assert not {"CIT001", "CHK002"} & {one["code"] for one in editor.wait_for_findings(page)}


@pytest.mark.slow
def test_a_bad_option_gives_the_default(site: Path) -> None:
    with Editor(site, options={"delay": "soon", "colour": 1, "lang": "ja"}) as editor:
        uri = editor.open(site / "text" / "a.md", PAGE)
        text = editor.at("hover", uri, *place(PAGE, "radiol."))["contents"]["value"]
        assert "未確認" in text
        assert "using the default" in " ".join(editor.messages)
        assert "there is no option 'colour'" in " ".join(editor.messages)


@pytest.mark.slow
def test_a_project_that_cannot_be_read_is_told_once(site: Path, tmp_path: Path) -> None:
    (tmp_path / "refpipe.toml").write_text("colour = 1\n", encoding="utf-8")
    with Editor(tmp_path) as editor:
        uri = editor.open(tmp_path / "a.md", PAGE)
        assert editor.at("completion", uri, 0, 1) is None
        assert (
            "is not in the library"
            in editor.at("hover", uri, *place(PAGE, "nobody"))["contents"]["value"]
        )
        assert len([one for one in editor.messages if "using defaults" in one]) == 1


# ── positions ──────────────────────────────────────────────────────────────────────────

_TEXTS = st.text(alphabet="ab😀👩‍⚕️漢\n\r\u2028\x0c\u0301é", max_size=40)


@given(_TEXTS, st.data(), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_positions_come_back(text: str, data: st.DataObject, encoding: str) -> None:
    lines = TextLines(text, encoding)
    offset = data.draw(st.integers(0, len(text)))
    position = lines.position(offset)
    inside = text[max(offset - 1, 0) : offset + 1] == "\r\n"
    assert lines.offset(position) == offset - inside
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    if not inside:
        assert position.line == before.count("\n")
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        units = before.rpartition("\n")[2].encode(f"{encoding}-le" if width > 1 else encoding)
        assert position.character == len(units) // width


def test_a_position_beyond_the_text_is_its_end() -> None:
    lines = TextLines("a😀\r\nb")
    assert lines.offset(Position(line=0, character=99)) == 2
    assert lines.offset(Position(line=9, character=0)) == 5


@given(_TEXTS, _TEXTS)
def test_edits_make_the_one_text_of_the_other(before: str, after: str) -> None:
    assert check.edited(before, actions.edits(before, after)) == after


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())
_NAMES = st.sampled_from(["lang", "delay", "suggestions", "has_inlays", "x"])


@given(st.dictionaries(_NAMES, _VALUES))
def test_no_option_stops_the_server(named: dict[str, Any]) -> None:
    read, faults = read_options(named)
    taken = [name for name, value in named.items() if getattr(read, name, faults) is value]
    assert len(faults) >= len(named) - len(taken)
    assert 1 <= read.suggestions <= 200
    assert 0 <= read.delay <= 60


def test_a_name_is_given_once_and_never_to_two_works(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    session = Session(config.load(folder))
    path = folder / "text" / "b.md"
    view = session.view(path, path.read_text(encoding="utf-8"))
    (sought,) = places(view)
    moment = actions.Moment(now="2026-11-25T00:00:00Z", today=datetime.date(2026, 11, 25))
    for bad in ("carragee1997", "10.5555/other", "", "a b"):
        with pytest.raises(UsageError):
            actions.renamed(session, sought, bad, {}, moment)
    edits = actions.renamed(session, sought, "rückenschmerz--05", {}, moment)
    text = check.edited(view.article.text, edits[path])
    assert text.startswith("痛み [@rückenschmerz--05]。")
    after = session.view(path, text)
    assert [one.work.name for one in places(after) if one.work] == ["modic2005"]
    woven, _ = actions.woven(session.config, path, text, moment)
    (again,) = places(session.view(path, woven))
    assert again.span.of(woven) == "rückenschmerz&#45;-05"
    back = actions.renamed(session, again, "modic2005", {path: woven}, moment)
    assert "<!--cite @modic2005-->" in check.edited(woven, back[path])
    session.close()


@pytest.mark.parametrize("name", ["b.md", "b.mdx", "b.html"])
def test_every_mention_is_found_typed_and_woven_in_every_format(
    site: Path, tmp_path: Path, name: str
) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    session = Session(config.load(folder))
    path = folder / "text" / name
    typed = "<p>痛み😀 [@modic2005, p. 3; @carragee1997]</p>\n\n<!--bibliography-->\n"
    typed = typed.replace("<p>", "").replace("</p>", "") if name != "b.html" else typed
    typed = typed.replace("<!--", "{/*").replace("-->", "*/}") if name == "b.mdx" else typed
    moment = actions.Moment(now="2026-11-25T00:00:00Z", today=datetime.date(2026, 11, 25))
    woven, _ = actions.woven(session.config, path, typed, moment)
    assert woven != typed
    for text in (typed, woven):
        view = session.view(path, text)
        found = list(places(view))
        assert [place.span.of(text) for place in found] == ["modic2005", "carragee1997"]
        assert all(place_at(view, place.span.start) == place for place in found)
    shown = place_at(view, woven.index("[2]") + 1)
    assert shown is not None
    assert (shown.kind, shown.work.name if shown.work else "") == ("number", "carragee1997")
    listed = place_at(view, woven.index("Radiology"))
    assert listed is not None
    assert listed.work is not None
    assert listed.work.name == "modic2005"
    session.close()


def test_a_list_is_adopted_into_a_copy_first(site: Path, tmp_path: Path) -> None:
    settings = config.load(shutil.copytree(site, tmp_path / "copy"))
    settings.library.unlink()
    path = settings.root / "text" / "legacy.md"
    text = path.read_text(encoding="utf-8")
    moment = actions.Moment(now="2026-11-25T00:00:00Z", today=datetime.date(2026, 11, 25))
    looked = actions.adopted(settings, path, text, moment, is_kept=False)
    shown, refusal = looked.text, looked.refusal
    assert not refusal
    assert "<!--bibliography" in shown
    assert not settings.library.exists()
    assert actions.adopted(settings, path, text, moment, is_kept=True) == looked
    assert settings.library.exists()
    assert path.read_text(encoding="utf-8") == text


def test_a_waiver_goes_to_the_end_of_its_line() -> None:
    finding = Finding(code="CIT001", path="a", line=2)
    assert actions.waived("a\r\nb\r\nc", finding, "markdown") == Edit(
        span=Span(4, 4), replacement=" <!-- refpipe: ignore CIT001  -->"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.md", "更新日 2026/00/00\n"), ("a.mdx", "更新日 2026/00/00\n"),
     ("a.md", "---\ntitle: T\ndate: 2026/00/00\n---\n\n甲\n"),
     ("a.html", "<p>更新日 2026/00/00</p>\n")],
)  # fmt: skip
def test_a_waiver_answers_in_every_format_and_leaves_the_page_whole(
    name: str, text: str, tmp_path: Path
) -> None:
    today = datetime.date(2026, 2, 10)
    settings = Config(root=tmp_path, library=tmp_path / "l.db", articles=(tmp_path,))
    path = tmp_path / name
    (found,) = session.findings(settings, path, text, today=today)
    form = articles.read(name, text).format
    edit = actions.waived(text, found, form, "a -- reason */")
    waived = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    assert session.findings(settings, path, waived, today=today) == ()
    opened = {"a.mdx": "{/*", "a.html": "<!--"}.get(name, "#" if "---" in text else "<!--")
    assert edit.replacement.startswith(f" {opened} refpipe: ignore {found.code} a")


def test_a_message_of_the_server_is_in_the_reader_s_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[str] = []
    made = RefpipeServer()
    monkeypatch.setattr(made, "window_show_message", lambda told: shown.append(told.message))
    for lang in ("en", "ja"):
        made.options = Options(lang=lang)
        made.tell("refpipe: nothing changed: a.md: no such file or folder")
    assert shown[0] == "refpipe: nothing changed: a.md: no such file or folder"
    assert shown[1].startswith("refpipe: 何も変えていません: a.md: そのような")
