"""Pages that are out there: the article read out of them, fetched politely, checked, adopted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fake_registry import FakeRegistry
from hypothesis import given
from hypothesis import strategies as st
from running import refpipe

from refpipe.http import Failure, Http
from refpipe.pipeline.site import published
from refpipe.sources import web_page
from refpipe.sources.web_page import Crawl

SITE = "https://clinic.example.org"
NOW = "2026-11-25T00:00:00Z"
TEXT = "腰の痛みについて、画像と症状は必ずしも一致しません。" * 12
PAGE = f"""<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8"><title>腰痛</title>
<meta property="article:published_time" content="2026-02-10T00:00:00+09:00">
</head>
<body>
<nav><a href="/">トップ</a> 更新日:2020/13/01</nav>
<main>
<h1>腰痛</h1>
<p>公開日:2026/02/10 更新日:2026/00/00</p>
<p>{TEXT}[1]</p>
<aside>ほかの記事 2019/99/99</aside>
<h2>参考文献</h2>
<p>[1]M. Modic, “A title on the back,” Radiology, vol. 237, no. 2, 2005, doi: 10.5555/abc.</p>
<iframe src="/map"></iframe>
</main>
<footer>© 2001/02/31</footer>
</body>
</html>
"""


def environ(fake: FakeRegistry) -> dict[str, str]:
    return {**fake.environ, "REFPIPE_MAILTO": "me@example.org"}


def crawl(fake: FakeRegistry) -> Crawl:
    return Crawl(Http(fake.settings()))


def test_what_is_not_the_article_is_blanked_where_it_stands() -> None:
    found = published.read_page(PAGE)
    assert len(found.text) == len(PAGE)
    assert found.text.count("\n") == PAGE.count("\n")
    for gone in ("トップ", "2020/13/01", "ほかの記事", "2001/02/31"):
        assert gone not in found.text
    for kept in ("article:published_time", "2026/00/00", "Radiology", "参考文献"):
        assert found.text.index(kept) == PAGE.index(kept)
    assert found.unseen == ("1 embedded frames were not looked into",)


_PIECES = st.sampled_from(
    ["<main>", "</main>", "<article>", "</article>", "<p>", "x" * 150, "\r\n", "<nav>", "</nav>",
     "<!-- <main> -->", "<script>'<article>'</script>", "<body>", "</body>", "<br>", "<", ">",
     '<div class="entry-content">', "</div>", "漢😀", "&amp;", "<!doctype html>",
     "<aside", "]]>", "<![x", "<?p", "</"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_page_keeps_its_lines_and_columns(page: str) -> None:
    found = published.read_page(page)
    assert len(found.text) == len(page)
    for before, after in zip(page, found.text, strict=True):
        assert after in (before, " ")
        assert before not in "\r\n" or after == before


def test_the_surest_part_with_text_is_the_article() -> None:
    card = "<article><p>short</p></article>"
    long = f'<div class="entry-content">{TEXT}</div>'
    assert TEXT in published.read_page(f"<body>{card}{card}{long}</body>").text
    assert "short" not in published.read_page(f"<body>{card}{card}{long}</body>").text
    assert "short" in published.read_page(f"<body>{card}</body>").text
    (unseen,) = published.read_page("<body><div id=app></div></body>").unseen
    assert "what a script adds was not seen" in unseen


def test_a_page_is_fetched_once_a_day_and_then_only_if_it_changed(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.page(f"{SITE}/a", PAGE, ETag='"v1"')
    asked = crawl(fake_registry)
    first = published.fetch(asked, f"{SITE}/a", tmp_path, now=NOW)
    assert first.file is not None
    assert first.file.read_text(encoding="utf-8").count("参考文献") == 1
    fake_registry.forget_requests()
    again = published.fetch(asked, f"{SITE}/a", tmp_path, now="2026-11-25T23:00:00Z")
    assert again == first
    assert not fake_registry.requests
    later = published.fetch(asked, f"{SITE}/a", tmp_path, now="2026-11-27T00:00:00Z")
    assert later == first
    assert len(fake_registry.requests) == 1
    fake_registry.page(f"{SITE}/a", PAGE.replace("腰痛", "肩痛"), ETag='"v2"')
    changed = published.fetch(asked, f"{SITE}/a", tmp_path, now="2026-11-29T00:00:00Z")
    assert changed.file is not None
    assert "肩痛" in changed.file.read_text(encoding="utf-8")


def test_robots_are_heard_and_no_private_address_is_asked(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.page(f"{SITE}/robots.txt", "User-agent: *\nDisallow: /private/\n")
    fake_registry.page(f"{SITE}/private/a", PAGE)
    fake_registry.page(f"{SITE}/b", "", status=302, Location="http://127.0.0.1/x")
    fake_registry.page(f"{SITE}/c", "%PDF", Content_Type="application/pdf")
    asked = crawl(fake_registry)
    reasons = {
        path: published.fetch(asked, f"{SITE}/{path}", tmp_path, now=NOW).failure
        for path in ("private/a", "b", "c", "none")
    }
    assert "robots.txt" in reasons["private/a"]
    assert "private address" in reasons["b"]
    assert "no web page" in reasons["c"]
    assert "404" in reasons["none"]
    paths = [request.path for request in fake_registry.requests]
    assert sum("robots.txt" in path for path in paths) == 1
    assert not any("private%2Fa" in path for path in paths)


def test_a_sitemap_leads_to_its_pages(fake_registry: FakeRegistry) -> None:
    names = ("s1.xml", "s2.xml.gz", "sitemap.xml")
    maps = "".join(f"<sitemap><loc>{SITE}/{name}</loc></sitemap>" for name in names)
    index = f"<sitemapindex>{maps}</sitemapindex>"
    fake_registry.page(f"{SITE}/sitemap.xml", index, Content_Type="application/xml")
    first = f"<url><loc> {SITE}/a?x=1&amp;y=2 </loc></url>"
    one = f"<urlset>{first}<url><loc>{SITE}/b</loc></url></urlset>"
    fake_registry.page(f"{SITE}/s1.xml", one)
    packed = f"<urlset><url><loc><![CDATA[{SITE}/c]]></loc></url></urlset>".encode()
    fake_registry.pages[f"{SITE}/s2.xml.gz"] = (200, {"Content-Type": "x"}, gzip.compress(packed))
    found = list(crawl(fake_registry).sitemap(f"{SITE}/sitemap.xml"))
    assert found == [f"{SITE}/a?x=1&y=2", f"{SITE}/b", f"{SITE}/c"]
    fake_registry.page(f"{SITE}/bad.xml", "<html>no</html>")
    (failure,) = crawl(fake_registry).sitemap(f"{SITE}/bad.xml")
    assert isinstance(failure, Failure)


def test_what_of_a_sitemap_was_not_read_is_told(
    fake_registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_page, "_MAPS", 2)
    maps = "".join(f"<sitemap><loc>{SITE}/{name}.xml</loc></sitemap>" for name in "xyz")
    fake_registry.page(f"{SITE}/sitemap.xml", f"<sitemapindex>{maps}</sitemapindex>")
    locations = f"<url><loc>{SITE}/a</loc></url>" + " " * 2**21
    fake_registry.page(f"{SITE}/x.xml", f"<urlset>{locations}</urlset>")
    found = list(crawl(fake_registry).sitemap(f"{SITE}/sitemap.xml"))
    many, large, page = found
    assert isinstance(many, Failure)
    assert "more than 2 sitemaps" in many.reason
    assert isinstance(large, Failure)
    assert "too large" in large.reason
    assert page == f"{SITE}/a"


def test_a_site_whose_robots_cannot_be_had_is_not_asked(fake_registry: FakeRegistry) -> None:
    fake_registry.page(f"{SITE}/robots.txt", "busy", status=503)
    fake_registry.page(f"{SITE}/a", PAGE)
    found = crawl(fake_registry).page(f"{SITE}/a")
    assert isinstance(found, Failure)
    assert "is in trouble (503)" in found.reason
    assert not any(request.path.endswith("%2Fa") for request in fake_registry.requests)


def test_the_checker_names_the_page_and_what_it_could_not_see(
    fake_registry: FakeRegistry, tmp_path: Path
) -> None:
    fake_registry.page(f"{SITE}/a", PAGE)
    (tmp_path / "refpipe.toml").write_text('lang = "en"\n', encoding="utf-8")
    run = refpipe("check", f"{SITE}/a", folder=tmp_path, extra=environ(fake_registry))
    line = PAGE[: PAGE.index("2026/00/00")].count("\n") + 1
    assert f"{SITE}/a:{line}:" in run.stdout
    assert "DATE001" in run.stdout
    assert "2020/13/01" not in run.stdout
    assert "embedded frames" in run.stderr
    assert "1 reference of hand-made lists could not be checked" in run.stderr
    assert run.returncode == 2, run.stderr
    gone = refpipe("check", f"{SITE}/gone", folder=tmp_path, extra=environ(fake_registry))
    assert gone.returncode == 2
    assert f"{SITE}/gone: could not be checked" in gone.stderr
    refused = refpipe("check", "--fix", f"{SITE}/a", folder=tmp_path)
    assert refused.returncode == 2


def test_a_page_is_brought_home_and_adopted(fake_registry: FakeRegistry, tmp_path: Path) -> None:
    fake_registry.page(f"{SITE}/a", PAGE)
    (tmp_path / "refpipe.toml").write_text('lang = "en"\n', encoding="utf-8")
    call = ("adopt", f"{SITE}/a", "--out", "a.html", "--offline")
    run = refpipe(*call, folder=tmp_path, extra=environ(fake_registry))
    assert run.returncode == 0, run.stderr
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="ja">')
    assert f'<link rel="canonical" href="{SITE}/a">' in text
    assert "<!--bibliography" in text
    assert "トップ" not in text
    again = refpipe(*call, folder=tmp_path, extra=environ(fake_registry))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("call", [("a.html",), (f"{SITE}/a", f"{SITE}/b"), (f"{SITE}/a",)])
def test_adopting_a_page_needs_one_address_and_a_file(
    call: tuple[str, ...], tmp_path: Path
) -> None:
    out = ["--out", "x.md"] if call == (f"{SITE}/a",) else ["--out", "x.html"]
    assert refpipe("adopt", *call, *out, folder=tmp_path).returncode == 2
    assert not list(tmp_path.glob("x.*"))
