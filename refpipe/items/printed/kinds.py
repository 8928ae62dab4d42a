"""Which kind of work a reference names, told by its signs before anything else is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refpipe.items.printed import imprint
from refpipe.items.printed.japanese_names import KANA, KANJI, is_body
from refpipe.items.printed.marks import PLAIN_DATE
from refpipe.items.printed.words import CONTAINER_WORDS, WHOLE_CONTAINERS

TYPE_OF = {
    "journal": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "guideline": "book",
    "report": "report",
    "webpage": "webpage",
    "newspaper": "article-newspaper",
    "thesis": "thesis",
    "conference": "paper-conference",
    "law": "legislation",
    "drug-label": "document",
    "standard": "standard",
    "preprint": "article",
    "dataset": "dataset",
    "video": "motion_picture",
}
"""The type that CSL has for each kind (docs.citationstyles.org, appendix III)."""

WITH_IMPRINT = {"book", "chapter", "guideline", "report", "standard", "conference", "drug-label"}
"""Kinds behind whose titles a publisher may stand."""

PUBLISHER = re.compile(
    r"(?:書院|出版[会部局社]?|堂|書店|書房|新社|社|館|協会|振興会|書林|刊行会|研究会|センター"
    r"|ジャパン|ブックス"
    r"|クリエイティブ|ハウス|プレス|企画|じほう|ぎょうせい|インターナショナル|サイエンス"
    r"|メディカ|メディカル|会館|印刷局|ケア|舎|閣|堂出版|新聞"
    r"|Press|Publishing|Publishers|Springer|Elsevier|エルゼビア|シュプリンガー|法人.*"
    r"|学会|機構|財団|省|庁)$"
)
"""Endings of the names of Japanese publishers; where a name stands tells more."""

_NEWSPAPER = (
    rf"(?:[{KANJI}{KANA}]{{1,8}}新聞|中日スポーツ|日刊スポーツ|日経MJ|信濃毎日新聞|赤旗"
    rf"|共同通信|時事通信)"
    r"(?:\s?(?:電子版|デジタル|オンライン|DIGITAL))?"
)
_DESK = r"(?:(?:東京|大阪|西部|名古屋|北海道|全国|地方)(?:本社)?(?:版)?\s?)?(?:朝刊|夕刊)"
_LAW_NUMBER = (
    r"(?:(?:法律|政令|省令|勅令|条例|規則|告示"
    r"|訓令)第?\s?[\d一二三四五六七八九十百千]+\s?号(?:の\d+)?"
    rf"|[{KANJI}]{{1,6}}発\s?\d{{0,4}}\s?(?:第\s?\d+\s?号(?:の\d+)?)|事務連絡)"
)
_MAKER = (
    rf"[{KANJI}{KANA}A-Za-z・ー]{{2,24}}(?:株式会社|製薬|薬品(?:工業)?|ファーマ|化学)"
    rf"|株式会社[{KANJI}{KANA}]{{2,20}}"
)

JAPANESE_MARKS: dict[str, re.Pattern[str]] = {
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
        r"(?:(?:令和|平成)?\d{1,4}年度)?[(\[]?\s?(?P<genre>(?:博士|修士|卒業"
        r"|学位)(?:後期課程)?(?:学位)?(?:\([^()]{1,8}\))?(?:請求|申請)?論文"
        r"|博士\([^()]{1,8}\)(?:学位)?論文|学位論文\([^()]{1,8}\))\s?[)\]]?"
    ),
    "law": re.compile(
        rf"[(\[]?\s?(?P<date>{PLAIN_DATE})?\s?(?:付け?)?\s?(?P<number>(?:[{KANJI}]{{2,8}}(?:省|庁|府)"
        rf"|[{KANJI}]{{1,6}}(?=省令))?{_LAW_NUMBER})\s?(?:別添|別紙)?\s?[)\]]?"
        rf"(?:第\s?\d+\s?条(?:の\d+)?(?:第\d+項)?)?"
    ),
    "drug-label": re.compile(
        r"(?<=[,.:(」』\x01])\s?(?P<genre>電子添文|添付文書|インタビューフォーム)(?=\s*[,.:)]|\s*$)"
    ),
    "standard": re.compile(
        r"(?P<number>\b(?:JIS|ISO|IEC|JAS|EN|ASTM|ANSI|BS"
        r"|DIN)(?:/[A-Z]+)*\s?[A-Z]?\s?\d[\d.-]*(?:-\d+)*(?:\s?:\s?(?P<date>(?:19"
        r"|20)\d\d))?)"
    ),
    "video": re.compile(
        r"(?P<container_title>YouTube|ユーチューブ|ニコニコ動画|Vimeo|NHK(?:オンデマンド"
        r"|プラス)?)(?:チャンネル)?"
    ),
    "dataset": re.compile(r"(?P<publisher>e-Stat|Zenodo|figshare|Dryad)"),
    "preprint": re.compile(
        r"(?P<container_title>Jxiv|bioRxiv|medRxiv|arXiv|PsyArXiv|SSRN|Research Square"
        r"|OSF Preprints)"
    ),
}
"""What a kind says in words of its own; the groups are named for the fields that they fill."""

_JOURNAL_TAIL = re.compile(
    r"\d\s?巻|第?\d+\s?(?:号|集)(?!\s?(?:室|館))|\bvol(?:ume)?\.?\s?\d|\bno\.\s?\d"
    r"|(?<![\d:])\d{1,4}\s?\([^()]{1,14}\)\s?[:,;]?\s?(?:pp?\.?)?\s?[A-Za-z]{0,2}\d"
    r"|(?<![\d/:])\b\d{1,4}\s?:\s?[A-Za-z]{0,2}\d{1,5}(?![\d:]|\s?年)|;\s?\d{1,4}\s?[(:・]",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"(?<=[{KANJI}{KANA}\s)(,・A-Za-z.])(?:ほか|他)?[(]?(?:編|編著|編集|監修?|監訳|訳|翻訳"
    rf"|編集代表|総編集|責任編集)[)]?(?=\s*(?:[,.:;「『)\s]|$))"
)
_OWN_PUBLISHER = re.compile(
    r"(?:書院|出版[会部]?|堂|書店|書房|新社|書林|ブックス|クリエイティブ|じほう|ぎょうせい|講談社"
    r"|岩波|幻冬舎|新潮社|文藝春秋|インターナショナル)(?=\s*(?:[,.;:)]|\s|$|\d))"
)
_EDITION = re.compile(r"第\s?\d{1,2}\s?版|改訂\s?第?\d*\s?版|初版|新版")
_IMPRINT = re.compile(
    r"(?:東京|大阪|京都|名古屋)\s?[:,]|[,.]\s?(?:東京|大阪|京都|名古屋)\s?[,.;]?\s?(?:\d|\x01|$)"
)
_REPORT = re.compile(
    r"(?:報告書?|白書|概況|答申|調査|統計|計画|指針|提言|資料|要綱|総括|議事録|基準)(?:[」』)]|\s"
    r"|[,.(]|$)"
)
_GUIDELINE = re.compile(r"ガイドライン|診療の手引き|診療指針|ステートメント")
_PROCEEDINGS = re.compile(
    r"抄録集|予稿集|講演集|論文集|講演会|学術(?:集会|大会)|プログラム・?抄録|発表大会"
    r"|第\s?\d+\s?回[^.,。]{2,30}(?:大会|学会|総会|集会)"
)
_NAMED = re.compile(r"『[^』]+』|「[^」]+」")


def japanese(masked: str, *, has_url: bool, has_doi: bool) -> str:  # noqa: PLR0911
    """The kind of a Japanese reference; ``journal`` where nothing speaks for another.

    ``masked`` is the text without identifiers and addresses.
    """
    tail = _JOURNAL_TAIL.search(_unquoted(masked)) is not None
    if re.search(_LAW_NUMBER, masked) and not tail_without_law(masked):
        return "law"
    if re.search(r"添付文書|電子添文|インタビューフォーム", masked) and not tail:
        return "drug-label"
    if _is_standard(masked) and not re.search(r"[編訳著]", masked):
        return "standard"
    if re.search(
        r"[\[(]\s?(?:動画|映像|video)\s?[\])]|YouTube|ユーチューブ|年\d+月\d+日\s?放送",
        masked,
        re.IGNORECASE,
    ):
        return "video"
    if re.search(r"[\[(]\s?(?:データセット|data ?set)\s?[\])]|\be-Stat\b", masked, re.IGNORECASE):
        return "dataset"
    if re.search(
        r"(?:博士|修士|卒業|学位)(?:後期課程)?(?:学位)?(?:\([^()]{1,8}\))?(?:請求|申請)?論文",
        masked,
    ) and not (tail and "要旨" in masked):
        return "thesis"
    if JAPANESE_MARKS["preprint"].search(masked):
        return "preprint"
    if _is_newspaper(masked) and not (tail and not re.search(_DESK, masked)):
        return "newspaper"
    return _book_or_other(masked, tail=tail, has_url=has_url, has_doi=has_doi)


def tail_without_law(masked: str) -> bool:
    """Whether a volume and pages are left when the numbers of laws are taken away."""
    left = re.sub(_LAW_NUMBER, "", masked)
    return (
        re.search(
            r"\d\s?巻|\bvol\.|;\s?\d{1,4}\s?[(:]|\d\s?\(\d+\)\s?[:,]\s?\d|\d+\s?:\s?\d+-\d+", left
        )
        is not None
    )


def _is_standard(masked: str) -> bool:
    """Whether the number of a standard is an element of its own, and no word of a title."""
    found = JAPANESE_MARKS["standard"].search(masked)
    if found is None or not re.match(r"JIS|ISO|IEC|JAS", found["number"]):
        return False
    before = masked[: found.start()].rstrip()
    after = masked[found.end() :].lstrip()
    return (not before or before[-1] in ".,:;」』)") and (
        not after or after[0] in ".,:;「『(" or masked[found.end()] in " \u3000"
    )


def _is_newspaper(masked: str) -> bool:
    if re.search(_DESK, masked):
        return True
    paper = JAPANESE_MARKS["newspaper"].search(masked)
    if paper is None or not paper["container_title"]:
        return False
    return re.search(r"月\s?\d{1,2}\s?日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", masked) is not None


def _unquoted(masked: str) -> str:
    """The text without what stands in quotation marks."""
    return _NAMED.sub(" ", masked)


def _book_or_other(masked: str, *, tail: bool, has_url: bool, has_doi: bool) -> str:  # noqa: PLR0911
    bare = _unquoted(masked)
    has_role = _ROLE.search(bare) is not None
    has_publisher = _OWN_PUBLISHER.search(bare) is not None
    has_house = has_publisher or _IMPRINT.search(bare) is not None
    is_book = has_role or has_house or (_EDITION.search(masked) is not None and not tail)
    strong_tail = tail and re.search(
        r"\d\s?巻|vol\.?\s?\d|\d\s?\(\s?(?:\d+|suppl[^()]*)\s?\)\s?[:,]|;\s?\d+"
        r"|\d+\s?:\s?[A-Z]?\d+-",
        bare,
        re.IGNORECASE,
    )
    if _PROCEEDINGS.search(bare) and not has_publisher and not tail:
        return "conference"
    is_edited = has_role and (has_house or _EDITION.search(bare) is not None)
    if strong_tail and not is_edited:
        return "journal"
    if is_book:
        return "chapter" if _is_chapter(masked) else "book"
    if tail:
        return "journal"
    if has_url and not has_doi:
        return "webpage"
    if has_doi:
        return "journal"
    if "『" in masked:
        return (
            "chapter" if _is_chapter(masked) else ("report" if _REPORT.search(masked) else "book")
        )
    if _REPORT.search(masked):
        return "report"
    if _GUIDELINE.search(masked):
        return "book"
    first = re.split(r"[.:,「『]", masked.strip(), maxsplit=1)[0]
    return "report" if is_body(first.strip()) else "journal"


def _is_chapter(masked: str) -> bool:
    """Whether a work is named within another: two titles, or editors behind a title."""
    if re.search(r"(?:^|[\s,.」”])(?:In|in)\s?[:.]?\s|所収|収録\s?[:.]", masked):
        return True
    if re.search(r"[「“][^」”]+[」”][^『]{0,80}『", masked):
        return True
    roles = [
        match for match in _ROLE.finditer(masked)
        if not re.match(r"(?:ほか|他)?[(]?(?:監訳|訳|翻訳)", match[0])
    ]  # fmt: skip
    return bool(roles) and _has_author_before(masked, roles)


def _has_author_before(masked: str, roles: list[re.Match[str]]) -> bool:
    """Whether names, a stop and a title stand before the first role."""
    before = masked[: roles[0].start()]
    return (
        re.search(
            r"^[^.:「『]{1,120}(?:[.:]|\([^()]*\)[.:]?\s?)\s*[^.]{2,}[.,」”(\s]"
            r"|^[^「『]{2,40}「[^」]+」",
            before,
        )
        is not None
        or len(re.findall(r"[.:]", before)) >= 2
    )


# ── Western references ─────────────────────────────────────────────────────────────────────

OF_BODIES = {
    "webpage",
    "guideline",
    "report",
    "law",
    "drug-label",
    "dataset",
    "video",
    "book",
    "chapter",
    "standard",
}
"""Kinds whose authors are often bodies of people."""
SCHOOL = re.compile(
    r"\b(?:Univ(?:ersit\w*|\.)?|College|Institut\w*|School|Polytechni\w*|ETH|MIT|Academy"
    r"|Hochschule|École|Ecole|Universidad\w*|Università)\b"
)

_THESIS = (
    r"(?:(?:[Uu]npublished\s)?(?:[Dd]octoral|Ph\.?\s?D\.?|D\.?Phil\.?|M\.?D\.?"
    r"|[Mm]aster(?:['’]?s)?|M\.?\s?S\.?c?\.?|M\.?A\.?|M\.?Eng\.?|[Bb]achelor(?:['’]?s)?"
    r"|B\.?S\.?c?\.?|[Dd]iploma|[Dd]octorate|[Hh]abilitation"
    r"|[Hh]onou?rs)\s?(?:'s\s)?(?:[Dd]issertation|[Tt]hesis|[Dd]iss\.?)"
    r"|(?<=[\[(.,]\s)(?:[Dd]issertation|[Tt]hesis)(?=[\],.)])|(?<=[\[(])(?:[Dd]issertation"
    r"|[Tt]hesis)|[Dd]iplomarbeit|[Tt]h[èe]se(?:\sde\s\w+)?|[Tt]esis\s[Dd]octoral"
    r"|\bMaster Thesis|\bPhD Dissertation|\bPhD thesis)"
)
_PAPERS = (
    r"(?:[Tt]he\s)?(?:New York Times|Washington Post|Guardian|Wall Street Journal"
    r"|Los Angeles Times|L\.A\. Times|USA Today|Boston Globe|Chicago Tribune|Daily (?:Mail"
    r"|Telegraph|Mirror|News|Express|Star)|Sunday Times|Financial Times|Japan Times"
    r"|Asahi Shimbun|Mainichi(?: Shimbun| Daily News)?|Yomiuri(?: Shimbun)?|Nikkei(?: Asia)?"
    r"|Independent|Telegraph|Observer|Irish Times|Sydney Morning Herald|Globe and Mail"
    r"|Toronto Star|San Francisco Chronicle|Times of India|South China Morning Post"
    r"|Straits Times|Korea (?:Herald|Times)|Le Monde|Le Figaro|Die Zeit|Der Spiegel|El País"
    r"|Times of London|Scotsman|Evening Standard|Philadelphia Inquirer|Houston Chronicle"
    r"|Miami Herald|Denver Post|Seattle Times|BBC News|Associated Press|Reuters|CNN"
    r"|(?:[A-Z][a-z]+\s){1,2}(?:Times|Post|Tribune|Herald|Gazette|Shimbun|Chronicle|Telegraph"
    r"|Examiner|Inquirer|Bee|Dispatch))(?:\s\([A-Z][\w\s]{2,12}\))?(?:\s(?:Online|Magazine))?"
)
_PREPRINT = (
    r"(?:bioRxiv|medRxiv|arXiv|Jxiv|PsyArXiv|SSRN(?:\sElectronic\sJournal)?|Research\sSquare"
    r"|ResearchSquare|OSF\sPreprints|Preprints\.org|ChemRxiv|SportRxiv|EarthArXiv|SocArXiv)"
)
WESTERN_MARKS: dict[str, re.Pattern[str]] = {
    "thesis": re.compile(
        rf"[(\[]?\s?(?P<genre>{_THESIS})(?:,?\s(?:in"
        rf"|for)\s[A-Z][\w\s]{{2,30}}(?=[,)\]]))?(?:[,;]\s(?P<publisher>[^()\[\]]{{3,80}}?"
        rf")(?=\s?[)\]]))?\s?[)\]]?|(?<=\.\s)ProQuest[^.]*\.?|UMI No\.? \d+"
    ),
    "newspaper": re.compile(
        rf"(?<=[.,”\"?!:\x01]\s)(?P<container_title>{_PAPERS})(?=\s*[.,;(\[\x01]|\s*$)"
        rf"|(?<=;)\s?Sect(?:ion|\.)?\s?[A-Z]?\s?(?=:)"
    ),
    "preprint": re.compile(
        rf"(?<=[.,”\"?!\s])(?P<container_title>{_PREPRINT})(?:\s\d[\d.]+)?(?:\s?[(\[]?"
        rf"[Pp]reprint[)\]]?)?"
        rf"(?=\s*[.,;:(\[\x01]|\s*$|\s\d)|[Pp]reprint\s(?:at|available at"
        rf"|posted online)?(?=\s|$)|\b[Pp]reprint\b(?=[.,])"
    ),
    "dataset": re.compile(
        r"(?P<publisher>Zenodo|[Ff]igshare|Dryad(?:\sDigital\sRepository)?"
        r"|Harvard\sDataverse|Mendeley\sData|OSF|UK\sData\sService|ICPSR)(?=[.,;\s]|$)"
        r"|[(\[]\s?[Vv]ersion\s?[\d.]+\s?[)\]]"
    ),
    "video": re.compile(
        r"(?P<container_title>YouTube|Vimeo|Netflix)(?=\s*[.,;:(\[\x01]"
        r"|\s*$)|\b[Uu]ploaded\sby\s[^,]{2,60}(?=,)"
    ),
    "law": re.compile(
        r"[,(]?\s?(?P<number>\b(?:SI|S\.I\.|SR|Statutory Instrument)\s?(?P<date>(?:19"
        r"|20)\d\d)/\d+|Pub(?:lic)?\.?\s?L(?:aw)?\.?\s?(?:No\.?\s?)?\d+[-‑]\d+"
        r"|\d+\s?U\.?\s?S\.?\s?C\.?(?:\s?§+\s?[\w.-]+)?"
        r"|\d+\s?C\.?\s?F\.?\s?R\.?(?:\s?§+\s?[\w.-]+|\s\d[\d.]+|\s?(?:part|pt)\.?\s?\d+)?"
        r"|\bc\.\s?\d+"
        r"|Act\sNo\.\s?\d+(?:\sof\s\d{4})?)\)?|,?\s\d+\sStat\.\s\d+"
    ),
    "standard": re.compile(
        r"[(\[]?\s?(?P<number>\b(?:ISO|IEC|JIS|BS|EN|DIN|ASTM|ANSI"
        r"|IEEE Std)(?:/[A-Z]+)*(?:\s[Ss]tandard)?(?:\s(?:No\.|EN|ISO|TR|TS"
        r"|IEC))*\s?[A-Z]?\d[\d.]*(?:-\d{1,2})*(?:(?:\s?:\s?|-)(?P<date>(?:19"
        r"|20)\d\d))?)\s?[)\]]?"
    ),
    "drug-label": re.compile(
        r"(?P<genre>\b(?:[Ff]ull\s)?[Pp]rescribing [Ii]nformation|\b[Pp]ackage [Ii]nsert"
        r"|\b[Ss]ummary of [Pp]roduct [Cc]haracteristics|\bSmPC"
        r"|\b[Pp]roduct (?:[Mm]onograph|[Ll]abel))"
    ),
    "report": re.compile(
        r"[(\[]\s?(?P<collection_title>[A-Z][^()\[\].;:]{3,60}?)[,;]?\s(?:[Nn]os?\.?"
        r"|[Nn]umber)\s?(?P<collection_number>[\w/-]+)\s?[)\]]"
        r"|[(\[]?\s?\b(?:Report|Publication|Rep|Pub|Document|Tech(?:nical|\.)\sRep(?:ort"
        r"|\.)|Working Paper)\.?\s?(?:[Nn]os?\.?"
        r"|[Nn]umber)?\s?:?\s?(?P<number>(?=[\w/.-]*\d)[A-Z]{0,8}[\w/.-]*\w)\s?[)\]]?"
    ),
    "conference": re.compile(
        r"(?:[Pp]aper|[Pp]oster|[Oo]ral|[Aa]bstract)?\s?\b[Pp]resented\s(?:at|to)\s?:?\s?(?:the\s)?"
    ),
}
_WEST_QUOTED = re.compile(r"(?<![^\W\d_])[“\"][^“”\"]{5,400}[,.?!]?[”\"]")


def _as_blank(match: re.Match[str]) -> str:
    """A quoted title without its words, which say nothing of the kind of work."""
    return match[0][0] + "x" * (len(match[0]) - 3) + match[0][-2:]


_VOLUME = re.compile(
    r";\s?(?!(?:19|20)\d\d:)\d{1,4}[A-Z]?(?:\s?\([^()]{1,24}\))?\s?:\s?[A-Za-z]{0,4}\.?\d"
    r"|\s\d{1,4}\s?\([\w-]+\)\s?\(|\b[Vv]ol(?:ume)?\.?\s?\d|(?:,"
    r"|\s)\d{1,4}\s?\(\s?[\w\s.-]{1,16}\)\s?[,:]\s?(?:pp?\.\s?)?[A-Za-z]{0,2}\d"
    r"|(?<=[^\W\d_.,)])[,.]?\s\d{1,4}\s?:\s?[A-Za-z]{0,2}\d+|\s\d{1,4},\s?(?:no|nr)\.?\s\d"
    r"|[A-Za-z.],?\s\d{1,4},\s?[A-Za-z]?\d+-+\d+|\b[Nn]o\.\s?\d+,\s(?:pp?\.|\d{4})"
    r"|\s\d{1,4}\.\d{1,3}\s\("
)
_WEST_HOUSE = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][\w.’&-]*\s){0,3}(?:Press|Publishers|Publishing|Publications"
    r"|Verlag|Elsevier|Springer(?:-Verlag)?|Wiley(?:-Blackwell)?|Saunders|Mosby|Lippincott"
    r"|Williams & Wilkins|Churchill|McGraw[- ]Hill|Routledge|Blackwell|Thieme|Karger"
    r"|Human Kinetics|CRC|Academic|Kluwer|Erlbaum|Books|Guilford|Macmillan|Penguin"
    r"|F\.\s?A\. Davis)\b"
)
_PLACED = re.compile(
    r"(?:^"
    r"|[.,;(\])\x01]\s?)(?P<place>[A-Z](?:[^:;()\d.]|(?<=\bSt)\.){1,40}?"
    r"(?:\s?\([A-Z][A-Za-z. ]{1,14}\))?(?:,\s[A-Z][\w.]{1,14}){0,2})"
    r"\s?:\s(?P<house>[A-Z][^:;]{1,80}?)[,;.]\s?\(?(?:c?(?:19"
    r"|20)\d\d)?"
)
_ED_MARK = re.compile(
    r"[(,.\s]\s?(?:[Ee]ditors?|[Ee]ds)\b\.?\)?|[(,]\s?[Ee]d\.\)?(?=[,.:)\s])"
    r"|\b[Ee]dited by\b|\(Hrsg\.?\)"
)
_WEST_EDITION = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    r"|[Rr]ev(?:ised)?\.?)\s(?:[a-z]+\s)?ed(?:ition|n)?\b"
)
_TRANS = re.compile(
    r"\b[Tt]ranslated\s(?:from|by|and)\b|[,(]\s?[Tt]rans(?:\.|lators?\b)|,\s?trans\."
)
_WEST_IN = re.compile(
    r"[.?!”\"’',)\]]\s*(?:(?<![A-Za-z])In\s?:\s|In\s(?=[A-Z“\"v0-9]))"
    r"|[”\"’',?!.]\s(?:in)\s(?=[A-Z“\"0-9v])|\bin:\s"
)
_CONFERENCE = re.compile(
    r"\b(?:Proc(?:eedings|\.)|Conference|Conf\.|Symposium|Symp\.|Workshop|Congress"
    r"|Annual Meeting|Meeting of|Colloquium|Convention|Int'l Conf)(?!\w)"
)
_HOUSE_YEAR = re.compile(
    r"[.?!)]\s(?P<house>[A-Z][^.;:()\d]{1,70}(?:\([A-Z]{2,8}\))?"
    r"|[A-Z]\.\s?[A-Z]\.\s[^.;:()\d]{1,50});\s?(?:19"
    r"|20)\d\d(?:\s[A-Z][a-z]{2}(?:\s\d+)?)?\s*(?:[.:\[\x01]|$)"
)
_BRACKETED = re.compile(r"\([A-Z][^()]{2,70},\s(?:19|20)\d\d\)\.?\s*$")
_REPORT_NAME = re.compile(
    r"\b(?:Technical Report|Tech\. Rep|Report (?:No|Series)|Rep\.\s\d+|Publication No"
    r"|Working Paper|Data Brief|Reports?;\sno|White Paper|Evidence Report|Series, No"
    r"|publication no|Research Report|Policy Brief)\b"
)
_GUIDELINE_NAME = re.compile(
    r"\b(?:[Cc]linical [Gg]uideline|NICE guideline|[Gg]uidance|\[(?:NG|CG|TA|PH|QS)\d+\])"
)


def western(shape: str, masked: str, *, has_url: bool, has_doi: bool) -> str:
    """The kind of a Western reference; ``journal`` where nothing speaks for another."""
    if _VANCOUVER.search(masked) and not _THESIS_MARK.search(masked):
        return "journal"
    masked = _WEST_QUOTED.sub(_as_blank, masked)
    has_volume = _VOLUME.search(masked) is not None
    own = _of_own_words(masked, shape)
    if own and (not has_volume or own == "newspaper" or _LAW_VOLUME.search(masked)):
        return own
    if _THESIS_MARK.search(masked) or (not has_volume and re.search(_THESIS, masked)):
        return "thesis"
    signs = Signs(
        has_volume=has_volume,
        is_article=_VANCOUVER.search(masked) is not None,
        has_editors=_ED_MARK.search(masked) is not None,
        is_placed=_is_placed(masked),
        has_house=_WEST_HOUSE.search(masked) is not None,
        has_edition=_WEST_EDITION.search(masked) is not None,
        is_quoted=re.search(r"[“\"]xxx", masked) is not None,
    )
    kind = _host(masked, signs) or _whole(masked, signs, is_web=has_url and not has_doi)
    if kind == "journal" and signs.is_quoted and not has_volume and (has_url or has_doi):
        return _given_out(masked)
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for one kind or another."""

    has_volume: bool
    is_article: bool
    """A year, a volume and pages with a semicolon and a colon, as only journals have."""
    has_editors: bool
    is_placed: bool
    has_house: bool
    has_edition: bool
    is_quoted: bool


def _host(masked: str, signs: Signs) -> str:
    """The kind of a work within another; nothing for one that stands for itself."""
    hosted = _HOSTED.search(masked) if signs.is_quoted else None
    if hosted:
        return "conference" if _CONFERENCE.search(hosted["host"]) else "chapter"
    introduced = None if signs.is_article else _WEST_IN.search(masked)
    if introduced and _is_host(masked, introduced, signs):
        is_meeting = _CONFERENCE.search(masked, introduced.start()) is not None
        return "conference" if is_meeting and not signs.has_editors else "chapter"
    if not signs.has_volume and _PRESENTED.search(masked):
        return "conference"
    is_book = signs.is_placed and (
        signs.has_editors or signs.has_edition or _IN_SEVERAL.search(masked)
    )
    if signs.is_article or (signs.has_volume and not is_book):
        return "journal"
    if signs.has_editors and _QUOTED_AND_EDITED.search(masked):
        return "chapter" if signs.has_house or signs.is_placed else "journal"
    return ""


def _whole(masked: str, signs: Signs, *, is_web: bool) -> str:
    """The kind of a work that stands for itself."""
    if _REPORT_NAME.search(masked):
        return "report"
    if is_web:
        is_book = signs.is_placed or (signs.has_editors and signs.has_house)
        return "book" if is_book else "webpage"
    if signs.is_placed or signs.has_edition or _TRANS.search(masked):
        return "book"
    if signs.is_quoted:
        return "book" if _HOUSE_YEAR.search(masked) else "journal"
    if signs.has_editors or _HOUSE_YEAR.search(masked) or _BRACKETED.search(masked):
        return "book"
    return _by_last_element(masked, has_house=signs.has_house)


def _by_last_element(masked: str, *, has_house: bool) -> str:
    """The kind of a work by who stands at its end: a publisher, a university, an office."""
    if (has_house and _ends_with_house(masked)) or _TOTAL.search(masked):
        return "book"
    short = _SHORT_HOUSE.search(masked)
    if short and not any(
        word.lower() in CONTAINER_WORDS | WHOLE_CONTAINERS for word in short["house"].split()
    ):
        return "book"
    last = _LAST_SENTENCE.search(masked)
    house = last["house"] if last else ""
    if not house or not imprint.is_house(house) or _PERIODICAL.search(house):
        return "journal"
    return "thesis" if SCHOOL.search(house) and not _LIBRARY.search(house) else "report"


_TOTAL = re.compile(r"(?<=[,.]\s)(?:[ivxlc]+\s?[,+]\s?)?\d{2,4}\s?pp?\b\.?\s*(?:$|[,.]\s?\()")
_SHORT_HOUSE = re.compile(
    r"\((?:19|20)\d\d\)\.\s[^.]{10,}\.\s(?P<house>[A-Z]\w+(?:\s&?\s?[A-Z]\w+){0,2})\.\s*$"
)
"""``(2014). Title. Viking.``: as the APA style prints a book."""
_LIBRARY = re.compile(r"\b(?:Press|Publishing|Society|Association)\b")
_LAST_SENTENCE = re.compile(
    r"(?<=[a-z)][.?!])\s(?P<house>(?:The\s)?[A-Z][^.:;,\d]{6,80}?)\s*[.]?\s*$"
)


def _given_out(masked: str) -> str:
    """The kind of a work that names who gave it out straight behind its quoted title."""
    given_out = _GIVEN_OUT.search(masked)
    house = given_out["house"] if given_out else ""
    if house and imprint.is_house(house) and not _PERIODICAL.search(house):
        return "thesis" if SCHOOL.search(house) and "Press" not in house else "report"
    return "journal"


_HOSTED = re.compile(
    r"[.?!][”\"]\s(?P<host>[A-Z0-9][^.”\"]{3,200}\.\s)(?P<house>[A-Z][^.,\d]{1,80}(?:,\s"
    r"(?:Inc|Ltd)\.?)?)"
    r"(?:[,;]\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)\d\d)?(?:,\svol\.\s\d+)?"
    r"(?:[,:;]\s(?:pp?\.\s?)?[\divxlc-]+)?\s*\.?\s*$"
)
_GIVEN_OUT = re.compile(
    r"[,.?!][”\"]\s(?P<house>[A-Z][^”\"\d]{3,100}?)(?:,\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:19"
    r"|20)\d\d)?[.,]?\s*$"
)
_PERIODICAL = re.compile(
    r"\b(?:Journal|J\.|Bulletin|Proceedings|Proc\.?|Annals|Transactions|Trans\.|Archives"
    r"|Review|Reviews|Letters"
    r"|Acta|Magazine|News|Reports|Quarterly|Gazette|Newsletter|Notes|Series|Studies|Papers)\b"
)
_IN_SEVERAL = re.compile(
    r"[.(,]\s?[Vv]ol(?:ume)?\.?\s?[\dIVX]+\s?[.)]\s?[^:]{0,20}[A-Z][^:.;]{1,30}:\s[A-Z]"
)
"""A volume that ends a sentence before a place and a publisher: that of a book."""
_THESIS_MARK = re.compile(r"[\[(](?:[^\[\]()]{0,30}\s)?(?:[Dd]issertation|[Tt]hesis)\b")
_LAW_VOLUME = re.compile(r"\b(?:Stat|C\.?F\.?R|SI)\b")
_VANCOUVER = re.compile(
    r",\s?\d{1,4}\(\d[\d-]*\),\s?[A-Za-z]?\d+-|"
    r";\s?(?!(?:19|20)\d\d:)\d{1,4}[A-Z]?(?:\s?\([^()]{1,24}\))?\s?:\s?[A-Za-z]{0,4}\.?\d"
)
_PRESENTED = re.compile(
    r"\b[Pp]resented\s(?:at|to)\b"
    r"|[\[(](?:[Pp]aper|[Pp]oster|[Cc]onference|[Oo]ral)\s(?:presentation|session|paper|abstract)"
)
_QUOTED_AND_EDITED = re.compile(r"[”\"’']\s?,?\s[A-Z].*\b[Ee]dited by\b")


def _of_own_words(masked: str, shape: str) -> str:  # noqa: PLR0911
    law = WESTERN_MARKS["law"].search(masked) or _EUROPEAN_LAW.match(masked)
    if law and ("c." not in law[0] or re.search(r"\bAct\b", masked)):
        return "law"
    if WESTERN_MARKS["drug-label"].search(masked):
        return "drug-label"
    standard = WESTERN_MARKS["standard"].search(masked)
    if (
        standard
        and (
            masked[: standard.start()].strip(' “"') == ""
            or re.match(r"\s*[.,;:)\]]|\s*$", masked[standard.end() :])
        )
        and re.search(r"\b(?:ISO|IEC|JIS|ASTM|ANSI|DIN|BS)\b", masked)
    ):
        return "standard"
    if re.search(r"[\[(]\s?[Dd]ata\s?set\s?[\])]", masked):
        return "dataset"
    if re.search(
        r"[\[(]\s?(?:[Oo]nline\s)?[Vv]ideo(?:\sfile)?\s?[\])]|\bYouTube\b"
        r"|[\[(](?:[Mm]otion picture|[Ff]ilm|DVD)[\])]",
        masked,
    ):
        return "video"
    if re.search(
        rf"[.,”\"?!\s]{_PREPRINT}(?=\s*[.,;:(\[\x01]|\s*$|\s\d|\s[Pp]re)|\b[Pp]reprint at\b"
        rf"|\barXiv preprint\b|[\[(][Pp]reprint[\])]",
        shape,
    ):
        return "preprint"
    paper = WESTERN_MARKS["newspaper"].search(masked)
    if (
        paper
        and paper["container_title"]
        and re.search(
            rf"(?:{'|'.join(_MONTH_NAMES)})[a-z]*\.?\s\d{{1,2}}\b"
            rf"|\b\d{{1,2}}\s(?:{'|'.join(_MONTH_NAMES)})",
            masked,
        )
    ):
        return "newspaper"
    return ""


_EUROPEAN_LAW = re.compile(
    r"\W*(?:Commission\s|Council\s)?(?:Regulation|Directive)\s(?:\((?:EU|EC|EEC)\)|\d+/\d+/E)"
)
_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _is_placed(masked: str) -> bool:
    """Whether a place and a publisher stand beside a colon."""
    for match in _PLACED.finditer(masked, 10):
        if imprint.is_place(match["place"].strip()) or (
            imprint.is_house(match["house"])
            and len(match["place"].split()) <= 3
            and re.search(r"(?:19|20)\d\d", match[0])
        ):
            return True
    return False


def _is_host(masked: str, introduced: re.Match[str], signs: Signs) -> bool:
    """Whether "In" brings in a book or proceedings, and is no word of a title."""
    behind = masked[introduced.end() :]
    if ":" in introduced[0] or signs.has_editors or signs.is_placed or _CONFERENCE.search(behind):
        return True
    if re.search(r"[”\"’']\s*,?\s*[Ii]n\s*$", masked[: introduced.end()]):
        return not signs.has_volume or signs.has_house
    has_pages = re.search(r"\bpp?\.?\s?\d", behind) is not None
    return not signs.has_volume and (signs.has_house or has_pages)


def _ends_with_house(masked: str) -> bool:
    """Whether the last element before the date is a publisher's."""
    tail = re.sub(r"[\s.,;:()\d\x01-]+$|\bpp?\.?\s?[\d-]+", "", masked.rstrip())
    last = re.split(r"[.?!;]\s|,\s(?=[A-Z])", tail)[-1]
    before = re.split(r"[.?!]\s", tail)[-1]
    return _WEST_HOUSE.search(last) is not None or _WEST_HOUSE.search(before[-90:]) is not None
