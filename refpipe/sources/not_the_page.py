"""Pages that a server shows instead of the one that was asked for, although it says 200.

The wording is that of the servers and guards that most sites stand behind: Cloudflare, Akamai,
Imperva, AWS, nginx, Apache, WordPress, and what Japanese sites say in the same places.
"""

from __future__ import annotations

import re
import unicodedata

_SEPARATOR = re.compile(r"\s*[|\u2013\u2014\u00b7\u00bb]\s*|\s+-\s+")
_EDGES = " .!?\u2026\u3002\u30fb-"

# All blanks are left out on both sides: the patterns are verbose, and titles are squeezed.
_INSTEAD = re.compile(
    r"""
      just a moment | one moment,? please | (?:please wait|loading) (?:for verification)?
    | attention required | access (?:to this page)? (?:has been|is)? denied | permission denied
    | (?:error|http|status|code)* (?:40[01349]|410|429|50[0-4])
      (?:error|unauthorized|forbidden|(?:page|file)? not found|gone|too many requests|bad gateway
      |internal server error|service (?:temporarily)? unavailable|gateway time-?out|page|[:,-])*
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

    The title, or what it says before the name of the site, has to say that and nothing else: an
    article may well be called "Access denied: barriers to care".
    """
    text = " ".join(unicodedata.normalize("NFKC", title).split())
    parts = [part for part in _SEPARATOR.split(text) if part]
    return any(_says_so(part) for part in (text, *parts[:1]))


def _says_so(text: str) -> bool:
    return _INSTEAD.fullmatch(text.strip(_EDGES).replace(" ", "")) is not None
