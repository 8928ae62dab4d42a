"""``refpipe desk FILE``: a review of the records of databases, counted as PRISMA asks."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from refpipe import cli
from refpipe.desk import application
from refpipe.desk.desk import Desk

BASE = "http://127.0.0.1:8999"
PUBMED = [
    ("Lumbar disc herniation in nurses", "10.1000/one", "Sato, Hanako", "101", "2015"),
    ("Sciatica and its course", "10.1000/two", "Mori, Ken", "55", "2016"),
    ("看護師の腰痛", "", "佐藤, 花子", "10", "2011"),
]
EMBASE = [
    ("Lumbar disc herniation in nurses.", "10.1000/ONE", "Sato H.", "101", "2015"),
    ("A trial of walking", "10.1000/three", "Abe, Jun", "7", "2017"),
    ("看護職における腰部の痛み", "", "佐藤, 花子", "10", "2011"),
]


def ris(rows: list[tuple[str, str, str, str, str]]) -> str:
    return "\n".join(
        f"TY  - JOUR\nTI  - {title}\n{f'DO  - {doi}' if doi else 'N1  - no'}\nAU  - {author}\n"
        f"T2  - Spine Reports\nVL  - 3\nIS  - 2\nSP  - {page}\nEP  - {int(page) + 9}\n"
        f"PY  - {year}\nER  - \n"
        for title, doi, author, page, year in rows
    )


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    """What ``refpipe desk`` would serve, each time it is called."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pubmed.ris").write_text(ris(PUBMED), encoding="utf-8")
    (tmp_path / "embase.ris").write_text(ris(EMBASE), encoding="utf-8")
    served: list[Desk] = []

    def serve(desk: Desk, opened: socket.socket, _: str) -> None:
        opened.close()
        served.append(desk)

    monkeypatch.setattr("refpipe.desk.serve", serve)
    return served


def client_of(desk: Desk) -> TestClient:
    client = TestClient(application(desk, token="t" * 40, port=8999), base_url=BASE)
    client.get(f"/?token={'t' * 40}")
    return client


def counts(client: TestClient) -> dict[str, int]:
    page = client.get("/flow?lang=en").text
    rows = re.findall(r'>([^<>]+)</t[hd]><td class="number">(\d+)</td>', page)
    return {name.strip(): int(number) for name, number in rows}


def test_the_counts_follow_what_is_decided_and_are_there_tomorrow(
    opened: list[Desk], tmp_path: Path
) -> None:
    command = ["desk", "--no-browser", "--offline", "pubmed.ris", "embase.ris"]
    assert cli.run(command) == 0
    client = client_of(opened[-1])
    assert client.get("/").url.path == "/flow"
    first = counts(client)
    assert first["Records identified"] == 6
    assert first["from pubmed.ris"] == first["from embase.ris"] == 3
    assert first["found by refpipe"] == 1
    assert first["Records to screen"] == 5
    page = client.get("/review?lang=en").text
    works = re.findall(r'name="work" value="([^"]+)"', page)
    assert len(works) == 2, "the translated title is a pair that a person decides"
    done = client.post("/review", data={"work": works, "answer": "m"}, headers={"Origin": BASE})
    assert done.status_code == 200
    assert cli.run(command) == 0
    tomorrow = client_of(opened[-1])
    after = counts(tomorrow)
    assert after["decided by a person"] == 1
    assert after["found by refpipe"] == 1
    assert after["Records to screen"] == 4
    assert after["Duplicate records removed before screening"] == 2
    left = tomorrow.get("/flow/left")
    assert left.headers["content-disposition"] == 'attachment; filename="left.ris"'
    assert left.text.count("TY  - ") == 4
    assert tomorrow.get("/flow/removed").text.count("TY  - ") == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] != ".") == [
        "embase.ris",
        "pubmed.review.db",
        "pubmed.ris",
    ]
