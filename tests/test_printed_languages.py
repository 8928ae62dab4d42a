"""What the languages of Europe call the parts of a reference, in the forms of their own lists."""

from __future__ import annotations

import pytest

from refpipe.items import printed
from refpipe.items.printed import Printed


def families(read: Printed, role: str = "author") -> list[str]:
    return [str(one.get("family") or one.get("literal")) for one in read.reading.item.get(role, [])]


def is_sure(read: Printed, *names: str) -> bool:
    return all(read.fields[name].is_sure for name in names)


# ── marks of a list that is cut ──

CUT = [
    "ym.", "jt.", "i sur.", "i sar.", "i suradnici.", "a kol.", "a spol.", "i wsp.", "i in.",
    "и др.", "та ін.", "e cols.", "e col.", "y cols.", "y col.", "y otros.", "e outros.",
    "et coll.", "e coll.", "e altri.", "et autres.", "u. a.", "u.a.", "und andere.", "m.fl.",
    "m. fl.", "m fl.", "og andre.", "e.a.", "en anderen.", "és mtsai.", "ve ark.",
    "și colab.", "in sod.", "ir kt.", "i saradnici.", "et al.",
]  # fmt: skip


@pytest.mark.parametrize("sign", [" ", ", "])
@pytest.mark.parametrize("mark", CUT)
def test_a_mark_of_a_cut_list_is_no_name_and_no_title(mark: str, sign: str) -> None:
    for head in ("Lau E", "Lau E, Nagai D", "Lau, E.", "Lau, E., Nagai, D."):
        text = f"{head}{sign}{mark} Calcium and bone density. Bone Rep 2014;6:112-9."
        read = printed.read(text)
        assert families(read) == ["Lau", "Nagai"][: 1 + ("Nagai" in head)], text
        assert read.reading.item["title"] == "Calcium and bone density", text
        assert read.reading.item["custom"]["author-et-al"] is True, text
        assert not read.rest, text


def test_a_mark_of_an_unknown_language_is_told() -> None:
    read = printed.read("Lau E, Nagai D kai syn. Calcium and bone. Bone Rep 2014;6:112-9.")
    assert families(read) == ["Lau", "Nagai"]
    assert read.reading.item["title"] == "Calcium and bone"
    assert not read.fields["author"].is_sure


@pytest.mark.parametrize(
    "title", ["Hand in hand and others", "Care at home i in", "Bones and joints m.fl"]
)
def test_small_words_within_a_title_cut_no_list(title: str) -> None:
    read = printed.read(f"Lau E. {title}. Bone Rep 2014;6:112-9.")
    assert read.reading.item["title"] == title
    assert "custom" not in read.reading.item
