"""The desk's pages by an in-process client: what they show, what they do, whom they refuse."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, project

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from refpipe import config, items
from refpipe.desk import application
from refpipe.desk.desk import WORDS, Desk
from refpipe.library import Library
from refpipe.model import Identifier, Record

TOKEN = "a-token-that-nobody-guesses"
PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"
NOW = "2026-11-25T00:00:00Z"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path))
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    desk = Desk(
        config=config.load(folder), now=lambda: NOW, today=lambda: datetime.date(2026, 11, 25),
        registries=None,
    )  # fmt: skip
    client = TestClient(application(desk, token=TOKEN, port=PORT), base_url=BASE)
    enter(client)
    with client:
        yield client


def enter(client: TestClient) -> None:
    """Let in whoever has the token: a cookie, and the way to the page itself."""
    answer = client.get(f"/?token={TOKEN}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def post(client: TestClient, path: str, data: dict[str, object]) -> str:
    answer = client.post(path, data=data, headers={"Origin": BASE})
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def fields(page: str, action: str) -> dict[str, object]:
    """The hidden fields of the form that holds ``action``."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if action in one)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return dict(found)


# ── who may see it ─────────────────────────────────────────────────────────────────────


def test_nobody_without_the_token_sees_anything(folder: Path, client: TestClient) -> None:
    stranger = TestClient(client.app, base_url=BASE)
    for path in ("/", "/article?path=articles/x.md", "/static/desk.css", "/?token=wrong"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "article" not in answer.text
    assert stranger.get(f"/?token={TOKEN}").status_code == 200
    assert stranger.get("/ledger").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"127.0.0.1:{PORT + 1}", "127.0.0.1.evil.example", ""]
)
def test_a_name_that_was_bent_to_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"http://127.0.0.1:{PORT + 1}"])
def test_a_form_of_another_site_does_nothing(client: TestClient, origin: str) -> None:
    answer = client.post("/ledger", data={"key": "x"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert client.post("/ledger", data={"key": "x"}).status_code == 403


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "pyproject.toml", "/etc/passwd", "articles/../library.db", ""]
)
def test_only_articles_are_shown(client: TestClient, path: str) -> None:
    assert client.get("/article", params={"path": path}).status_code == 404
    assert client.get("/preview", params={"path": path}).status_code == 404


def test_what_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/paste", data={"text": "a" * 5_000_000}, headers={"Origin": BASE})
    assert answer.status_code == 413


def test_every_answer_forbids_foreign_script(client: TestClient) -> None:
    for path in ("/", "/paste", "/library", "/review", "/ledger", "/nowhere"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "<script>" not in client.get(path).text
        assert " style=" not in client.get(path).text


# ── the pages ──────────────────────────────────────────────────────────────────────────


def name_of_an_article() -> str:
    return next(
        path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "articles").rglob("*.md"))
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_page_is_there_in_both_languages(client: TestClient, lang: str) -> None:
    with_article = f"/article?path={name_of_an_article()}"
    for path in ("/", with_article, "/paste", "/library?q=disc", "/review", "/ledger"):
        glue = "&" if "?" in path else "?"
        answer = client.get(f"{path}{glue}lang={lang}")
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text
        assert ("記事" if lang == "ja" else "Articles") in answer.text


def test_the_language_is_the_browsers(client: TestClient) -> None:
    client.cookies.delete("lang")
    page = client.get("/", headers={"Accept-Language": "ja,en;q=0.8"}).text
    assert '<html lang="ja">' in page


def test_a_reason_from_another_room_is_in_the_page_s_language(client: TestClient) -> None:
    said = client.get("/work?key=nobody2026&lang=en")
    assert said.status_code == 404
    assert "the library knows no" in html.unescape(said.text)
    told = html.unescape(client.get("/work?key=nobody2026&lang=ja").text)
    assert "ライブラリに 'nobody2026' はありません" in told
    assert "the library knows" not in told


def test_a_work_is_found_and_shown_with_its_sources(client: TestClient) -> None:
    part = client.get("/library?part=1&q=disc").text
    assert "<html" not in part
    key = re.search(r"/work\?key=([\w.-]+)", part)
    assert key is not None
    page = client.get(f"/work?key={key[1]}&lang=en").text
    assert 'href="https://doi.org/' in page
    assert "Fields, and who supplied them" in page


def test_works_are_narrowed_and_sorted_on_the_page(client: TestClient) -> None:
    page = client.get("/library?lang=en").text
    assert "journal article" in page
    narrowed = client.get("/library?type=article-journal&decade=2000&order=oldest&lang=en").text
    found = re.search(r'<p role="status">(\d+) found', narrowed)
    assert found is not None
    assert 0 < int(found[1]) < 11
    assert narrowed.count('<li><a href="/work?') == int(found[1])
    back = [html.unescape(one) for one in re.findall(r'href="/library\?([^"]*)">remove', narrowed)]
    assert sorted(back) == ["decade=2000&order=oldest", "type=article-journal&order=oldest"]
    assert client.get("/library?standing=odd&decade=x&order=y").status_code == 200


def test_hostile_words_stay_words(client: TestClient, folder: Path) -> None:
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)>\u202e" onclick="x'
    item = {
        "type": "book",
        "title": evil,
        "author": [{"literal": evil}],
        "URL": "javascript:alert(1)",
    }
    with Library.open(folder / "library.db") as library:
        import json

        record = Record(
            source="manual", identifier=Identifier.parse("doi:10.5555/evil"),
            payload=json.dumps(item), origin=evil,
        )  # fmt: skip
        library.add([record], heard=NOW)
        work = library.find(record.identifier)
        assert work is not None
    for path in (f"/work?key={work.name}", "/library?q=alert", f"/article?path={evil}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert "\u202e" not in page
    page = post(client, "/paste", {"text": f"[1] {evil}, 2020.", "style": "ieee"})
    assert "<script>alert" not in page
    assert "<img" not in page


# ── the stories ────────────────────────────────────────────────────────────────────────

TWICE = """[1] S. Sato, "Lumbar pain in nurses," Spine J, vol. 3, pp. 10-19, 2011, doi: 10.5555/A.1
[2] T. Mori, "Posture and the disc," Eur Spine J, vol. 9, pp. 44-50, 2014.
[3] S. Sato, "Lumbar Pain in Nurses", Spine J 2011;3:10-19. https://doi.org/10.5555/a.1
"""


def test_nothing_of_a_paste_is_dropped_without_a_word(client: TestClient) -> None:
    text = "TY  - JOUR\nTI  - 腰痛の診療\nAU  - 山田 太郎\nER  - \nTY  - JOUR\nER  - \n"
    sent = {"file": ("a.ris", text.encode("cp932"))}
    page = client.post("/paste", data={"lang": "en"}, files=sent, headers={"Origin": BASE}).text
    assert "腰痛の診療" in page
    assert "Shift_JIS" in page
    assert page.count('<p class="pasted-text">') == 2  # The broken one too.
    long = client.post(
        "/paste", data={"text": "a " * 600_000}, files={"none": b""}, headers={"Origin": BASE}
    )
    assert long.status_code == 409
    assert "1000000" in long.text


def test_a_pasted_list_comes_back_with_its_copies_found(client: TestClient) -> None:
    page = post(client, "/paste", {"text": TWICE, "style": "ieee", "lang": "en"})
    assert page.count("the same work as") + page.count("次と同じ文献") == 1
    finished = re.search(r'id="list-html">(.*?)</div>', page, re.DOTALL)
    assert finished is not None
    assert finished[1].count("<p>") == 2
    added = post(client, "/paste", {"text": TWICE, "style": "ieee", "do": "add"})
    assert added.count("/work?key=") >= 3
    assert "read from print only" in added or "未確認" in added


def test_no_word_of_the_desk_is_called_like_what_a_mapping_does() -> None:
    """``{{ w.copy }}`` would show the mapping's own method instead of the word."""
    assert not set(WORDS["en"]) & set(dir(dict))


LISTED = """MRIは有用である[1]。

## 参考文献

[1] T. Mori, "Posture and the disc," Eur Spine J, vol. 9, pp. 44-50, 2014.
"""


def test_a_bad_page_is_mended_and_the_change_taken_back(client: TestClient, folder: Path) -> None:
    path = folder / "articles" / "bad.md"
    text = f"# 腰痛\n\n更新日:2026/00/00\n\n{LISTED}"
    path.write_text(text, encoding="utf-8")
    page = client.get("/article?path=articles/bad.md&lang=en").text
    assert "DATE001" in page
    looked = post(client, "/article", fields(page, 'value="adopt"'))
    assert path.read_text(encoding="utf-8") == text
    assert "bibliography" in looked
    done = post(client, "/article", fields(looked, 'name="sure"'))
    adopted = path.read_text(encoding="utf-8")
    assert "<!--bibliography" in adopted
    waive = fields(done, 'value="DATE001"') | {"reason": "the clinic decides on Monday"}
    post(client, "/article", waive)
    assert "ignore DATE001 the clinic decides on Monday" in path.read_text(encoding="utf-8")
    stale = post(client, "/article", waive)
    assert "changed on disk" in stale or "変更された" in stale
    page = client.get("/article?path=articles/bad.md&lang=en").text
    assert "DATE001" not in page


@pytest.mark.parametrize(
    ("lang", "lost"),
    [("en", "[1] not shown in the new list:"), ("ja", "新しい一覧には出ない記載")],
)
def test_what_the_terminal_remarks_of_an_adoption_the_desk_shows_before_it(
    client: TestClient, folder: Path, lang: str, lost: str
) -> None:
    path = folder / "articles" / "lost.md"
    entry = (
        "Mori T. Posture. The disc of it. Eur Spine J. 2014;9:44-50. PMID: 12345678. [In Japanese]"
    )
    text = f"MRIは有用である[1]。\n\n## 参考文献\n\n[1] {entry}\n"
    path.write_text(text, encoding="utf-8")
    page = client.get(f"/article?path=articles/lost.md&lang={lang}").text
    looked = post(client, "/article", fields(page, 'value="adopt"'))
    assert path.read_text(encoding="utf-8") == text
    assert lost in looked


def test_an_action_is_taken_back_and_never_over_a_strangers_change(
    client: TestClient, folder: Path
) -> None:
    path = folder / "articles" / "dup.md"
    text = LISTED
    path.write_text(text, encoding="utf-8")
    page = client.get("/article?path=articles/dup.md").text
    looked = post(client, "/article", fields(page, 'value="adopt"'))
    done = post(client, "/article", fields(looked, 'name="sure"'))
    post(client, "/article", fields(done, 'name="number"'))
    assert path.read_text(encoding="utf-8") == text
    path.write_text(text + "追記\n", encoding="utf-8")
    again = post(client, "/article", fields(page, 'value="adopt"'))
    assert "変更された" in again or "changed on disk" in again
    assert path.read_text(encoding="utf-8") == text + "追記\n"


def pair(folder: Path) -> None:
    """Two records that may be one work: a translated title on the same pages."""
    lines = (
        "佐藤花子. 看護師の腰痛. 脊椎誌 2011;3(2):10-19.",
        "佐藤花子. 看護職における腰部の痛み. 脊椎誌 2011;3(2):10-19.",
    )
    with Library.open(folder / "library.db") as library:
        for line in lines:
            from refpipe.pipeline import adopt, intake

            intake.take(library, adopt.record_of(line, origin="test"), now=NOW)


def test_pairs_are_decided_and_taken_back(client: TestClient, folder: Path) -> None:
    pair(folder)
    page = client.get("/review?lang=en").text
    if "Nothing waits" in page:
        pytest.fail("the two records are no pair any more; choose another")
    works = re.findall(r'name="work" value="([^"]+)"', page)
    assert len(works) == 2
    later = post(client, "/review", {"work": works, "answer": "s"})
    assert works[0] in later
    decided = post(client, "/review", {"work": works, "answer": "d"})
    undo = fields(decided, 'data-key="u"')
    assert "Nothing waits" in decided
    back = post(client, "/ledger", undo)
    assert all(name in back for name in works)
    merged = post(client, "/review", {"work": works, "answer": "m", "keep-title": "看護師の腰痛"})
    assert "Nothing waits" in merged
    assert "看護師の腰痛" in client.get(f"/work?key={works[0]}").text
    ledger = client.get("/ledger?lang=en").text
    assert "taken back" in ledger


def test_a_corrected_field_stands_in_the_entry(client: TestClient) -> None:
    part = client.get("/library?part=1&q=carragee").text
    key = re.search(r"/work\?key=([\w.-]+)", part)
    assert key is not None
    page = post(
        client, "/work", {"key": key[1], "field": "volume", "value": "4711", "reason": "misprint"}
    )
    assert "4711" in page


def test_a_retracted_work_is_seen_on_the_first_page(client: TestClient, folder: Path) -> None:
    assert items  # The relation comes from a registry's record as stored.
    import json

    message = {
        "DOI": "10.5555/fallen", "type": "journal-article", "title": ["Fallen"],
        "issued": {"date-parts": [[2010]]},
        "updated-by": [
            {
                "DOI": "10.5555/notice", "type": "retraction",
                "updated": {"date-parts": [[2012, 1, 2]]},
            }
        ],
    }  # fmt: skip
    with Library.open(folder / "library.db") as library:
        record = Record(
            source="crossref", identifier=Identifier.parse("doi:10.5555/fallen"),
            payload=json.dumps(message), origin="test",
        )  # fmt: skip
        library.add([record], heard=NOW)
    (folder / "articles" / "fallen.md").write_text(
        "# F\n\nx [@doi:10.5555/fallen]\n", encoding="utf-8"
    )
    page = client.get("/?lang=en").text
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    assert "fallen.md" in rows[1]
