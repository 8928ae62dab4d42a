"""What a page says of itself: that it is not the one that was asked for, or that it has ended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from refpipe import normalise
from refpipe.dates.grammar import MONTH

# ── In the place of the page ──────────────────────────────────────────────────────────────────────

_SEPARATOR = re.compile(r"\s*[|\u2013\u2014\u00b7\u00bb]\s*|\s+-\s+")
_EDGES = " .!?\u2026\u3002\u30fb-"

# All blanks are left out on both sides: the patterns are verbose, and titles are squeezed.
_INSTEAD = re.compile(
    r"""
      just a moment | one moment,? please | (?:please wait|loading) (?:for verification)?
    | attention required | access (?:to this page)? (?:has been|is)? denied | permission denied
    | (?:error|http|status|code)* (?:40[01349]|410|429|50[0-4])
      (?:error|unauthorized|forbidden|(?:page|file)? not found|gone|too many requests|bad gateway
      |internal server error|service (?:temporarily)? unavailable|gateway time-?out
      |page (?!not found)|[:,-])*
    | forbidden | unauthorized | (?:internal)? server error | bad gateway | not found
    | (?:service|page|site|content) (?:is|temporarily|currently)* unavailable
    | too many requests | request (?:rejected|blocked)
    | (?:sorry,?)? (?:the|this)? (?:page|file|document|content|article|resource)
      (?:you requested|you are looking for|requested)? (?:was|is|could|can)? not (?:be)?
      (?:found|available|exist)
    | (?:sorry,?)? we (?:can.?t|couldn.?t|cannot) find (?:that|this|the) page
    | error (?:page)? | oops | an error (?:has)? occurred
    | are you (?:a)? (?:robot|human) | robot check | captcha
    | (?:security|human|bot|browser) (?:check|verification)
    | (?:verify|verifying) (?:that)? you are (?:a)? human
    | checking your browser (?:before accessing.*)? | validate user | client challenge
    | pardon our interruption | incapsula .* | (?:sorry,?)? you have been blocked
    | (?:under|site|scheduled)? maintenance (?:mode)? | under construction
    | (?:page)? redirect (?:ing|ion)? | untitled (?:document|page)?
    | (?:please)? (?:log|sign) in (?:required|to continue)? | cookies? (?:required|absent)
    | (?:please)? enable (?:javascript|cookies) .* | javascript (?:is)? (?:required|disabled)

    | (?:404|403|500|503)? (?:エラー|error)? :?
      (?:申し訳(?:ありません|ございません)が?[、。]?)?
      (?:お探しの|ご指定の|指定された|指定の|要求された|該当する?の?|アクセスしようとした|この)?
      (?:web|ウェブ)? (?:ページ|ファイル|記事|コンテンツ|url)(?:は|が|を)?
      (?:(?:見つかり|みつかり|見つけられ|存在し|あり|ござい|表示でき|公開されてい)ません (?:でした)?
      |見つからない|削除されました|公開を?終了しました)
    | (?:このページへの)? アクセス(?:が|は)?(?:拒否|制限|禁止)(?:されました|されています)?
    | (?:ただいま|現在)?、?(?:システム|サーバー?|サイト)?メンテナンス中?(?:です|のお知らせ)?
    | (?:システム|サーバー?|アプリケーション)?エラー(?:が発生しました|ページ)?
    | (?:しばらく|少々)お待ちください | ログイン(?:ページ|画面)? | 認証が必要です
    | セキュリティ(?:チェック|確認)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_shown_instead(title: str) -> bool:
    """Whether a page of that title is a guard's or an error's, not the one that was asked for.

    The title, or what it says before or behind the name of the site, has to say that and nothing
    else: an article may well be called "Access denied: barriers to care", and a single word behind
    another piece may be the name of a section.
    """
    text = " ".join(unicodedata.normalize("NFKC", title).split())
    parts = [part for part in _SEPARATOR.split(text) if part]
    behind = (part for part in parts[1:] if " " in part.strip() or _WHOLE_JA.match(part))
    return any(_says_so(part) for part in (text, *parts[:1], *behind))


_WHOLE_JA = re.compile(r"(?=.*[ぁ-ん]).{8}")
"""A sentence in Japanese, and no word alone."""
_OF_MANY = re.compile(
    r"""
      search (?:results?)? (?:for|of)? | (?:your)? (?:search)? results? for | you searched for
    | (?:search results? for|you searched for|posts? tagged|tagged (?:with|as)) .+
    | (?:posts?|pages?|articles?)? (?:tag|tagged|tags|categor(?:y|ies)|keywords?)
      (?:archives?|pages?)?
    | (?:category|tag|author|monthly|daily|yearly) archives?
    | (?:サイト内)?検索(?:結果)?(?:一覧|ページ)? | .+の検索結果(?:一覧)?
    | (?:記事)?(?:カテゴリー?|タグ|キーワード)(?:別|一覧|ページ|の?記事|の?記事一覧|アーカイブ)*
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a page says of a list of others: those that a search found, or that bear one tag."""


def is_of_another(title: str, told: Iterable[str]) -> bool:
    """Whether a page says beside the title of an entry that something else stands there.

    That is an error, what a search found, or what bears a tag; the entry may be called so itself.

    >>> is_of_another("Opening hours", ["Page not found: Opening hours"])
    True
    >>> is_of_another("腰痛", ["検索結果: 腰痛 | みどり町"])
    True
    >>> is_of_another("Access denied: barriers to care", ["Access denied: barriers to care | NHS"])
    False
    """
    own = normalise.squeeze(title)
    return bool(own) and any(
        _says_so(piece) or _OF_MANY.fullmatch(piece.strip(_EDGES).replace(" ", ""))
        for one in told
        if own in normalise.squeeze(one)
        for piece in _beside(own, _plain(one))
    )


def _beside(own: str, plain: str) -> Iterator[str]:
    """The pieces of a page's title that are none of the entry's."""
    pieces = (piece.strip() for piece in _BORDER.split(plain))
    return (piece for piece in pieces if piece and normalise.squeeze(piece) not in own)


def _says_so(text: str) -> bool:
    return _INSTEAD.fullmatch(text.strip(_EDGES).replace(" ", "")) is not None


# ── Of its end ────────────────────────────────────────────────────────────────────────────────────
# A page that was withdrawn or archived often stands where it stood, under its old title. A label
# beside the title says so, or a sentence of which the page is the subject. What a label is made of
# has to speak of ending, of pages and of time alone: "Retired nurses" is none.

_ENDED = (
    r"archived|withdrawn|retired|superseded|rescinded|revoked|repealed|obsolete|expired|outdated"
    r"|discontinued|deprecated|decommissioned|retracted|out[ -]of[ -]date|(?:replaced|updated) by"
    r"|no longer (?:being )?(?:current|maintained|updated|available|valid|supported|recommended"
    r"|in (?:force|use|effect))"
)
_PAGE = (
    r"(?:web ?)?(?:page|site)s?|documents?|guidances?|guidelines?|publications?|contents?|articles?"
    r"|resources?|information|advice|(?:fact ?|data ?)?sheets?|leaflets?|booklets?|polic(?:y|ies)"
    r"|reports?|standards?|recommendations?|statements?|topics?|versions?|editions?|materials?"
)
_SMALL = (
    r"this|these|the|an?|has|have|been|was|were|is|are|now|and|on|in|since|as|of|for|note|notice"
    r"|permanently|historical|purposes?|reference|only|\d+(?:st|nd|rd|th)?|"
) + MONTH.casefold()
_WORDS_OF_LABEL = re.compile(rf"(?:(?:{_PAGE}|{_SMALL})\W+)*(?:{_ENDED})\b(?P<rest>.*)")
_REST = re.compile(rf"(?:\W*\b(?:{_PAGE}|{_SMALL}|{_ENDED})\b)*\W*")
_SENTENCE = re.compile(
    rf"\W*(?:(?:important|please|note|notice|warning|attention|that)\b\W*)*(?:"
    rf"th(?:is|ese) (?:[\w-]+ ){{0,3}}?(?:{_PAGE}) (?:[\w-]+ ){{0,3}}?"
    rf"(?:has|have|is|was|are|were) (?:(?:now|since|also|been|permanently|officially) ){{0,3}}"
    rf"(?:(?:updated|reviewed) and (?:(?:is|are|has been|have been) )?)?(?:{_ENDED})\b"
    rf"|(?:this is|you are (?:now )?(?:viewing|reading|looking at)) (?:(?:an?|the) )?(?:{_ENDED}) "
    rf"(?:[\w-]+ ){{0,2}}(?:{_PAGE})\b)"
)

_PAGE_JA = (
    r"(?:(?:ウェブ|web|ホーム)?(?:ページ|サイト)|記事|コンテンツ|文書|資料|ガイドライン|指針|手引き?"
    r"|マニュアル|通知|通達|告示|情報|内容|冊子|リーフレット|パンフレット|報告書|規格|版|図書|書籍)"
)
_WHAT_JA = (
    r"(?:掲載|公開|配信|配布|頒布|提供|更新|改訂|受付|募集|申込み?|申請|実施|販売|サービス|運用|運営"
    r"|事業|制度|使用|利用|施行|有効期間|期間)"
)
_END_JA = (
    r"(?:終了|停止|中止|休止|廃止|失効|撤回|取り?下げ|取り?消し|削除|閉鎖|満了|アーカイブ(?:化)?)"
)
_TAIL_JA = (
    r"(?:済み?|(?:いた)?しました|致しました|され(?:ました|ています)|して(?:い|おり)ます|です|となりました"
    r"|のお知らせ|中)?"
)
_DAY_JA = (
    r"(?:(?:令和|平成)?[\d元]+年(?:度|\d+月)?(?:\d+日)?(?:を?もって|付け?で?|限りで|以降|[にで])?"
    r"、?)"
)
_OLD_JA = rf"(?:旧|古い){_PAGE_JA}"
_LABEL_JA = re.compile(
    rf"(?:※|【)?(?:{_DAY_JA})?(?:(?:この|本|当)?{_PAGE_JA}(?:は|の|を)?)?{_DAY_JA}?"
    rf"(?:{_WHAT_JA}(?:を|は|が)?)?{_END_JA}(?:{_PAGE_JA}|{_TAIL_JA})|{_OLD_JA}|更新終了"
)
_BRACKETED = re.compile(r"[【\[〔［]([^】\]〕］]{1,16})[】\]〕］]")
_IN_BRACKETS_JA = re.compile(
    r"旧|[一-鿿ァ-ヶー]{0,6}(?:終了|廃止|失効|撤回|取り?下げ|取り?消し)" + _TAIL_JA
)
_SENTENCE_JA = re.compile(
    rf"[※＊*\s]*(?:【?(?:重要|お知らせ|ご?注意)】?[:：\s]*)?(?:この|本|当|こちらの)[\w]{{0,12}}?{_PAGE_JA}"
    rf"(?:の{_WHAT_JA})?(?:は|も|について(?:は)?)、?(?:"
    rf"(?:[^。]{{0,30}}に(?:伴い|ともない|より)、?)?(?:すでに|既に|現在)?{_DAY_JA}?"
    rf"(?:{_WHAT_JA}(?:を|は|が)?)?{_END_JA}(?:済|(?:いた)?しました|致しました|され(?:ました|ています|て"
    rf"おります)|して(?:い|おり)ます|となりました|です|$)"
    rf"|(?:現在|今後)?、?更新(?:を)?(?:されて|して|行って)(?:い|おり)ません"
    rf"|(?:過去の|過去に[^。]{{0,12}}|古い|旧){_PAGE_JA}(?:です|となっ)"
    rf"|(?:現在の?)?最新(?:の{_PAGE_JA})?ではありません|古くなって(?:い|おり)ます)"
)
_BORDER = re.compile(r" ?[][|¦│‖«»‹›→•·(){}<>:~〜—―–「」『』【】〔〕〈〉《》]+ ?| [^\w\s&+,]+ ")
_STOP = re.compile(r"(?<=[.!?。！？])\s*|\n")
_SHOWN = 160
"""Letters of a sentence that are shown."""


def label_of_end(title: str, told: Iterable[str]) -> str:
    """What stands beside the title of an entry in a page's own and says that the page has ended.

    >>> label_of_end("Back care", ["[Archived] Back care | Midori"])
    'Archived'
    >>> label_of_end("腰痛の予防", ["【掲載終了】腰痛の予防｜みどり町"])
    '掲載終了'
    >>> label_of_end("Retired nurses", ["Retired nurses: what they need"])
    ''
    """
    own = normalise.squeeze(title)
    for one in told:
        plain = _plain(one)
        bracketed = [found[1].strip() for found in _BRACKETED.finditer(plain)]
        for piece in (*bracketed, *_beside(own, plain)):
            if piece and normalise.squeeze(piece) not in own and (
                _is_label(piece) or (piece in bracketed and _IN_BRACKETS_JA.fullmatch(piece))
            ):  # fmt: skip
                return piece
    return ""


def _is_label(piece: str) -> bool:
    small = piece.casefold()
    found = _WORDS_OF_LABEL.match(small)
    if found is None:
        return _LABEL_JA.fullmatch(piece.replace(" ", "")) is not None
    has_other = small[: found.start("rest")].endswith(" by") or found["rest"].startswith(" by ")
    return has_other or _REST.fullmatch(found["rest"]) is not None


def sentence_of_end(text: str) -> str:
    r"""The first sentence in which a page says of itself that it has ended; empty for none.

    >>> sentence_of_end("Back care\nThis guidance was withdrawn on 5 May 2020. Rest is bad.")
    'This guidance was withdrawn on 5 May 2020.'
    >>> sentence_of_end("This drug was withdrawn from the market.")
    ''
    """
    return next((one[:_SHOWN] for one in _sentences(text) if _says_its_end(one)), "")


def _sentences(text: str) -> Iterator[str]:
    for line in _plain(text, keeps_lines=True).split("\n"):
        yield from (" ".join(one.split()) for one in _STOP.split(line) if one.strip())


def _says_its_end(sentence: str) -> bool:
    return bool(
        _SENTENCE.match(sentence.casefold()) or _SENTENCE_JA.match(sentence.replace(" ", ""))
    )


def _plain(text: str, *, keeps_lines: bool = False) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return plain if keeps_lines else " ".join(plain.split())
