"""A WordPress site's posts as files and back, against a site with the habits of a real one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_wordpress import PASSWORD, FakeWordPress, Stored

from refpipe import cli
from refpipe.http import Failure, Reply, Settings
from refpipe.http.site_session import SiteSession, is_safe
from refpipe.wordpress.checkout import merge
from refpipe.wordpress.posts import exported, site_of
from refpipe.wordpress.site import WordPressSite

ONE = (
    "<!-- wp:paragraph -->\n<p>MRIは有用である[1]。</p>\n<!-- /wp:paragraph -->\n\n"
    "<!-- wp:html -->\n<p>[1] 文献</p>\n<!-- /wp:html -->"
)
EXPORT = (
    '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
    "<title>腰痛</title><link>https://clinic.example/1</link>"
    "<content:encoded><![CDATA[TEXT]]></content:encoded>"
    "<wp:post_id>12</wp:post_id><wp:post_name>back</wp:post_name>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    "<wp:post_modified_gmt>2026-02-10 01:02:03</wp:post_modified_gmt></item></channel></rss>"
)
CLASSIC = "腰痛は\r\n\r\n多い[1]。\r\n"


@pytest.fixture
def site() -> Iterator[FakeWordPress]:
    with FakeWordPress() as site:
        yield site


@pytest.fixture
def home(site: FakeWordPress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "refpipe.toml").write_text(
        f'[wordpress]\nsite = "{site.address}"\nuser = "admin"\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFPIPE_WORDPRESS_PASSWORD", PASSWORD)
    return tmp_path


def run(*arguments: str) -> int:
    return cli.run(["wordpress", *arguments])


def file_of(home: Path, post: Stored) -> Path:
    return home / "wordpress" / post.kind / f"{post.id}-{post.slug}.html"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_what_is_pulled_is_what_is_stored_to_the_byte(site: FakeWordPress, home: Path) -> None:
    posts = [
        site.add(ONE),
        site.add(CLASSIC),
        site.add(ONE, kind="pages"),
        site.add(ONE, status="draft"),
    ]
    assert run("pull") == 0
    for post in posts:
        assert file_of(home, post).read_bytes() == post.raw.encode()
    before = {path: path.read_bytes() for path in (home / "wordpress").rglob("*") if path.is_file()}
    assert run("pull") == 0
    assert {path: path.read_bytes() for path in before} == before
    assert run("status") == 0
    assert run("push") == 0
    assert site.writes == 0


def test_only_what_was_changed_is_sent_and_nothing_else_of_the_post(
    site: FakeWordPress, home: Path
) -> None:
    one, other = site.add(ONE, status="draft"), site.add(CLASSIC)
    assert run("pull") == 0
    change(file_of(home, one), "有用である", "とても有用である")
    assert run("status") == 1
    assert run("push", "--dry-run") == 1
    assert site.writes == 0
    assert run("push") == 0
    assert (site.writes, one.status, other.raw) == (1, "draft", CLASSIC)
    assert one.raw == ONE.replace("有用である", "とても有用である")
    assert run("push") == 0
    assert site.writes == 1


def test_a_post_that_was_changed_meanwhile_is_not_written_and_then_merged(
    site: FakeWordPress, home: Path
) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "[1]。", "[1], [2]。")
    site.save(post, post.raw.replace("[1] 文献", "[1] 別の文献"))
    assert run("push") == 1
    assert site.writes == 0
    assert run("pull") == 0
    text = file_of(home, post).read_text(encoding="utf-8")
    assert "[1], [2]。" in text
    assert "[1] 別の文献" in text
    assert run("push") == 0
    assert post.raw == text


def test_a_conflict_is_marked_in_the_file_and_never_reaches_the_site(
    site: FakeWordPress, home: Path
) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    site.save(post, post.raw.replace("有用", "不要"))
    assert run("pull") == 1
    text = file_of(home, post).read_text(encoding="utf-8")
    assert "<<<<<<< here" in text
    assert ">>>>>>> site" in text
    assert run("push") == 1
    assert site.writes == 0
    file_of(home, post).write_text(ONE.replace("有用", "必要"), encoding="utf-8")
    assert run("push") == 0
    assert post.raw == ONE.replace("有用", "必要")


def test_what_the_site_filters_is_told_and_not_sent_again(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    post = site.add(ONE, author="au")
    assert run("pull", "--user", "au") == 0
    change(file_of(home, post), "有用である[1]", '有用である<wbr class="cite">[1]')
    assert run("push", "--user", "au") == 1
    assert "-" in capfd.readouterr().out
    assert "<wbr" not in post.raw
    assert run("push", "--user", "au") == 1
    assert site.writes == 1


def test_what_this_user_may_not_see_is_counted(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(60):
        site.add(ONE, author="au" if number % 2 else "admin")
    assert run("pull", "--user", "au") == 2
    assert "60 posts, 30 visible to you" in capfd.readouterr().err
    assert len(list((home / "wordpress" / "posts").iterdir())) == 30


@pytest.mark.parametrize("wrong", ["wrong password", "nobody"])
def test_a_wrong_password_is_no_success(
    site: FakeWordPress, home: Path, monkeypatch: pytest.MonkeyPatch, wrong: str,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    site.add(ONE)
    if wrong == "nobody":
        assert run("pull", "--user", "nobody") == 2
    else:
        monkeypatch.setenv("REFPIPE_WORDPRESS_PASSWORD", "not it at all")
        assert run("pull") == 2
    said = capfd.readouterr()
    assert "application password" in said.err
    assert "not it at all" not in said.err + said.out
    assert not (home / "wordpress").exists()


def test_a_write_whose_answer_is_lost_is_found_out(site: FakeWordPress, home: Path) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    site.loses_answer = True
    assert run("push") == 0
    assert (site.writes, post.raw) == (1, ONE.replace("有用", "必要"))
    assert run("push") == 0
    assert run("status") == 0
    assert site.writes == 1


def test_a_push_that_was_killed_after_the_write_is_taken_up(
    site: FakeWordPress, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("refpipe.pipeline.site.wordpress._compared", killed)
        assert run("push") != 0
    assert site.writes == 1
    assert run("push") == 0
    assert run("status") == 0
    assert site.writes == 1
    assert post.raw == ONE.replace("有用", "必要")


def test_somebody_who_saved_at_the_same_moment_is_told_and_kept(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    post = site.add(ONE)
    site.save(post, ONE + "\n")
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    site.before_write = lambda one: site.save(one, "somebody else's text")
    assert run("push") == 0
    said = capfd.readouterr().err
    lost = next(number for number, _, raw in post.revisions if raw == "somebody else's text")
    assert f"revision {lost}" in said


def test_an_unsaved_text_in_an_editor_is_warned_of(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    post.autosaves.append((9000, post.modified + 50, ONE + "unsaved"))
    change(file_of(home, post), "有用", "必要")
    assert run("push") == 0
    assert "unsaved text" in capfd.readouterr().err


def test_a_push_can_be_taken_back(site: FakeWordPress, home: Path) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    assert run("push") == 0
    assert run("push", "--undo", str(file_of(home, post))) == 0
    assert post.raw == ONE
    assert file_of(home, post).read_text(encoding="utf-8") == ONE
    assert run("status") == 0


def test_footnotes_come_along_and_only_their_words_go_back(site: FakeWordPress, home: Path) -> None:
    notes = json.dumps([{"id": "a-1", "content": "<em>Modic</em> 2005"}])
    post = site.add(ONE, footnotes=notes)
    assert run("pull") == 0
    path = file_of(home, post)
    change(path, "Modic</em> 2005", "Modic</em> 2005年")
    no = [(403, b'{"code": "rest_cannot_edit"}', "application/json")]
    site.faults.append(lambda method, _: no[0] if no and method == "POST" else None)
    assert run("push") == 2  # Nothing was written, though the text is as it was.
    no.clear()
    assert run("push") == 0
    assert post.raw == ONE
    assert json.loads(post.footnotes) == [{"id": "a-1", "content": "<em>Modic</em> 2005年"}]
    assert run("push", "--undo", str(path)) == 0
    assert json.loads(post.footnotes) == json.loads(notes)
    assert run("status") == 0
    for old, new in (('="a-1"', '="b-2"'), ("<div data-f", "between\n<div data-f")):
        before = path.read_bytes()
        change(path, old, new)
        assert run("push") == 2
        path.write_bytes(before)


def test_a_site_that_does_not_store_footnotes_is_told(site: FakeWordPress, home: Path) -> None:
    post = site.add(ONE, footnotes='[{"id": "a-1", "content": "2005"}]')
    assert run("pull") == 0
    change(file_of(home, post), "2005", "2006")
    kept, tells = post.footnotes, site._object

    def ignored(stored: Stored) -> dict[str, Any]:
        stored.footnotes = kept
        return tells(stored)

    site._object = ignored  # type: ignore[assignment, method-assign]
    assert run("push") == 1


def test_what_was_put_back_is_compared_too(site: FakeWordPress, home: Path) -> None:
    post = site.add(f"{ONE}<script>1</script>", author="au")
    assert run("pull", "--user", "au") == 0
    change(file_of(home, post), "<script>1</script>", "")
    assert run("push", "--user", "au") == 0
    assert run("push", "--undo", "--user", "au", str(file_of(home, post))) == 1


def test_what_names_no_pulled_file_is_no_success(site: FakeWordPress, home: Path) -> None:
    for call in (["status"], ["push"], ["diff"]):
        assert run(*call) == 2  # Nothing was pulled.
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    for call in (["push"], ["push", "--undo"], ["diff"]):
        assert run(*call, "wordpress/posts/1.html") == 2
    assert run("push", "--dry-run", "wordpress/../wordpress/posts") == 1
    file_of(home, post).write_bytes(b"\xff")
    assert run("diff") == 2


def test_what_is_no_whole_listing_is_no_success(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kinds = {"settings": b'{"title": "a"}', "posts": b"[]"}
    site.faults.append(
        lambda _, path: (
            (200, kinds[kind], "application/json")
            if (kind := path.rpartition("/")[2]) in kinds
            else None
        )
    )
    for kind in kinds:
        assert run("pull", "--types", kind) == 2
        assert "no list of posts" in capfd.readouterr().err


def test_a_listing_that_loses_a_post_while_it_is_read_misses_none(
    site: FakeWordPress, home: Path
) -> None:
    posts = [site.add(f"{ONE} {number}") for number in range(60)]

    def fault(_: str, path: str) -> None:
        if path.endswith("/posts") and site.queries[-1].get("page") == "2":
            site.posts.pop(posts[3].id, None)

    site.faults.append(fault)
    assert run("pull", "--types", "posts") == 1  # One is gone, and this is told.
    assert len(list((home / "wordpress" / "posts").glob("*.html"))) == 60


def test_a_text_that_was_covered_or_could_not_be_looked_for_is_told(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    post = site.add(ONE)  # Without any revision so far.
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    site.before_write = lambda one: site.save(one, "somebody else's text")
    site.faults.append(
        lambda _, path: (403, b"{}", "text/json") if path.endswith("autosaves") else None
    )
    assert run("push") == 0
    said = capfd.readouterr().err
    assert f"revision {post.revisions[0][0]} of the post" in said
    assert "unsaved text could not be checked" in said


def test_signs_that_no_text_of_a_site_has(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    post, _ = site.add(ONE), site.add("half a character: \ud83d")
    site.faults.append(
        lambda method, path: (
            (200, b"\xef\xbb\xbf" + json.dumps(site._object(post)).encode(), "application/json")
            if method == "GET" and path.endswith(f"/{post.id}")
            else None
        )
    )
    assert run("pull") == 2
    assert "half a character" in capfd.readouterr().err
    path = file_of(home, post)
    path.write_bytes(b"\xef\xbb\xbf" + ONE.replace("有用", "必要").encode())
    assert run("push") == 0
    assert post.raw == ONE.replace("有用", "必要")


@pytest.mark.parametrize(
    ("status", "body", "form"),
    [
        (200, b"<html>Just a moment</html>", "text/html"),
        (429, b'{"code": "too_many"}', "application/json"),
        (502, b"<html>Bad Gateway</html>", "text/html"),
    ],
)
def test_whatever_answers_instead_of_the_site_costs_no_file(
    site: FakeWordPress, home: Path, status: int, body: bytes, form: str
) -> None:
    post = site.add(ONE)
    assert run("pull") == 0
    change(file_of(home, post), "有用", "必要")
    site.faults.append(lambda method, path: (status, body, form) if method == "POST" else None)
    assert run("push") == 2
    assert post.raw == ONE
    site.faults.clear()
    assert run("push") == 0
    assert post.raw != ONE


def test_a_post_that_is_gone_is_told_and_its_file_kept(site: FakeWordPress, home: Path) -> None:
    kept, gone = site.add(ONE), site.add(ONE)
    assert run("pull") == 0
    del site.posts[gone.id]
    assert run("pull") == 1
    assert file_of(home, gone).exists()
    assert file_of(home, kept).exists()


def test_a_site_without_pretty_addresses_is_found(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeWordPress(has_pretty_addresses=False) as plain:
        plain.add(ONE)
        monkeypatch.chdir(tmp_path)
        (tmp_path / "refpipe.toml").write_text("", encoding="utf-8")
        assert run("pull", plain.address, "--user", "admin") == 0
        assert len(list((tmp_path / "wordpress" / "posts").iterdir())) == 1


def test_a_password_goes_nowhere_in_the_clear_and_to_no_other_site(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert not is_safe("http://clinic.example")
    assert run("pull", "http://clinic.example") == 2
    assert "https" in capfd.readouterr().err
    site.faults.append(
        lambda _, path: (302, b"", "text/html") if path == "/wp/v2/users/me" else None
    )
    assert run("pull") == 2
    site.faults.clear()
    link = {"Link": '<http://clinic.example/wp-json/>; rel="https://api.w.org/"'}
    asked: list[str] = []

    def get(_: SiteSession, url: str, *_more: object) -> Reply | Failure:
        asked.append(url)
        return Reply(url=url, status=200, headers={"link": link["Link"]}, body=b"{}")

    monkeypatch.setattr(SiteSession, "get", get)
    with WordPressSite(Settings(), "https://clinic.example", "hanako", PASSWORD) as clinic:
        clinic.rights()
    assert all(url.startswith("https://clinic.example/") for url in asked)
    monkeypatch.undo()
    with SiteSession(Settings(), "https://clinic.example", "hanako", PASSWORD) as session:
        told = session.get("http://clinic.example/wp-json/")
    assert isinstance(told, Failure)
    assert "nothing was sent" in str(told)


def test_an_export_file_is_unpacked_without_the_site(home: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    text = EXPORT.replace("TEXT", "<p>a ]]]]><![CDATA[> b</p>")
    export.write_text(text, encoding="utf-8")
    (post,) = exported(export.read_bytes(), name="export.xml")
    assert (post.raw, post.modified) == ("<p>a ]]> b</p>", "2026-02-10T01:02:03Z")
    assert run("pull", "--from-wxr", str(export)) == 0
    assert (home / "wordpress/posts/12-back.html").read_text(encoding="utf-8") == post.raw


def test_an_export_file_is_read_as_the_site_holds_it(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    note = '[{"id": "a-1", "content": "2005"}]'
    meta = (
        "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{note}]]></wp:meta_value></wp:postmeta></item>"
    )
    text = EXPORT.replace("TEXT", CLASSIC).replace("</item>", meta).replace("?><", "?>\n<")
    (post,) = exported(text.encode(), name="export.xml")
    assert (post.raw, post.footnotes) == (CLASSIC, note)
    (post,) = exported(text.replace("\r", "").replace("\n", "\r\n").encode(), name="a.xml")
    assert post.raw == CLASSIC.replace("\r", "")
    blog = "https://clinic.example/blog"
    network = (
        f"<channel><link>{blog}</link><wp:base_site_url>https://clinic.example</wp:base_site_url>"
    )
    assert site_of(text.replace("<channel>", network).encode(), name="a") == blog
    export = tmp_path / "export.xml"
    column = text.replace(">post<", ">column<")
    export.write_text(column, encoding="utf-8")
    assert run("pull", "--from-wxr", str(export)) == 2
    said = capfd.readouterr().err
    assert "1 of the type column" in said
    assert run("pull", "--from-wxr", str(export), "--types", "column") == 0
    assert (home / "wordpress/column/12-back.html").is_file()
    export.write_text(column.replace(">publish<", ">trash<"), encoding="utf-8")
    assert run("pull", "--from-wxr", str(export), "--types", "column") == 2
    export.write_text(text.replace(">post<", ">../../x<"), encoding="utf-8")
    assert cli.run(["check", str(export)]) == 2


def test_a_folder_that_cannot_be_made_is_told(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.xml"
    export.write_text(EXPORT.replace("TEXT", "<p>a</p>"), encoding="utf-8")
    (home / "wordpress").write_text("a file", encoding="utf-8")
    assert run("pull", "--from-wxr", str(export)) == 2
    said = capfd.readouterr()
    assert "cannot be written" in said.out + said.err
    assert "an error in refpipe itself" not in said.err


def test_a_merge_keeps_both_sides_or_says_that_it_cannot() -> None:
    base = "a\nb\nc\n"
    assert merge(base, "A\nb\nc\n", "a\nb\nC\n") == ("A\nb\nC\n", True)
    assert merge(base, "X\nb\nc\n", "Y\nb\nc\n")[1] is False
    assert merge(base, "A\nb\nc\n", "A\nb\nc\n") == ("A\nb\nc\n", True)
    assert merge("a\n=======\nb", "A\n=======\nb", "a\n=======\nB") == ("A\n=======\nB", True)
    both, is_clean = merge("a\nb", "a\nX", "a\nY")
    assert not is_clean
    assert both.splitlines() == ["a", "<<<<<<< here", "X", "=======", "Y", ">>>>>>> site"]


def test_a_listing_that_broke_off_goes_on_and_misses_nothing(
    site: FakeWordPress, home: Path
) -> None:
    posts = [site.add(f"{ONE} {number}") for number in range(230)]
    broken = [True]

    def fault(_: str, path: str) -> tuple[int, bytes, str] | None:
        is_second = path.endswith("/posts") and site.queries[-1].get("page") == "3"
        return (403, b"busy", "text/plain") if broken and is_second else None

    site.faults.append(fault)
    assert run("pull", "--types", "posts") == 2
    assert len(list((home / "wordpress" / "posts").glob("*.html"))) == 100
    broken.clear()
    site.save(posts[7], "changed meanwhile")
    site.queries.clear()
    assert run("pull", "--types", "posts") == 0
    asked = [query["page"] for query in site.queries if "page" in query]
    assert asked == ["3", "4", "5", "1"]  # The last asks for what was changed meanwhile.
    assert len(list((home / "wordpress" / "posts").glob("*.html"))) == 230
    assert file_of(home, posts[7]).read_text(encoding="utf-8") == "changed meanwhile"
    site.queries.clear()
    assert run("pull", "--types", "posts") == 0
    assert [query["page"] for query in site.queries if "page" in query] == ["1", "2", "3", "4", "5"]


def test_a_listing_of_a_site_that_has_other_posts_by_now_begins_anew(
    site: FakeWordPress, home: Path
) -> None:
    posts = [site.add(f"{ONE} {number}") for number in range(120)]
    broken = [True]
    site.faults.append(
        lambda _, path: (
            (403, b"busy", "text/plain")
            if broken and path.endswith("/posts") and site.queries[-1].get("page") == "2"
            else None
        )
    )
    assert run("pull", "--types", "posts") == 2
    broken.clear()
    del site.posts[posts[0].id]
    assert run("pull", "--types", "posts") == 1  # One is gone, and this is told.
    assert len(list((home / "wordpress" / "posts").glob("*.html"))) == 120


def test_what_an_editor_took_and_what_is_elsewhere_is_named(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bare = '<span data-cite="@a"><a href="#ref-1">[1]</a></span>'
    site.add(
        f"<!-- wp:paragraph -->\n<p>有用{bare}。</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:block {"ref":42} /-->\n\n'
        "<!-- wp:html -->\n<!--bibliography-->\n<!-- /wp:html -->"
    )
    site.add(ONE)
    run("pull")
    capfd.readouterr()
    assert run("status") == 0
    told = capfd.readouterr().err
    assert told.count("refpipe refs puts them back") == 1
    assert "synced pattern 42" in told


def test_dates_that_the_site_does_not_bear_out_are_found(
    site: FakeWordPress, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    right = site.add("<p>公開日：2026年11月25日 更新日：2026/11/25</p>")
    wrong = site.add("<p>公開日：2026年11月24日</p>\n<p>更新日：2026/11/26</p>")
    draft = site.add("<p>公開日：2026年11月24日</p>", status="draft")
    run("pull")
    paths = [str(file_of(home, post)) for post in (right, wrong, draft)]
    assert cli.run(["check", "--today", "2026-12-01", "--lang", "en", *paths]) == 1
    found = [line for line in capfd.readouterr().out.splitlines() if "DATE106" in line]
    assert len(found) == 2
    assert all(str(wrong.id) in line for line in found)
    # What is remembered of an unchanged post does not outlive the site's own dates.
    wrong.modified = site.clock = 2 * 86400
    run("pull")
    assert cli.run(["check", "--today", "2026-12-01", "--lang", "en", *paths]) == 1
    assert capfd.readouterr().out.count("DATE106") == 1


def test_an_export_file_is_checked_and_adopted_for_a_look(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cited = (
        "<p>半数は自然に縮む[1]。更新日：2026/00/00</p>\n<h2>参考文献</h2>\n"
        "<p>[1] Sato H. Lumbar disc herniation. Spine. 1987;12(2):101-108.</p>"
    )
    (home / "site.xml").write_text(EXPORT.replace("TEXT", cited), encoding="utf-8")
    before = sorted(home.rglob("*"))
    assert cli.run(["check", "--lang", "en", "site.xml"]) in {1, 2}
    assert "site.xml/posts/12-back.html:1:" in capfd.readouterr().out
    assert cli.run(["adopt", "--diff", "--offline", "site.xml"]) == 0
    shown = capfd.readouterr().out
    assert "--- a/site.xml/posts/12-back.html" in shown
    assert "<!--bibliography-->" in shown
    assert cli.run(["adopt", "--offline", "site.xml"]) == 2
    assert "pull --from-wxr" in capfd.readouterr().err
    assert [path for path in sorted(home.rglob("*")) if ".refpipe" not in path.parts] == before


def test_a_site_is_worked_on_from_its_export_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (
        "<!-- wp:paragraph -->\n<p>半数は縮む[1]。</p>\n<!-- /wp:paragraph -->\n\n"
        "<!-- wp:heading -->\n<h2>参考文献</h2>\n<!-- /wp:heading -->\n\n"
        '<!-- wp:list {"ordered":true} -->\n<ol><!-- wp:list-item -->\n'
        "<li>Sato H. Lumbar disc herniation. Spine. 1987;12(2):101-108.</li>\n"
        "<!-- /wp:list-item --></ol>\n<!-- /wp:list -->"
    )
    (tmp_path / "clinic.xml").write_text(EXPORT.replace("TEXT", text), encoding="utf-8")
    assert cli.run(["init", "--yes"]) == 0
    assert cli.run(["check", "--lang", "en", "clinic.xml"]) == 2  # There is no library yet.
    assert "refpipe wordpress pull --from-wxr clinic.xml" in capfd.readouterr().out
    assert run("pull", "--from-wxr", "clinic.xml") == 0
    assert cli.run(["adopt", "--offline", "wordpress/posts/12-back.html"]) == 0
    assert cli.run(["refs", "--offline"]) == 0
    capfd.readouterr()
    cli.run(["check", "--lang", "en"])
    assert "CIT006" not in capfd.readouterr().out
    assert run("status") == 1  # Changed here, and the site has not got it.
    (tmp_path / "wordpress/posts/12-back.html").unlink()
    monkeypatch.setattr("refpipe.cli.terminal.language_of_talk", lambda: "ja")
    capfd.readouterr()
    assert run("status") == 1
    told = capfd.readouterr().err.replace("wordpress/posts/12-back.html", "")
    assert not re.search(r"\b(?!pull|push)[a-z]{3,}", told), told
