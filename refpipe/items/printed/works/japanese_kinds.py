"""Which kind of work a Japanese reference names, told by its signs before anything is read."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from refpipe.items.printed import japanese_layout, japanese_rows
from refpipe.items.printed.articles import japanese_numbers
from refpipe.items.printed.people.japanese_names import (
    KANA,
    KANJI,
    ROLE_BEFORE,
    is_body,
    is_site,
    within,
)
from refpipe.items.printed.works import days, japanese_stretches
from refpipe.items.printed.works.days import DATE, PLAIN_DATE
from refpipe.items.printed.works.japanese_roles import of_translation
from refpipe.items.printed.works.marks import Marked
from refpipe.lifetimes import lazy

_NEWSPAPER = (
    rf"(?:(?![{KANJI}{KANA}]{{1,7}}?(?:読売|毎日|朝日|産経|日経|日本経済)新聞)[{KANJI}{KANA}]{{1,8}}新聞"
    r"|(?:信濃|大阪|東京)(?:毎日|朝日)新聞|(?:中日|日刊|サンケイ|デイリー|東京)スポーツ|スポーツ(?:報知|ニッポン)|日経MJ|赤旗"
    rf"|共同通信|時事通信)"
    r"(?:\s?(?:電子版|デジタル|オンライン|DIGITAL))?"
)
_DESK = r"(?:(?:東京|大阪|西部|名古屋|北海道|全国|地方)(?:本社)?(?:版)?\s?)?(?:朝刊|夕刊)"
_LAW_NUMBER = (
    r"(?:(?<=[\d〇一二三四五六七八九十])[法令][\d〇一二三四五六七八九十]{1,4}(?=\s?\))|(?:法律|政令|省令|府令|勅令|条例|規則|告示"
    r"|訓令)第?\s?[\d一二三四五六七八九十百千]+\s?号(?:の\d+)?"
    rf"|[{KANJI}]{{1,6}}発\s?\d{{0,4}}\s?(?:第\s?\d+\s?号(?:の\d+)?)|事務連絡"
    rf"|(?<![{KANJI}\d])\d{{0,2}}[{KANJI}]{{1,5}}(?<!通巻)(?<!増刊)第\s?\d+\s?号(?:の\d+)?(?=\s*(?:[),.」』]|$|通知|通達)))"
)
"""The number of a law, of an order, or of a notice by the office that gave it: 医事第58号."""
MARKS: dict[str, re.Pattern[str]] = {
    "report": re.compile(
        r"(?<![^\s,.:(])(?P<genre>リーフレット|パンフレット|ちらし|チラシ|小冊子)(?=\s*(?:[「『,.:)]|$))"
        r"|(?<=[.,])\s?(?:平成|令和|昭和)[\d元・～~-]{1,6}(?:年度[～~-](?:平成|令和)?\d{1,2})?年度[^.,「」『』]{0,40}(?:報告書|事業|科研費|補助金)[^.,「」『』]{0,40}(?=[.,]|$)"
        r"|(?<=[.,:])\s?(?:(?:平成|令和)[^\s.,:]{1,4}年度)?\s?[^\s.,:]{0,12}(?:研究費(?:補助|助成)[金事]|科学研究費)[^.,:]{0,50}(?=[.,:]|$)"
    ),
    "chapter": re.compile(
        r"(?:(?<=^)|(?<=[\s.,」”)]))(?:In|in)\s?[:.]?(?=\s|(?<=[:.]))|(?:に|より)?(?:所収"
        r"|収録|収載)\s?:?"
    ),
    "newspaper": re.compile(
        rf"[『「]?(?P<container_title>{_NEWSPAPER})[』」]?(?=\s*(?:[,.:()「『\x01]"
        rf"|東京|大阪|西部|名古屋|北海道"
        rf"|{PLAIN_DATE}|$|\s|付|朝|夕))"
        rf"|(?P<edition>{_DESK})"
        rf"|付け?(?=\s*(?:{_DESK}|[,.)]|$))"
    ),
    "thesis": re.compile(
        rf"(?:(?P<date>{PLAIN_DATE})度)?[(\[]?\s?(?P<genre>(?:博士|修士|卒業"
        r"|学位)(?:後期課程)?(?:学位)?(?:\([^()]{1,8}\))?(?:請求|申請)?論文"
        r"|(?<=[大学部科,.\s])卒業研究(?:報告書?)?(?=\s?(?:[,.)]|$))|博士\([^()]{1,8}\)(?:学位)?論文|学位論文\([^()]{1,8}\)|(?:博士|修士|学士)\s?\([^()]{1,8}学\)"
        r"|(?<=[\[(,.]|\s)(?:硕士|博士|석사|박사)(?:学位论文|论文|\s?학위\s?논문)?(?=\s?(?:[\])]|[,.]|$)))\s?[)\]]?"
    ),
    "law": re.compile(
        rf"[(\[]?\s?(?P<date>{PLAIN_DATE})?\s?(?:付け?)?\s?(?P<number>(?:[{KANJI}]{{2,8}}(?:省|庁|府)"
        rf"|[{KANJI}]{{1,6}}(?=省令)|内閣(?=府令))?{_LAW_NUMBER})\s?(?:別添|別紙)?\s?[)\]]?"
        rf"(?:第\s?\d+\s?条(?:の\d+)?(?:第\d+項)?)?"
    ),
    "drug-label": re.compile(
        r"(?<=[,.:(」』\x01])\s?[(\[]?(?:医薬品)?(?P<genre>電子添文|添付文書|インタビューフォーム)[)\]]?(?=\s*[,.:)(]|\s*$)"
    ),
    "standard": re.compile(
        r"(?P<number>\b(?:JIS|ISO|IEC|JAS|EN|ASTM|ANSI|BS"
        r"|DIN)(?:/[A-Z]+)*\s?[A-Z]?\s?\d[\d.-]*(?:-\d+)*(?:\s?:\s?(?P<date>(?:19"
        r"|20)\d\d))?)"
    ),
    "conference": re.compile(
        r"(?:(?<=[\s,.;:])(?P<volume>\d{1,3})\s?\((?P<issue>[^()]{1,14})\)\s?[:,]?|(?<=[集会録])\s?(?::|,(?!\s?(?:19|20)\d\d(?!\d))))\s?"
        r"(?:pp?\.?\s?)?(?P<page>[A-Z]{0,2}-?\d[A-Za-z\d-]*)(?!\w)"
    ),
    "video": re.compile(
        r"(?P<container_title>YouTube|ユーチューブ|ニコニコ動画|Vimeo|NHK(?:オンデマンド"
        r"|プラス)?)(?:チャンネル)?"
    ),
    "dataset": re.compile(
        r"(?P<publisher>(?:政府統計の総合窓口\s?\(\s?)?e-Stat\)?|Zenodo|figshare|Dryad)(?:\s?[・,:]\s?(?P<number>statsDataId\s?[:=]?\s?\d{6,}))?"
    ),
    "preprint": re.compile(
        r"(?P<container_title>Jxiv|bioRxiv|medRxiv|arXiv|PsyArXiv|SSRN|Research Square"
        r"|OSF Preprints)"
    ),
}
"""What a kind says in words of its own; the groups are named for the fields that they fill."""

_JOURNAL_TAIL = lazy(
    r"\d\s?巻|\A[^\d,.:]{0,20}\s\d{1,4}\s?\(\d{1,3}\)\s|年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?号|第?\d+\s?(?:号|集)(?!\s?(?:室|館))|\bvol(?:ume)?\.?\s?\d|\bno\.\s?\d"
    r"|(?<![\d:])\d{1,4}\s?\([^()]{1,14}\)\s?[:,;]?\s?(?:pp?\.?)?\s?[A-Za-z]{0,2}\d"
    r"|(?<![\d/:])\b\d{1,4}\s?:\s?(?:pp?\.?\s?)?[A-Za-z]{0,2}\d{1,5}(?![\d:]|\s?年)|;\s?\d{1,4}\s?[(:・]"
    r"|(?<![\d:])\d{1,4}\s?:\s?\d{1,3}\s?:\s?[A-Z]?\d{1,5}-+[A-Z]?\d|(?<![\d-])\d{1,3}-\d{1,2}\s?[,:]\s?(?:pp?\.?\s?)?\d{1,5}-\d|,\s?\d{1,4},\s?(?:pp?\.?\s?)?[A-Za-z]?\d{1,5}-+[A-Za-z]?\d+\s?(?:[.(,頁ペ]|$)"
    r"|(?:^|[\s)])(?!(?:19|20)\d\d\b)\d{1,4}\s?,\s?[A-Za-z]?\d{1,5}-+[A-Za-z]?\d+\s?(?:[.(,]|$)",
    re.IGNORECASE,
)
_ROLE = lazy(
    rf"(?<=[{KANJI}{KANA}\s)(,・A-Za-z./])(?:ほか|他)?[(\[]?(?:編|編著者?|編集・発行|編集・監修|編集|監修?|監訳|訳|翻訳"
    rf"|共編著?|編集?・著|著・編集?|編者|編集代表|総編集|責任編集|日本語版監修|(?<=\()[共原]?著(?=\))|(?<=[{KANJI}]\s)[共原]?著者?(?=[\s(「『,:.])|(?<=[{KANJI}{KANA}])(?<![名顕原主遺論])著(?=\s?[(「『:]))[)\]]?(?=\s*(?:[,.:;/「『()\s]|$))"
)
_OWN_PUBLISHER = lazy(
    r"(?:書院|出版[会部]?|堂|書店|書房|新社|書林|図書|ブックス|クリエイティブ|じほう|ぎょうせい|講談社"
    r"|岩波|幻冬舎|新潮社|文藝春秋|インターナショナル|[^\s.,:]{2,8}(?:新書|文庫|選書)|ブルーバックス)(?=\s*(?:[,.;:)(]|\s|$|\d))"
)
_ROLE_BEFORE = lazy(rf"(?:^|[.,:/]\s?)[(\[【]?{ROLE_BEFORE}(?:\s?[)\]】:]|\s)\s?(?=\w)")
_EDITION = lazy(
    r"(?<![\d年])\d{1,2}\s?版(?=\s*[,.;:)]|\s|$)|第\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?版|改訂\s?第?\d*\s?版|初版|新版|[新全改補増][訂補]版|増補"
)
_IMPRINT = lazy(
    r"(?:東京|大阪|京都|名古屋)\s?[:,]|[,.]\s?(?:東京|大阪|京都|名古屋)\s?[,.;]?\s?(?:\d|\x01|$)"
)
_REPORT = lazy(
    r"(?:報告書?|白書|概況|答申|調査|統計|計画|指針|提言|資料|要綱|総括|議事録|基準)(?:[」』)]|\s"
    r"|[,.(]|$)"
)
_GUIDELINE = lazy(r"ガイドライン|診療の手引き|診療指針|ステートメント")
_PROCEEDINGS = lazy(
    r"抄録集|予稿集|講演集|論文集|発表論文|講演会|学術(?:集会|大会)|プログラム・?抄録|発表大会"
    r"|第\s?\d+\s?回[^.,。]{2,30}(?:大会|学会|総会|集会)"
)
_NAMED = lazy(r"『(?:[^『』]|『[^『』]*』)+』|「(?:[^「」]|「[^「」]*」)+」")


def kind_of(masked: str, named: AbstractSet[str]) -> str:  # noqa: PLR0911
    """The kind of a Japanese reference; ``journal`` where nothing speaks for another.

    ``masked`` is the text without identifiers and addresses, ``named`` says which there were.
    """
    if of_translation(masked):
        return "book"
    bare = MARKS["standard"].sub(" ", _NAMED.sub(" ", japanese_layout.ASIDES.sub(" ", masked)))
    tail = _JOURNAL_TAIL.search(bare) is not None
    if own := japanese_numbers.in_row(masked) or _law(masked):
        return own
    if re.search(r"添付文書|電子添文|インタビューフォーム", masked) and not tail:
        return "drug-label"
    if _is_standard(masked) and not re.search(r"[編訳著]", masked):
        return "standard"
    if re.search(
        r"[\[(]\s?(?:動画|映像|video)\s?[\])]|YouTube|ユーチューブ|年\s?\d+月\s?\d+日\s?(?:\d+時(?:\d+分)?頃?)?\s?放送",
        masked,
        re.IGNORECASE,
    ):
        return "video"
    if re.search(r"[\[(]\s?(?:データセット|data ?set)\s?[\])]|\be-Stat\b", masked, re.IGNORECASE):
        return "dataset"
    if _is_thesis(masked, tail=tail):
        return "thesis"
    if MARKS["preprint"].search(masked):
        return "preprint"
    if _is_newspaper(masked) and not (tail and not re.search(_DESK, masked)):
        return "newspaper"
    return _book_or_other(masked, named, tail=tail)


def _is_thesis(masked: str, *, tail: bool) -> bool:
    """Whether a thesis is named, or the degree that was given for it."""
    named = re.search(
        r"(?:博士|修士|卒業|学位)(?:後期課程)?(?:学位)?(?:\([^()]{1,8}\))?(?:請求|申請)?論文",
        masked,
    )
    if named and not (tail and "要旨" in masked):
        return True
    is_told = any(sign.search(masked) for sign in (_FOREIGN_THESIS, _DEGREE))
    return not tail and (is_told or japanese_rows.is_of_school(masked))


_DEGREE = lazy(
    r"(?:博士|修士)\s?\([^()]{1,8}学\)|[甲乙]第\s?\d+\s?号|[大学部科,.]\s?卒業研究(?:報告書?)?\s?(?:[,.)]|\Z)"
)
"""The degree for which a thesis was written, or the number under which it was given."""
_NOTICE = lazy(r"通知|通達|事務連絡|法律|政令|省令|府令|規則|告示|条例|訓令|発\s?\d{0,4}\s?第")


_FOREIGN_THESIS = lazy(
    r"[\[(,.]\s?(?:硕士|博士|석사|박사)(?:学位论文|论文|\s?학위\s?논문)?\s?(?:[\])]|[,.]|$)|(?:대학교|[^.,]大学)[,;]\s?(?:19|20)\d\d(?!\s?年\s?\d|[./-]\d)"
)
_CITED_LAW = lazy(
    r"(?:法|法律|令|規則|条例|規程|要綱)\s?\(\s?(?=(?:明治|大正|昭和|平成|令和|[明大昭平令][\d〇一二三四五六七八九十元]))"
    rf"{PLAIN_DATE}[^()]{{0,24}}\)"
)
"""A law with its day in the years of an era."""


_ARTICLE_OF_LAW = lazy(
    r"\s*[^\s,.:「『]{1,30}(?:法|法律|令|規則|条例)\s?第[\d一二三四五六七八九十百]+条(?:の\d+)?(?:第\d+[項号])*\s?(?:\([^()]*\))?\s*"
)


def _law(masked: str) -> str:
    """``law`` if the number of one or of a notice is printed, and a word that says it is one."""
    numbered = re.search(_LAW_NUMBER, masked) and _NOTICE.search(masked)
    is_named = (numbered or _CITED_LAW.search(masked)) and not tail_without_law(masked)
    return "law" if is_named or _ARTICLE_OF_LAW.fullmatch(masked) else ""


def tail_without_law(masked: str) -> bool:
    """Whether a volume and pages are left when the numbers of laws are taken away."""
    return _OF_VOLUME.search(re.sub(_LAW_NUMBER, "", masked)) is not None


_OF_VOLUME = lazy(r"\d\s?巻|\bvol\.|;\s?\d{1,4}\s?[(:]|\d\s?\(\d+\)\s?[:,]\s?\d|\d+\s?:\s?\d+-\d+")


def _is_standard(masked: str) -> bool:
    """Whether the number of a standard is an element of its own, and no word of a title."""
    found = MARKS["standard"].search(masked)
    if found is None or not re.match(r"JIS|ISO|IEC|JAS", found["number"]):
        return False
    before = masked[: found.start()].rstrip()
    after = masked[found.end() :].lstrip()
    is_boxed = before.endswith(("[", "「", "『")) and (found["date"] or "規格協会" in masked)
    return (not before or is_boxed or before[-1] in ".,:;」』)(") and (
        not after or after[0] in ".,:;「『()" or masked[found.end()] in " \u3000"
    )


_PAGE_OF_DAY = lazy(rf"{PLAIN_DATE}.*\d\s?面(?=\s*(?:[,.)]|$))")
"""A day and the page of a sheet (1面), whatever the paper is called."""
_PAPER_FIRST = lazy(rf"\s*『?{_NEWSPAPER}』?\s?「[^」]{{8,}}")


def _is_newspaper(masked: str) -> bool:
    if re.search(_DESK, masked) or _PAGE_OF_DAY.search(masked) or _PAPER_FIRST.match(masked):
        return True
    paper = MARKS["newspaper"].search(masked)
    if paper is None or not paper["container_title"]:
        return False
    return re.search(r"月\s?\d{1,2}\s?日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", masked) is not None


def _book_or_other(masked: str, named: AbstractSet[str], *, tail: bool) -> str:  # noqa: PLR0911
    has_url, has_doi = bool(named & {"URL", "accessed"}), "doi" in named
    bare = _NAMED.sub(" ", masked)
    has_role = _ROLE.search(bare) is not None or _ROLE_BEFORE.search(bare) is not None
    has_publisher = _OWN_PUBLISHER.search(bare) is not None
    is_volume = japanese_stretches.is_volume(masked)
    has_house = has_publisher or is_volume or _IMPRINT.search(bare) is not None
    has_house = has_house or japanese_stretches.is_listed(masked, named)
    is_book = has_role or has_house or _PAGED.search(bare) is not None
    is_book = is_book or (_EDITION.search(masked) is not None and not tail)
    if _REPORT_OF_STUDY.search(bare) or _LEAFLET.search(bare):
        return "report"
    strong_tail = tail and re.search(
        r"\d\s?巻|年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?号|vol\.?\s?\d|\d\s?\(\s?(?:\d+|suppl[^()]*)\s?\)\s?[:,]|;\s?\d+"
        r"|\d+\s?:\s?[A-Z]?\d+-",
        bare,
        re.IGNORECASE,
    )
    if re.search(r"年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?号", bare):
        return "journal"
    is_held = re.search(r"(?:^|[\s,.」”])(?:In|収録)\s?[:.]", masked) is not None
    is_meeting = _PROCEEDINGS.search(bare) is not None and (is_held or not tail)
    if (is_meeting or japanese_stretches.ends_in_meeting(bare)) and not has_publisher:
        return "conference"
    is_edited = has_role and (has_house or _EDITION.search(bare) is not None)
    is_paged = _PAGED.search(bare) is not None and not re.search(r"\d\s?巻", bare)
    is_edited = is_edited or is_paged or is_volume or _PLACED.search(bare) is not None
    if strong_tail and not is_edited:
        return "journal"
    if has_url and has_role and not has_house and not _IS_OF_BOOK.search(masked):
        return "webpage"
    if is_book:
        return "chapter" if _is_chapter(masked) else "book"
    if tail:
        return "journal"
    if has_url and not has_doi:
        is_listed = _NAMED_FIRST.match(masked) and _HOUSE_LAST.search(masked)
        return "journal" if _OF_JOURNAL.match(masked) else "book" if is_listed else "webpage"
    if has_doi:
        return "journal"
    return _of_no_house(masked)


_PAGED = lazy(
    r"[.,]\s?(?:pp?\.?\s?\d[\d,\s-]*|\d[\d\s-]*(?:頁|ページ)),\s?[^\s\d,.:;()][^\d,.:;()]{1,24}(?:,\s?[^\d,.:;()]{1,12})?,\s?(?:19|20)\d\d年?\s*[.]?\s*$"
)
"""``pp 18-30, アイペック, 2005``: between pages and the year stands no journal."""
_PLACED = lazy(
    r"(?:東京|大阪|京都|名古屋|福岡|札幌|横浜|神戸)\s?:\s?[^\d:;,.()]{2,20}[,;]\s?(?:19|20)\d\d\s?[:;.,]\s?(?:pp?\.?\s?)?\d"
)
"""``東京: 協和企画, 2021:48-56``: before the colon stands a year, and no volume."""
_REPORT_OF_STUDY = lazy(
    r"研究費(?:補助|助成)[金事]|科学研究費|(?:総括|分担)(?:・分担)?研究(?:年度)?報告書|調査研究事業|助成研究報告書"
)
_LEAFLET = lazy(r"(?:リーフレット|パンフレット|ちらし|チラシ|小冊子)(?=\s*(?:[「『,.:()]|$))")
_BY_BODY = lazy(rf"\((?P<body>[^(),]{{2,40}}),\s?{PLAIN_DATE}[^()]*\)\s*\.?\s*$")
"""Who brought a work out and when, in brackets behind its title."""
_OF_BODY = lazy(r"[^「『:.,]{4,}\s?\((?P<body>[^(),]{2,40})\)\s*\.?\s*$")
"""A title and in brackets who brought it out."""
_BEHIND_QUOTED = lazy(
    rf"\s*「[^「」]+」\s?,?\s*(?P<body>[^「」『』,.:()\d]{{3,40}}?)[\s,]*(?:{PLAIN_DATE})?[\s.]*"
)
"""A society or an office alone behind what stands in quotation marks."""
_LAST_WORD = lazy(r"[\s.,:](?P<word>[^\s\d.,:()]{2,20})[\s,.]+(?:19|20)\d\d年?\s*[.]?\s*$")
"""What stands before a year that ends a reference without any other figure."""
PERIODICAL = lazy(
    r"(?:誌|雑誌|紀要|論文集|ジャーナル|会報|年報|新聞|Journal|医学|外科|内科|看護|治療|臨床|医療|診療|研究|科学|療法|科|薬学"
    r"|レビュー|学|学会|集)$|^[A-Za-z. ]+$"
)
_NAMED_FIRST = lazy(
    rf"[{KANJI}]{{2,5}}(?:[・,]\s?[{KANJI}]{{2,5}}){{0,3}}(?:[著編訳]|編著|ほか)?[\s:.,]"
)


_OF_JOURNAL = lazy(r"\s*[^\s「『:.,]{2,24}(?:学会誌|雑誌|紀要)(?:\s-\s|\s?「)")
_SOLD = r"(?<![会公結神聞信])社|出版[社部局会]?|書[店院房]"
_SPACED_HOUSE = lazy(rf"\s(?:19|20)\d\d年?\s.*\s[^\s,.:「」()]{{1,14}}(?:{_SOLD})[\s.]*$")
"""``名前 2011 題名 照林社``"""
_HOUSE_LAST = lazy(rf",\s?[^\s,.:「」()]{{1,14}}(?:{_SOLD})[\]\s.]*$")


def _of_no_house(masked: str) -> str:
    """The kind of a work that names no publisher, no address and no figures."""
    if "『" in re.sub("「[^「」]*」", "", masked):
        return (
            "chapter" if _is_chapter(masked) else ("report" if _REPORT.search(masked) else "book")
        )
    is_page = re.search(r"[^|]{4}\|\s?[^|]{2}", masked)  # 腰痛とは｜ほねナビ
    if is_page or _REPORT.search(masked):
        return "webpage" if is_page else "report"
    if _GUIDELINE.search(masked):
        return "book"
    quoted = _BEHIND_QUOTED.fullmatch(masked)
    by_body = quoted or _BY_BODY.search(masked) or _OF_BODY.fullmatch(masked.strip())
    if by_body and is_body(by_body["body"]):
        is_sold = re.search(rf"(?:{_SOLD})$", by_body["body"])
        return "book" if is_sold else "webpage" if quoted else "report"
    return _of_names(masked)


def _of_names(masked: str) -> str:
    """The kind of a work of which only names show what it is: who is in front, what is behind."""
    last = _LAST_WORD.search(masked)
    is_sold = last and PERIODICAL.search(last["word"]) is None
    if _NAMED_FIRST.match(masked) and (is_sold or _SPACED_HOUSE.search(masked)):
        return "book"
    first = re.split(r"[.:,「『]", masked.strip(), maxsplit=1)[0].strip()
    body, _, site = first.partition(" ")
    is_of_body = is_body(first) and not (is_site(first) or _YEAR_WITHIN.search(first))
    if is_of_body or (site and is_body(body)):
        return "webpage" if _SITE.search(site) else "report"
    if _ON_THE_WEB.search(masked):
        return "webpage"
    page = _PAGE_OF_SITE.fullmatch(masked.strip())
    named = within(masked, 0, masked.find("「")) if page else None
    is_of_site = page is not None and (named is None or is_site(page["site"]))
    is_news = (dated := _OF_DAY.search(masked)) and not PERIODICAL.search(dated["word"])
    return "webpage" if is_of_site or is_news else "journal"


_OF_DAY = lazy(
    r"(?<![^\s\d,.:()])(?P<word>[^\s\d,.:()]{2,})[\s,.(]*(?:19|20)\d\d年\s?\d+月\s?\d+日[\s.)]*$"
)
"""A day and no figure of a journal: 題名 AFPBB News 2010年7月16日."""
_ON_THE_WEB = lazy(
    r"(?:HP|ホームページ|[Ww]ebサイト|ウェブサイト|ブログ)(?=[「『\s(),.:]|$)|(?:更新|査読|配信|公開)(?:[・/](?:確認|改訂))?年?月?日?時?\s?:?\s?\d{4}[年/.-]"
    r"|(?:月|\d[./-])\s?\d{1,2}日?\s?(?:に|最終)?(?:更新|配信)[\s).]*\Z"
)
_YEAR_WITHIN = lazy(r"\s(?:19|20)\d\d年?\s")
_PAGE_OF_SITE = lazy(
    rf"(?P<site>[^「」『』:.,、。]{{2,40}})「[^「」]{{2,}}(?:「[^「」]*」[^「」]*)*」[\s,(]*"
    rf"(?:(?:最終)?(?:更新|公開)日?\s?:?\s?)?(?:{PLAIN_DATE})?(?:公開|更新|配信|掲載|付)?[)\s.]*"
)
"""``日経Gooday「題名」2019年4月10日公開``: a site, its page, and nothing else but a day."""


_SITE = lazy(r"(?:ネット|サイト|ナビ|ポータル|ホームページ|HP|[Ww]eb|ライブラリー?|オンライン)$")


_IS_OF_BOOK = lazy(r"訳|版|『|ガイドライン|ISBN|[(]\s?[共編]?著\s?[)]")
"""What books have, and pages that name who saw them through have not."""


def _is_chapter(masked: str) -> bool:
    """Whether a work is named within another: two titles, or editors behind a title."""
    if re.search(r"(?:^|[\s,.」”])(?:In|in)\s?[:.]?\s|所収|収録\s?[:.]", masked):
        return True
    if re.search(r"[「“][^」”]+[」”][^『]{0,80}『", masked) or _SPACED.search(masked):
        return True
    if _BETWEEN.search(masked) or _HOLDS.search(masked):
        return True
    roles = [
        match for match in _ROLE.finditer(masked)
        if not re.match(r"(?:ほか|他)?[(]?(?:監訳|訳|翻訳)", match[0])
    ]  # fmt: skip
    return bool(roles) and _has_author_before(masked, roles)


_SPACED = lazy(
    r"^[^「『:.,]{2,40}\s(?:19|20)\d\d\s[^:「『]{4,80}\s[^\s()]{2,24}\s?\((?:編著?|編集|監修)\)\s\S"
)
_HOLDS = lazy(
    r"^[^「『:]{2,80}:[^「『]{2,120}[.,]\s?「(?:[^「」]|「[^」]*」)+」\s?\([^()]{2,80}(?:編著?|編集|著|監修?)\s?\)"
)
_BETWEEN = lazy(
    rf"^[^『「]{{6,}}[,.]\s?[{KANJI}]{{1,4}}\s?[{KANJI}{KANA}]{{1,4}}[,.:]?\s?『[^』]+』.*[編監]"
)


def _has_author_before(masked: str, roles: list[re.Match[str]]) -> bool:
    """Whether names, a stop and a title stand before the first role."""
    before = masked[: roles[0].start()]
    if _ROLE_BEFORE.match(masked) and "「" not in before:
        return False
    named = [within(one, 0, len(one)) is not None for one in before.split(",") if one.strip()]
    if "「" not in before and named[:1] == named[-1:] == [True] and not all(named):
        return True  # 北澄, 題名, 森一弥 編, …: what stands between names is a title.
    return (
        re.search(
            r"^[^.:「『]{1,120}(?:[.:]|\([^()]*\)[.:]?\s?)\s*[^.]{2,}[.,」”(\s]"
            r"|^[^「『]{2,40}「[^」]+」",
            before,
        )
        is not None
        or len(re.findall(r"[.:]", before)) >= 2
    )


# ── what a kind says in words of its own ────────────────────────────


def take_marks(marked: Marked, kind: str) -> tuple[int, int]:
    """Take what a kind says in words of its own; where the number of a law stands in a bracket."""
    bracket = (0, 0)
    mark = MARKS.get(kind)
    for match in list(mark.finditer(marked.left)) if mark else ():
        if kind == "report" and not japanese_rows.may_be_grant(marked.left, match):
            continue
        groups = {key: value for key, value in match.groupdict().items() if value}
        for name in groups:
            field = name.replace("_", "-")
            if field == "date":
                dated = re.compile(DATE).search(match[name])
                others = marked.left[: match.start()] + marked.left[match.end() :]
                is_later = kind == "thesis" and re.search(r"(?:19|20)\d\d(?!\d|年度)", others)
                if dated and not (marked.has("issued") or is_later):
                    parts = {"date-parts": [days.date_parts(dated)]}
                    marked.take("issued", parts, match.span(name), 0.9)
            elif not marked.has(field):
                marked.take_text(field, match.span(name), 0.9)
        marked.known.append(match.span())
        if kind == "law" and match[0].startswith("(") and match[0].endswith(")"):
            bracket = match.span()
        marked.cut(*match.span())
    return bracket
