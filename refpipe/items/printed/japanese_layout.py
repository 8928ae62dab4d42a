"""How pages and libraries lay a Japanese reference out, set so that each element shows its edge."""

from __future__ import annotations

import itertools
import re

from refpipe.items.printed import japanese_rows
from refpipe.items.printed.nouns import Part
from refpipe.items.printed.people.japanese_names import (
    HANGUL,
    JAPANESE,
    KANA,
    KANJI,
    ROLE_BEFORE,
    are_plain,
    is_body,
    is_site,
    within,
)
from refpipe.items.printed.works.days import PLAIN_DATE
from refpipe.items.printed.works.marks import CUT, Marked, is_within_quotes
from refpipe.lifetimes import lazy
from refpipe.model import Span
from refpipe.normalise import places

# ── what stands before a reference ────────────────────────────────────────

_KEY = lazy(
    r"\s*[\[［〔](?P<key>[A-Z][A-Za-z]{0,15})\+?(?P<figures>\d{0,4}[a-z]?)[\]］〕]\s*"
    r"(?=(?P<names>[^「『（(\[［.．:：,，、\s][^「『（(\[［:：]{1,80}))"
)
_NUMBER = lazy(
    rf"\s*\d{{1,3}}(?=[\u30a1-\u30fa{KANJI}][^\d「『」』]{{1,40}}?\s*[（(]\s?{ROLE_BEFORE}\s?[）)])"
)


def end_of_key(raw: str, begin: int) -> int:
    """Where a reference begins behind the key or the number that a page gives it.

    ``［Conway］J. H. Conway`` repeats the key, ``[E16] `` holds a figure and stands apart, and
    names touch ``［Bannai］`` and ``110``.
    """
    if number := _NUMBER.match(raw, begin):
        return number.end()
    key = _KEY.match(raw, begin)
    if key is None:
        return begin
    again = re.search(rf"(?i)(?<![^\W\d_]){key['key'][:4]}", key["names"])
    is_repeated = again is not None and len(key["key"]) > 2
    stretch = re.split(r"[,，、．]|(?<![A-Z])\.", key["names"])[0]
    names = within(stretch, 0, len(stretch)) if JAPANESE.search(stretch) else None
    is_named = names is not None and not key[0].strip("[]［］〔〕 ").isupper()
    is_apart = key["figures"] and raw[key.end() - 1].isspace()
    return key.end() if is_repeated or is_apart or is_named else begin


def is_written(text: str) -> bool:
    """Whether the words are Japanese, not the signs alone."""
    found = len(JAPANESE.findall(text))
    return found >= 2 and (found * 5 >= len(text) or JAPANESE.search(text[:12]) is not None)


_IN_CORNERS = lazy("「[^「」]+」|『[^『』]+』")
_JAPANESE_SIGN = lazy("[\u3041-\u30ff\u3400-\u9fff（），、。：]")


def is_set(text: str) -> bool:
    """Whether a title stands in corner brackets among other signs of Japanese print."""
    has_corners = "「" in text or "『" in text
    return has_corners and bool(_IN_CORNERS.search(text) and _JAPANESE_SIGN.search(text))


def language(text: str) -> list[Part]:
    """The language that the writing shows, if any."""
    code = "ko" if re.search(f"[{HANGUL}]{{2}}", text) else "ja"
    part = Part(name="language", value=code, start=0, end=0, confidence=0.9)
    return [part] if is_written(text) else []


_OFFICE = "(?:[省庁局課部会市県都府]|機構|センター|研究所|大学|法人|財団)"
_NAMES = rf"(?P<n>(?:[{KANJI}]{{1,4}}[{KANJI}{KANA}]{{1,4}}(?:ほか|他)?[、，,]\s?){{1,4}})"
_SERIAL_ROW = r"(?P<j>[^、，,（）()「」『』\d]{2,24}?)"
_TO_END = r"(?P<f>[、，,\s]{1,2}(?:第?\s?\d+\s?[巻号]|[Vv]ol)[^（）()]{0,60})"
_DASHES, _ERA = "[―—─]{2}", r"(?:明治|大正|昭和|平成|令和)\s?[元\d]{1,2}年?"
_DAY_ENDS = r"\d{1,2}月(?:\d{1,2}日)?(?:[付号発更公放閲]|[\s、，,.．。(（)）]|\Z)"
_LAYOUT = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<![^\W\d_])(?P<a>[明大昭平令])\s+(?P<b>[治正和成])(?=\s*[元\d０-９])", r"\g<a>\g<b>"),
        (rf"(?<={_DASHES})(?P<a>[^―—─]{{2,60}}{_DASHES})\s+(?=[^\W\d_])", r"\g<a>. "),
        (r"(?<=[\u3040-\u30ff\u3400-\u9fff])(?=[Pp]{1,2}\.?\s?\d{1,4}(?!\d))", ", "),
        (r"(?<=\d)\s?(?:[~∼]|[-–〜～]\s?[pP]\.?)\s?(?:[pP]\.?\s?)?(?=\d)", "〜"),
        (r"\A(?P<t>[^/／『』]{3,80}?)\s?/\s(?P<n>[^/／]{2,60}(?:[著編訳]|監修))[.．]\s*(?:--?|—)?\s*(?=\w)",
         r"『\g<t>』\g<n>．"),
        (r"(?<=[」』])\s?[（(](?P<a>[^（）()／/]{2,30})[／/](?P<b>[^（）()／/]{2,20})(?:[／/、，,]\s?(?P<c>(?:19|20)\d\d年?))?[）)]\s*\Z",
         r" \g<a>，\g<b>，\g<c>"),
        (r"(?P<a>[」』]\s?[（(][^（）()]{2,30}[著編訳])・(?=[^・（）()]{2,20}・\s?(?:19|20)\d\d)",
         r"\g<a>，"),
        (r"(?<=[^\s・（）()])・(?=(?:19|20)\d\d年?[）)]\s*\Z)", "，"),
        (
            (
                r"(?<=[」』])\s?[（(](?P<y>[12１２][09０９]\d\d年?)[\s、，,]+(?P<h>[^（）()、，,・\s]{2,20})"
                r"[・、，,](?P<r>(?:単|共|編|共編)著|編集?|監修|監?訳)[）)]"
            ),
            r"．\g<h>，\g<y>（\g<r>）",
        ),
        ((rf"\A(?![{KANJI}\s]{{2,7}}\s/|[^/]*(?:[省庁局部課会]|センター|大学|機構)\s/)(?P<t>[^/／『』]{{3,80}}?)\s/\s"
         rf"(?P<n>[^/／:：]{{3,60}}?)\s:\s(?=[^、，,.．:：/／]{{2,16}}(?:[、，,]\s?(?:19|20)\d\d年?[.．。]?)?\s*\Z)"),
         r"『\g<t>』\g<n>，"),
        (r"(?P<a>[pP]{1,2}\.?\s?\d{1,5})\s?[-–]\s*(?=[,，、.．]|\Z)", r"\g<a>"),
        (
            (
                r"(?<=[」』])(?P<a>\s?(?:(?:平成|令和|昭和)\s?[元\d]{1,2}|(?:19|20)\d\d)年(?:\d{1,2}月)?)"
                r"(?=[\u3400-\u9fff]{2,10}(?:[省庁局課会所]|センター))"
            ),
            r"\g<a>．",
        ),
        (r"(?<=[\u3041-\u9fff])(?=[A-Z][a-z]*\s(?:[A-Z][a-z]*\.?\s){1,5}(?:19|20)\d\d)", ". "),
        (r"[（(](?P<h>[^（）()]{2,12}(?:書[院店房]|出版社?|堂))[）)]\s?[：:、，,]?\s*(?=(?:19|20)\d\d年?[.．。]?\s*\Z)",
         r"．\g<h>，"),
        (r"(?<=」)(?P<a>\s?(?:19|20)\d\d年\s?\d{1,2}月(?:\s?\d{1,2}日)?)\s[-–—―]\s(?=\S)",
         r"\g<a>，"),
        (r"\A(?P<n>[^「『.:：，,、。（()\d]{2,40}?)[\s、，,（(]{1,2}(?P<y>(?:19|20)\d\d)年?[)）]?\s[-–—―]{1,2}\s(?=[『「])",
         r"\g<n>（\g<y>）"),
        ((rf"\A(?P<n>[^「『.:：，,、。（()\d]{{2,40}}?{_OFFICE})[\s、，,（(]{{1,2}}(?P<y>(?:19|20)\d\d)年?[)）]?\s[-–—―]{{1,2}}\s"
         rf"(?!\S{{2,20}}(?:{_OFFICE}|ホームページ|サイト|ナビ|ネット)(?:[\s.。]|\Z))(?=\S)"),
         r"\g<n>（\g<y>）"),
        (r"[,，、]\s?と\s+(?=[\u3400-\u9fff])", "，"),
        (rf"(?<=\d年)\s?[（(]{_ERA}[）)]\s?(?={_DAY_ENDS})", ""),
        (rf"(?<![（(]){_ERA}\s?[（(](?P<y>[12]\d{{3}})年?[）)]\s?年?(?={_DAY_ENDS})", r"\g<y>年"),
        ((r"(?<=\d)[,、，]\s?[pP]{1,2}\.?\s?(?=\d{1,4}(?!\d))"
         r"(?!\d+(?:\s?[-–—〜～]\s?\d+)?[,，、]\s?(?!(?:19|20)\d\d(?!\d))\d)"), ", "),
        (r"(?<=日)\s?(?:\d{1,2}時(?:\d{1,2}分)?頃?)?\s?放送[回分]?(?=[\s,、.。]*\Z)", "放送"),
        (r"(?<=」)(?P<a>\s?(?:(?:令和|平成|昭和)\s?[元\d]{1,2}|(?:19|20)\d\d)年)度(?=\s*\Z)",
         r"\g<a>"),
        (r"(?P<a>(?:[Nn]o|[Vv]ol|[巻号])[^\s,]{0,8}\s(?:19|20)\d\d)\s+(?=[pP]{1,2}\.?\s?\d)",
         r"\g<a>; "),
        (r"(?<=[」』])\s?[（(](?P<a>(?:[^（）()、，,・/／]{2,20}[、，,・]){1,3}[^（）()、，,・/／]{2,20})[、，,・]\s?(?P<b>(?:19|20)\d\d年?)[）)]\s*\Z",
         r" \g<a>，\g<b>"),
        # figures: a label between two pages, a year behind its volume, an era's year in short
        (r"(?<=\d)\s?(?:頁|ページ|ﾍﾟｰｼﾞ)\s?(?=[-–—−〜～~]\s?\d{1,5}\s?(?:頁|ページ|ﾍﾟｰｼﾞ))", ""),
        (r"(?P<a>(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?)\s?\d{1,2}(?:[:：]\d\d|時(?:\d{1,2}分)?)(?=[\s)）更公配閲参ア取確最]|\Z)",
         r"\g<a>"),
        # names and a journal behind a title, in brackets or not, parted by commas
        (rf"(?<=[」』])\s?[（(]{_NAMES}{_SERIAL_ROW}{_TO_END}[）)](?=\s*(?:\Z|https?:))",
         r" \g<n>『\g<j>』\g<f>"),
        (rf"\A(?P<t>[^「」『』（）()：:、，]{{6,60}})[（(]{_NAMES}{_SERIAL_ROW}{_TO_END}[）)]\s*\Z",
         r"「\g<t>」\g<n>『\g<j>』\g<f>"),
        (rf"(?<=」)\s?{_NAMES}{_SERIAL_ROW}(?=[、，,\s]{{1,2}}(?:第?\s?\d+\s?[巻号]|[Vv]ol))",
         r" \g<n>『\g<j>』"),
        (rf"(?<=」)\s?(?P<n>[{KANJI}]{{2,3}}[{KANJI}{KANA}]{{1,3}})\s(?P<j>[A-Z][A-Za-z]*(?:\.?\s[A-Z][A-Za-z]*){{1,4}})\.?\s?(?=\d{{1,3}}\s?[（(:：])",
         r" \g<n>『\g<j>』"),
        (r"(?<=[」』\u3040-\u9fff])\s+(?:Retrieved|Available|Accessed)\s(?:from|at):?\s?(?=https?:)",
         " "),
        (r"(?<=[（(、，,\s])(?:語り手|話し手|聞き手|インタビュアー)\s?[:：]\s?", ""),
        (r"(?<=\S)\s?(?<!\d)[＝／](?!\d)\s?(?P<s>(?:[A-Za-z]+\s)?[^\s＝／/「」『』（）()]{2,18}(?:ドットコム|ニュース|オンライン|ネット|ナビ|ラボ|ブログ|タイムス|通信|新聞|[Ww]eb))(?=\s?[（(]|\s+https?:|\s*\Z)",
         r"｜\g<s>"),
        (r"(?<=[省庁局会構社学院所])\s+(?:(?:パンフレット|リーフレット|ポスター|チラシ|資料|PDF|pdf)\s*){1,2}(?=[）)]\s*(?:\Z|https?:))",
         ""),
        (r"(?<=[頁ジ])以下(?=[\s、，,.．。）)]|\Z)", ""),
        (r"(?<=\d)[･‧∙·•](?=\d)", "・"),
        (r"(?<=\d)ﾍﾟｰｼﾞ", "ページ"),
        (r"(?<=[」』\s.．。)）日付])\s?[（(]?(?:プレスリリース|ニュースリリース|(?:[Pp]ress|[Nn]ews)\s[Rr]elease|報道(?:発表)?資料)(?=[\s、，,.．。(（)）「]|\Z)[）)]?",
         ""),
        (r"(?<=[\s.．。])(?P<y>(?:19|20)\d\d)\s?[:：]\s?(?P<v>\d{1,3})\s?[:：;；]\s?(?=[A-Z]?\d)",
         r"\g<y>; \g<v>: "),
        (r"(?<=\d)．(?=(?:19|20)\d\d[\s.．。]*\Z)", "． "),
        (r"(?<=[巻号][．.])(?P<y>(?:19|20)\d\d)[．.](?=\d)", r"\g<y>． "),
        (r"(?<=[;；,，、\s])(?P<e>(?:令和|平成|昭和)\s?\d{1,2})(?=[.．。]?\s*\Z)", r"\g<e>年"),
        (r"(?<![\d年])(?P<m>\d{1,2}月(?:号)?)[、，,]\s?(?P<y>(?:19|20)\d\d)年?(?=[\s.．、，]|\Z)",
         r"\g<y>年\g<m>"),
        (
            (
                r"\A(?P<t>[^「」『』（）()、，/／]{4,60})[（(](?P<a>[^（）()／/]{2,30})[／/](?P<b>[^（）()／/]{2,20})"
                r"[／/、，]\s?(?P<c>(?:19|20)\d\d年?(?:\d{1,2}月)?)[）)]\s*\Z"
            ),
            r"『\g<t>』\g<a>，\g<b>，\g<c>",
        ),
        (r"(?<=[\s,，:：](?!20)[1-9]\d\d)[/／](?=\d{3}[,，\s.．])", "-"),
        (r"(?<=[,，、;；\s])(?P<e>令和|平成|昭和)元年(?=[\s.．。)）]*\Z)", r"\g<e>1年"),
        (r"(?<=[;；]\s)(?P<e>(?:令和|平成|昭和)\d{1,2})(?=[.．]\s)", r"\g<e>年"),
        (rf"(?<=\d)\s?[（(]{_ERA}[）)]\s?年(?=[\s.．。]*\Z)", "年"),
        (r"[（(](?P<j>[^（）()\d,，、「」]{1,24}?\d{1,4}\s?[：:(（][^（）]{2,20}[\s,，;；][12]\d{3}年?)[）)]\s*\Z",
         r"．\g<j>"),
        (r"(?<=[』」])(?P<b>[（(][^（）()]{2,24}(?:ムック|シリーズ|増刊|別冊)\s?\d{0,3}[）)])(?=[^\s、，。．])",
         r"\g<b>．"),
        (r"(?<=[\s,，:：]\d{3})\s[-–—−]\s(?=\d{3}[\s.．。]*\Z)", "-"),
        (r"(?<=[\s.．。,，])(?P<v>\d{1,3})\s?[;；]\s?(?P<y>[12][09]\d\d)\s?[:：]\s?(?=[A-Z]?\d+\s?[-–])",
         r"\g<y>; \g<v>: "),
        (rf"(?<=\d)\s?[（(]{_ERA}[）)]\s?(?=年{_DAY_ENDS})", ""),
        *((rf"(?<=[\s,，、.．;；(（]){short}[.．]?\s?(?P<n>[1-9]\d?|元)(?=年?[\s.．。)）]*\Z)",
           rf"{era}\g<n>年")
          for short, era in (("昭", "昭和"), ("平", "平成"), ("令", "令和"))),
        (r"(?<=[^\s\d・])・(?=(?:19|20)\d\d年?・(?:[pP]{1,2}\.?\s?)?\d)", "，"),
        (r"(?<=[^\s\d・」』])・(?=\d{1,4}巻\s?(?:\d{1,3}号)?・)", "，"),
        (r"(?<=[^\s・][\d月年号])・(?=(?:[pP]{1,2}\.?)?\d+\s?(?:[-–〜～]\s?\d|[頁p月年]))", "，"),
        (rf"(?<=[{KANJI}])[•‧∙·](?=[{KANJI}])", "・"),
        # the number of those who are left out, and what a bracket holds beside the year
        (r"\s?[（(](?P<a>ほか|他)\s?\d{1,3}名[）)]", r"\g<a>"),
        (r"[（(](?P<h>[^（）()、，,]{2,20})[、，,]\s?(?P<p>[^（）()、，,\d]{2,8})[）)]\s?[、，,]\s?(?=(?:19|20)\d\d年?[\s.．。]*\Z)",
         r"\g<p>：\g<h>，"),
        (
            (
                r"(?P<a>(?:\A|[\s、，。．』」])(?:東京|大阪|京都|名古屋|福岡|札幌|仙台|横浜|神戸|広島))・"
                r"(?=[^\s、，,．.。・]{2,15}[、，,．.。]\s?[\d０-９]{4})"
            ),
            r"\g<a>：",
        ),
    )
]  # fmt: skip
"""What pages set otherwise than books: blanks within an era, links' remarks, pages that touch."""
_LINK_REMARK = lazy(
    r"(?<=[院所ク])\s?[(][^()・,]{1,14}科(?:[・,]\s?[^()・,]{1,14}科){1,5}[)]|"
    r"\s?[(\[](?:外部(?:サイト|リンク)(?:へ(?:の?リンク)?)?|別(?:ウィンドウ|タブ|画面)[^()\[\]]{0,8}"
    r"|新しい(?:ウィンドウ|タブ)[^()\[\]]{0,8}|(?:PDF|Word|Excel)(?:形式|版)?[\s:,/]*[\d.,]*\s?[KMkm]?B?)[)\]]"
    r"|\b(?:e-?)?(?:ISSN|NAID|NCID|CRID|OCLC|LCCN|ASIN|全国書誌番号)\s?:?\s?[\dXA-Z-]{6,20}(?![\w-])"
    r"|\s?[(](?:研究)?課題番号\s?:?\s?[\dA-Z-]{4,14}[)]|\s?[(](?:レポート|報告書|プレスリリース|ニュースリリース|報道[発資][表料])[)]"
    r"|\s?[\[(](?:単行本|文庫本?|新書|大型本|ムック|ペーパーバック)(?:\s?[(][^()]*[)])?[\])]"
    rf"|(?<=[\s.])(?:オリジナルの)?{PLAIN_DATE}\s?時点(?:の(?:オリジナル|原版)(?:より|から)|における?の?)?\s?アーカイブ[.]?"
    r"|(?<=[\s,.」』)])(?:入手|掲載|参照|リンク|アクセス)先\s?[:〈(]?\s?(?=\s{8}|\Z)|(?<=\s{8})〉"
    r"|\s?[(](?:有料|会員|要登録|無料)(?:閲覧|公開|記事|限定|登録)?[)]|(?<=[\s,])C\d{4}(?=\s*(?:[,.]|\Z))"
    r"|(?:[,/]|\s){0,2}\bNDC\s?:?\s?\d{1,3}(?:\.\d+)?(?!\d)|(?<=[12]\d{3}\.)\s?\[[^\[\]()]{2,30}(?=\s{8}|\Z)"
)
_LAST_REMARK = lazy(
    r"(?<=[」』])\s?[(](?:図表?|表|別[表添紙]|資料|スライド)\s?[\dⅠ-Ⅹ]{0,3}(?:-\d{1,2})?(?:より)?[)]\Z"
    r"|(?<=[」』)\]\d年頁ジ\s])[\s,]*(?:(?:図表?|表)\s?[\dⅠ-Ⅹ]{1,3}(?:-\d{1,2})?\s?)?[(]?"
    r"(?:より|から|を?もとに|を?基に|を?元に|を?参考に|を|一部)?"
    r"(?:より|(?:一部|筆者|著者|当院|当社|編集部)?[がで・]?(?:引用|改変|改編|作成|作図|加工|抜粋|転載|参照)"
    r"(?:して|し|の上|のうえ|・|,)?){1,4}[)]?[.]?\Z"
)
"""What a page says of a source or of its link: （外部サイト）, （表8）, より引用."""
_DONE = lazy(
    r"(?:より|引用|改変|改編|作成|作図|加工|抜粋|転載|参照)[^\W\d]{0,3}[).]{0,2}\Z|[」』]\s?\([^()]{1,10}\)\Z"
)
_REACH = 48  # How long a remark at the end may be.


_PRINTED_AGAIN = r"復刊|再刊|復刻|重版|増刷|第?\d+刷|[刊版]の再"
_NOTE_BEHIND = lazy(
    # another printing in brackets: 裳華房，1981（復刊：2006）
    rf"(?<=[\d年月日)』\s])\s?[(](?=[^()]*(?:{_PRINTED_AGAIN}))[^()]*\d[^()]*[)]"
    r"|(?<=[\d年月日)])\s?[(][^()]*『[^』]+』[^()]*[)](?=[\s.]*\Z)|(?<=[\s\d.])[(][^()]{1,16}版\s{6,}[)]"
    # what somebody says behind a dash, a sign, a word or as a sentence of its own
    r"|(?<=[)\]\d年月日頁\s])\s-{1,2}\s(?P<said>[^「『]+)\Z|(?<=[)\].」』年月日頁\d\s])\s?※[^※]+\Z"
    r"|(?<=[)\].年月日頁\d])\s*(?:原著|原書|原題|初出|書誌情報|備考)\s?:.*\Z"
    r"|(?<=』)(?P<house>[^「『』.]{2,30}\.)\s?[^「『』\d.]*[ぁ-ん][^「『』\d.]{3,}\.?\s*\Z"
    r"|(?<=[\])\s])\s?\[(?P<link>[^\[\]]{1,24})\](?=\s{8,}\S*\Z|\s{8,}[^\[\]\d]*\Z)"
)
_SENTENCE = lazy(r"[るたすいうくだつぬむぶ]\Z|[ぁ-ん]\.\s?[^\s.]")
_ONE_ELEMENT = lazy(
    r"[^,.:「『]*(?:[,.:]\s*)?[(]?(?:19|20)\d\d年?[)]?(?:\s*|[,.:]?(?:(?!(?<!\w)(?:19|20)\d\d)[^.:「『」』])*\d\s*)"
)
"""Nothing but the maker and the year, and perhaps a title that ends in a figure: 健康日本21 - …"""
_SERIAL = lazy(r"\d\s?[:;(巻]\s?(?:\(|第)?\d|\d-\d")
"""Figures of a journal, which stand behind a title and in no remark."""
_BEFORE_NOTE = lazy(rf"(?:1[89]|20)\d\d(?!\d)|{_ERA}")


def _notes_behind(masked: str) -> list[tuple[int, int]]:
    """What somebody says of a work behind its reference, whose year is told before.

    Nor is the name of a link behind all else a part of it, if it says again what was said, or
    nothing (``[link](https://…)``).
    """
    found = []
    for one in _NOTE_BEHIND.finditer(masked):
        start = one.end("house") if one["house"] else one.start()
        before, words = masked[:start], (one["said"] or "").strip(" .")
        if one["link"]:
            is_note = one["link"] in before or one["link"].isascii() or before.endswith(" " * 8)
        else:
            # Behind the title of a page stands its site: no remark that is not a sentence.
            is_of_page = " " * 8 in (one["said"] or "") and not _SENTENCE.search(words)
            is_named = is_site(words) or is_body(words) or is_of_page
            is_title = one["said"] is not None and (
                _ONE_ELEMENT.fullmatch(before) is not None or _SERIAL.search(words) is not None
            )
            is_note = _BEFORE_NOTE.search(before) is not None and not (is_named or is_title)
        if is_note:
            found.append((start, one.end()))
    return found


def without_remarks(masked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without what a page remarks, and where that stands."""
    end = len(masked.rstrip())
    spans = [one.span() for one in _LINK_REMARK.finditer(masked, 0, end)] + _notes_behind(masked)
    floor = max(0, end - _REACH)
    last = _DONE.search(masked, floor, end) and _LAST_REMARK.search(masked, floor, end)
    spans += [last.span()] if last else []
    for start, stop in spans:
        masked = masked[:start] + " " * (stop - start) + masked[stop:]
    return masked, spans


_WORDS_AROUND = lazy(
    rf"(?:{PLAIN_DATE}|(?:最終)?(?:閲覧|参照|アクセス|更新|公開|確認)日?|[Aa]ccessed|PDF|pdf)|[\W\d_]+"
)
_ADDRESS_OF_LINK = lazy(r"\s?\(https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")
_OF_MORE = lazy(
    r"\d\s?(?:[;巻号]|:(?!(?:19|20)\d\d\s[^\W\d]))\s?\d|\d\(\d+\)|(?:19|20)\d\d年\d{1,2}月|\)[.,:]\s|[編著訳]『|[『』“”]|https?:|「[^」]*(?:「|\Z)|\A[^「]*」"
)


def linked(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Quotation marks around the words of a link, which are the title where more stands beside it.

    ``山田太郎、[題名](https://…) 理学療法学 45巻``; a whole reference may be one link as well.
    """
    words, address = text[start:end], _ADDRESS_OF_LINK.match(text, end)
    if address is None or not words.strip() or text[start - 1 : start] in (*"「『“（(",):
        return []
    around = f"{text[:start]} {text[address.end() :]}"
    is_alone = len(_WORDS_AROUND.sub("", _ADDRESS_OF_LINK.sub("", around))) < 2
    people = within(re.sub("[、，]", ",", words), 0, len(words))
    is_told = words in around or "』" in text[:start]
    if is_alone or is_told or "「" in around or _OF_MORE.search(words) or is_body(words):
        return []
    return [] if people and are_plain(people) else [(start, start, "「"), (end, end, "」")]


_LABEL = lazy(
    r"(?:(?<=^)|(?<=[\s,.;:/|」』)]))(?:(?P<title>書名|書籍名|本の(?:題名|タイトル)|題名|論題|論文名|論文タイトル|タイトル|表題|記事名)"
    r"|(?P<container>掲載誌|雑誌名|誌名|収録誌|掲載書)|(?P<publisher>(?:出版|発行)(?=\s?[:：])|出版社名?|出版元|出版者|発行所|発行元|版元|発売元?)"
    r"|(?P<year>発行年月?|出版年月?|刊行年|発表年)|(?P<figures>巻号頁?|掲載頁|頁数?|ページ数?|掲載ページ)"
    r"|(?P<author>著者名?|執筆者|筆者))\s?(?:[:：]|\s)\s*(?=\S)"
)


def without_labels(masked: str) -> str:
    """The text with a full stop where a label stood, if several show where each element begins.

    ``著者：… 書名：… 発行所：…``; a word alone that looks like a label may be one of a title.
    """
    found = list(_LABEL.finditer(masked))
    if len({match.lastgroup for match in found} - {"author"}) < 2:
        return masked
    for match in found:
        if match.lastgroup != "author" or not masked[: match.start()].strip():
            # Behind another element 著者 is a role, and read as one.
            sign = {"year": ",", "figures": ",", "author": " "}.get(match.lastgroup or "", ".")
            gap = " " * (match.end() - match.start() - 1)
            masked = masked[: match.start()] + sign + gap + masked[match.end() :]
    for match, following in itertools.pairwise(found):
        last = following.start() - 1
        if match.lastgroup == "title" and last > match.end() and masked[last] in " ,.;/|":
            # Whatever its words look like, the title ends where the next label stands.
            front = masked[: match.end() - 1] + "『" + masked[match.end() : last]
            is_free = not re.search("[『』]", masked) and not re.search("論|記事", match[0])
            masked = front + "』" + masked[last + 1 :] if is_free else masked
    return masked


_N, _ENDS = "[〇○零一二三四五六七八九十百]", r"(?:[\s、，,.．。（(）)付号発更公放閲所]|\Z)"
_RUN = lazy(f"{_N}+")
_IN_KANJI = lazy(
    r"(?<=[\s、，,.．。（(」』)）])(?:"
    rf"(?:(?P<year>[一二][〇○零八九]{_N}{{2}}(?:年|(?=[)）])))|(?:平成|昭和|令和|大正|明治){_N}{{1,3}}年)"
    rf"(?P<month>{_N}{{1,2}}月(?:{_N}{{1,3}}日)?)?(?={_ENDS})"
    rf"|{_N}{{1,5}}(?:\s?[-‐-―−ー〜～・]\s?{_N}{{1,5}})?\s?(?=(?:頁|ページ)(?:{_ENDS}|以下)))"
    rf"|第?{_N}{{1,5}}巻\s?第?{_N}{{1,5}}号(?={_ENDS})|(?<=[、，,」』])\s?第{_N}{{1,5}}[巻号](?={_ENDS})"
)


def in_figures(text: str, shape: str) -> list[tuple[int, int, str]]:
    """Figures for what stands in kanji and outside of titles: 二〇二五年五月, 一二―一八頁.

    A year alone may be a title (『一九八四年』): of several it is the last.
    """
    found = [one for one in _IN_KANJI.finditer(text) if not is_within_quotes(text, one.start())]
    years = [one for one in found if one["year"]]
    bare = [one for one in years if not one["month"] and text[one.start() - 1] not in "（("]
    is_dated = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", shape) is not None
    titles = [one for one in bare if is_dated or one is not years[-1]]
    figures: list[tuple[int, int, str]] = []
    for one in found:
        runs = [
            (*run.span(), places.from_kanji(run[0])) for run in _RUN.finditer(text, *one.span())
        ]
        # What is no number (百二〇) says nothing of the figure beside it either.
        if one not in titles and all(number for *_, number in runs):
            figures += [(start, end, str(number)) for start, end, number in runs]
    return figures


def as_printed(title: str, text: str, span: Span) -> str:
    """A title with its figures in kanji and its signs as they are printed.

    Both are set otherwise for the grammar: 大正十二年の腰痛, 血圧 140/100 の管理.
    """
    for one in _IN_KANJI.finditer(text, span.start, span.end):
        figures = _RUN.sub(lambda run: str(places.from_kanji(run[0])), one[0])
        title = title.replace(figures, one[0], 1)
    own, printed = (_WORDS.split(one) for one in (title, span.of(text)))
    if own[1::2] != printed[1::2]:
        return title
    own[2:-1:2] = map(_sign_printed, own[2:-1:2], printed[2:-1:2])
    return "".join(own)


def _sign_printed(sign: str, printed: str) -> str:
    """What stands between two words: as printed, where one sign was set for another."""
    said, was = sign.strip(), printed.strip()
    return sign.replace(said, was) if len(said) == len(was) == 1 else sign


_WORDS = lazy(r"([^\W_]+)")


def laid_out(text: str, shape: str) -> list[tuple[int, int, str]]:
    """What is to be set otherwise so that each element stands for itself: (start, end, instead)."""
    found = japanese_rows.set_apart(text, shape) + in_figures(text, shape)
    for pattern, instead in _LAYOUT:
        found += [(*one.span(), one.expand(instead)) for one in pattern.finditer(text)]
    return found


ASIDES = lazy(
    r"(?:(?:本体|定価|価格|税込|税抜|税別)(?:価格)?\s?:?\s?)?(?<!\d)(?:\d{1,3}(?:,\d{3})*|\d{4,6})\s?円(?:\s?[+(]?\s?(?:税|本体)[込抜別]?\)?)?"
    rf"|(?<=[」』])\s?[(]\s?{PLAIN_DATE}\s?(?:現在|時点)\s?[)]"
    r"|(?<=[,(\s])(?:最終)?(?:更新|公開|発行)(?:日|年)\s?:?\s?(?:不明|なし|記載なし)(?=[\s,)]|$)"
    rf"|(?<=[\s\]])[(]\s?{PLAIN_DATE}\s?(?:現在|時点)\s?[)]\s*$"
    r"|(?<=[,.])\s?(?:口演|口頭発表|ポスター(?:発表)?|示説|一般演題|招待講演)(?=[\s,.]*$)"
    r"|(?<=[集会],\s)(?:\d[A-Z]\d?-?[A-Z]?-?\d+|[A-Z]\d?-\d)(?=\s?,\s?(?:p|\d|[^\s\d,]{2,8},))"
    r"|非売品|[(]?第\s?\d{1,3}\s?刷(?:発行)?[)]?|\bISBN(?:-1[03])?\s?:?\s?[\dX-]{9,17}|(?<=[,.」』])\s?(?:電子書籍|電子|[Kk]indle|オンデマンド)版(?=\s*[,.)]|\s|$)"
    rf"|(?<=[,.;:(\s{CUT}])(?:CQ|BQ|FRQ|FQ|GPS|GQ|Q|臨床疑問|クリニカルクエスチョン)\s?-?\d{{1,3}}(?:-\d{{1,3}})*(?=\s*(?:[,.;:)]|\s|$))"
    r"|[(\[]\s?(?:会議録|原著論文|総説|解説|症例報告|短報|座談会)(?:/[^()\[\]]{1,20})?\s?[)\]](?=\s*[.,:])"
    r"|\[(?:[JMDCRNSP]|EB|DB)(?:/OL)?\](?=\s*[.,:]|\s*$)"
    r"|(?<=[,.;(\s])(?<![』」]\s)[甲乙]?第\s?\d{1,6}\s?号(?=\s*(?:[,.;)]|\s|$))"
    r"|^(?:シンポジウム|パネル(?:ディスカッション)?|ワークショップ|(?:特別|教育|基調|招待|会長)講演|一般演題|ランチョンセミナー)"
    r"\s?[\dⅠ-Ⅹ]*\s?(?:「[^」]*」)?\s?:\s?"
)
"""What fills no field: prices, printings, numbers of questions and degrees, a session's name."""


_BESIDE_DAY = lazy(
    rf"(?<=[」』])\s?\(\s?{PLAIN_DATE}(?:発表|公開|配信|更新)?\s?(?P<said>[・;]\s?[^()・]{{2,30}})\)"
)
"""What a bracket says beside the day of a page: （2024年1月・高裁判決）."""


def take_asides(marked: Marked) -> None:
    """Take out what fills no field of CSL."""
    for match in list(ASIDES.finditer(marked.left)):
        if not is_within_quotes(marked.left, match.start()):
            marked.known.append(match.span())
            marked.cut(*match.span())
    for match in list(_BESIDE_DAY.finditer(marked.left)):
        marked.cut(*match.span("said"))
