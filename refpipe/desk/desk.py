"""What all pages of the desk share: the project, the time, the language, and the way back."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from refpipe import identifiers, markup, render, styles
from refpipe.config import Config
from refpipe.display import in_language, visible
from refpipe.errors import LibraryError, RefpipeError
from refpipe.library import Library
from refpipe.library.search import Figures, Filters
from refpipe.model import Identifier, Item
from refpipe.pipeline import pages
from refpipe.pipeline.retractions import KnownNotices
from refpipe.pipeline.review import ReviewedFile
from refpipe.sources import Registries

# ── What the desk says, in both languages; a template takes every word of its own from here ─────


_ROWS: dict[str, tuple[str, str]] = {
    "desk": ("Desk", "参考文献デスク"),
    "articles": ("Articles", "記事"),
    "paste": ("Paste", "貼り付け"),
    "library": ("Library", "文献"),
    "review": ("Review", "重複の確認"),
    "ledger": ("Ledger", "記録"),
    "other_language": ("日本語", "English"),
    "skip": ("Skip to the content", "本文へ移動"),
    "confirmed": ("confirmed by a registry", "登録機関が確認済み"),
    "unconfirmed": ("not confirmed by a registry", "登録機関は未確認"),
    "pasted_only": ("read from print only", "印刷の読み取りのみ(未確認)"),
    "fallen": ("retracted or of concern", "撤回または懸念の表明"),
    "findings": ("findings", "指摘"),
    "references": ("references", "文献数"),
    "no_findings": ("nothing found", "指摘なし"),
    "no_articles": ("There is no article yet.", "記事がまだありません。"),
    "not_checked": ("could not be checked", "確認できませんでした"),
    "years": ("Works by year of publication", "発行年ごとの文献数"),
    "ages": ("Works by age", "発行からの年数ごとの文献数"),
    "years_old": ("years old", "年"),
    "years_and_more": ("years and older", "年以上"),
    "changed_articles": ("articles changed in the last 7 days", "この7日間に変わった記事"),
    "changed_lately": ("changed in the last 7 days", "7日以内に変更"),
    "year": ("year", "年"),
    "works": ("works", "文献"),
    "as_read": ("As a reader sees it", "読者に見える形"),
    "list": ("References", "参考文献"),
    "line": ("line", "行"),
    "fix": ("Make the safe fixes", "安全な修正をすべて行う"),
    "weave": ("Number again", "番号と一覧を更新する"),
    "adopt": ("Manage the hand-made list", "手書きの一覧を管理する"),
    "adopt_look": ("This is what would change. Nothing is changed yet.",
                   "次のように変わります。まだ何も変えていません。"),
    "remarks": ("Look at these first", "先に確かめること"),
    "do_it": ("Do it", "実行する"),
    "waive": ("Answer with a reason", "理由を書いて除外する"),
    "reason": ("Reason", "理由"),
    "take_back": ("Take it back", "元に戻す"),
    "taken_back": ("It was taken back.", "元に戻しました。"),
    "done": ("Done. This is what changed.", "実行しました。変わったところ:"),
    "nothing_changed": ("Nothing was to be changed.", "変えるところはありませんでした。"),
    "changed_elsewhere": (
        "The article was changed on disk meanwhile; nothing was written. Look again.",
        "その間に記事が変更されたため、何も書き込みませんでした。もう一度ご覧ください。",
    ),
    "paste_lead": (
        "Paste references in any form: a list, DOIs, PMIDs, ISBNs, addresses, BibTeX, RIS.",
        "文献をどんな形でも貼り付けてください(一覧、DOI、PMID、ISBN、アドレス、BibTeX、RIS)。",
    ),
    "read_them": ("Read them", "読み取る"),
    "or_file": ("or a file", "またはファイル"),
    "known": ("already in the library as", "文献に登録済み:"),
    "same_as": ("the same work as", "次と同じ文献:"),
    "maybe": ("possibly the same as", "同じ文献かもしれません:"),
    "doubted": ("read with doubt", "読み取りに自信のない項目"),
    "rest": ("not understood", "読み取れなかった部分"),
    "unread": ("nothing was understood", "読み取れませんでした"),
    "to_ask": ("an identifier; a registry is asked when it is added",
               "識別子です。登録するときに登録機関に問い合わせます"),
    "add_all": ("Add to the library", "文献に登録する"),
    "ask_too": ("ask the registries", "登録機関に問い合わせる"),
    "finished": ("The finished list", "できあがった一覧"),
    "style": ("Style", "書式"),
    "as_text": ("Text", "テキスト"),
    "as_html": ("HTML", "HTML"),
    "as_markdown": ("Markdown", "Markdown"),
    "as_keys": ("Citation keys", "引用キー"),
    "to_copy": ("Copy", "コピー"),
    "copy_rich": ("Copy for Word", "Word用にコピー"),
    "copied": ("Copied", "コピーしました"),
    "search": ("Search", "検索"),
    "search_words": ("Author, title, journal, year, identifier", "著者、題名、雑誌名、年、識別子"),
    "found": ("found", "件"),
    "first_shown": ("the first are shown", "先頭だけを表示しています"),
    "flow": ("Counts", "件数"),
    "flow_lead": ("The records before screening, as the PRISMA 2020 flow diagram asks for them.",
                  "スクリーニング前の件数です(PRISMA 2020 のフロー図に書く数)。"),
    "identified": ("Records identified", "見つかった文献"),
    "of_file": ("from", "ファイル:"),
    "unreadable": ("could not be read and are not counted", "読み取れず、件数に含まれないもの"),
    "duplicates_removed": ("Duplicate records removed before screening",
                           "スクリーニング前に除いた重複"),
    "by_rule": ("found by refpipe", "refpipeが判断"),
    "by_person": ("decided by a person", "人が判断"),
    "to_screen": ("Records to screen", "スクリーニングする文献"),
    "still_waiting": ("pairs still wait for a decision; the counts may change",
                      "組が判断を待っています(件数はまだ変わることがあります)"),
    "take_left": ("Save the records to screen", "スクリーニングする文献を保存"),
    "take_removed": ("Save the duplicates that were removed", "除いた重複を保存"),
    "too_many": ("More works have these words than are looked at; add a word.",
                 "当てはまる文献が多すぎるため、一部だけを調べました。語を足してください。"),
    "order": ("Order", "並べ方"),
    "best": ("best first", "関連の高い順"),
    "newest": ("newest first", "新しい順"),
    "oldest": ("oldest first", "古い順"),
    "title": ("by title", "題名順"),
    "author": ("by author", "著者名順"),
    "narrow": ("Narrow down", "絞り込み"),
    "standing": ("Standing", "状態"),
    "type": ("Kind", "種類"),
    "decade": ("Published", "発行年"),
    "journal": ("Journal", "雑誌"),
    "no_longer": ("remove", "解除"),
    "article-journal": ("journal article", "雑誌論文"),
    "article-magazine": ("magazine article", "雑誌記事"),
    "article-newspaper": ("newspaper article", "新聞記事"),
    "article": ("preprint or article", "プレプリント・記事"),
    "book": ("book", "図書"),
    "chapter": ("chapter", "図書の章"),
    "paper-conference": ("conference paper", "会議発表論文"),
    "report": ("report or guideline", "報告書・ガイドライン"),
    "thesis": ("thesis", "学位論文"),
    "webpage": ("web page", "ウェブページ"),
    "dataset": ("data set", "データセット"),
    "legislation": ("law", "法令"),
    "standard": ("standard", "規格"),
    "retraction": ("retracted", "撤回"),
    "expression-of-concern": ("expression of concern", "懸念の表明"),
    "correction": ("corrected", "訂正"),
    "literal": ("printed or stated", "記載あり"),
    "candidate": ("derived, not confirmed", "推定(未確認)"),
    "fields": ("Fields, and who supplied them", "項目と情報源"),
    "identifiers": ("Identifiers", "識別子"),
    "records": ("Records", "情報源の記録"),
    "history": ("What happened to it", "経過"),
    "cited_by": ("Cited by", "引用している記事"),
    "related": ("Related works", "関連する文献"),
    "correct": ("Correct a field", "項目を訂正する"),
    "field": ("Field", "項目"),
    "value": ("Value", "値"),
    "entries": ("In every style", "各書式での表示"),
    "pairs": ("groups to look at", "組が確認を待っています"),
    "no_pairs": ("Nothing waits for a decision.", "判断を待っているものはありません。"),
    "one_work": ("One work", "同じ文献"),
    "different": ("Different works", "別の文献"),
    "later": ("Later", "あとで"),
    "show_all": ("Show equal fields too", "同じ項目も表示する"),
    "show_differing": ("Show only what differs", "違う項目だけを表示する"),
    "why": ("Why they may be one", "同じかもしれない理由"),
    "choose": ("keep this value", "この値を残す"),
    "keys_help": ("Keys: m one work, d different, s later, u take back",
                  "キー操作: m 同じ、d 別、s あとで、u 元に戻す"),
    "when": ("When", "日時"),
    "what": ("What", "内容"),
    "who": ("By", "判断"),
    "person": ("a person", "人"),
    "rule": ("a rule", "規則"),
    "gone": ("taken back", "取り消し済み"),
    "no_library": ("There is no library yet.", "文献がまだありません。"),
    "not_here": ("There is no such page.", "そのページはありません。"),
    "went_wrong": ("This could not be done", "実行できませんでした"),
    "back": ("Back", "戻る"),
    "path": ("File", "ファイル"),
    "asked": ("Asking the registries", "登録機関に問い合わせています"),
    "answered": ("answered by a registry", "登録機関から回答がありました"),
    "all_answered": ("Every answer that could be had is here.",
                     "得られた回答をすべて表示しました。"),
    "lost": ("The desk stopped answering; what had been answered is kept. Try again.",
             "デスクからの応答が途切れました。届いた回答は保存されています。もう一度お試しください。"),
    "settled": ("This was settled already.", "すでに判断済みです。"),
    "decided": ("Kept. It can be taken back.", "記録しました。元に戻せます。"),
    "confirm": ("Confirm", "確認する"),
    "ask_registries": ("Ask the registries", "登録機関に問い合わせる"),
    "could_not_ask": ("Could not ask; nothing is known yet",
                      "問い合わせできませんでした(まだ何も分かりません)"),
    "opened_offline": ("the desk was opened with --offline",
                       "--offline を付けて開かれています"),
    "now_confirmed": ("A registry answers for it and agrees.",
                      "登録機関の記録と一致し、確認されました。"),
    "differs_in": ("A registry answers for it, but differs from the print:",
                   "登録機関の記録がありますが、印刷と次の点が違います:"),
    "still_unconfirmed": ("It is not confirmed.", "確認されていません。"),
    "now_seen": ("No registry answers for a page; it was seen.",
                 "登録機関はありませんが、ページを確認しました。"),
    "may_be": ("It may be one of these", "候補の文献"),
    "you_choose": ("Look at each; choose one only if it is the work.",
                   "それぞれをご覧になり、同じ文献である場合だけ選んでください。"),
    "it_is_this": ("It is this one", "これです"),
    "other_title": ("another title; not offered", "題名が違うため、選べません"),
    "no_such_work": ("There is no such work", "そのような文献はありません"),
    "not_decided": ("Nothing was decided, because the two differ:",
                    "次の点が違うため、まだ何も記録していません:"),
    "one_all_the_same": ("They are one work all the same", "違いはあるが同じ文献とする"),
    "name_it": ("Or its DOI or PMID, as you know it", "または、分かっている DOI か PMID"),
    "nothing_read": ("Nothing was pasted.", "何も貼り付けられていません。"),
}  # fmt: skip

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {name: row[0] for name, row in _ROWS.items()},
    "ja": {name: row[1] for name, row in _ROWS.items()},
}
"""Language → name → words."""


_HERE = Path(__file__).parent
LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """An article as an action of the desk found it and left it, to put it back by."""

    path: Path
    before: str
    after: str


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = _link
    environment.filters["said"] = _said
    return environment


@jinja2.pass_context
def _said(context: jinja2.runtime.Context, text: str) -> str:
    """What another room says, in the language of the page."""
    return in_language(text, context["lang"])


@dataclass(slots=True, kw_only=True)
class Desk:
    """One project on the desk."""

    config: Config
    now: Callable[[], str]
    today: Callable[[], datetime.date]
    registries: Callable[[], Registries] | None
    """Gives the registries; None where nobody may be asked."""
    reviewed: tuple[ReviewedFile, ...] = ()
    """The files of a review that the desk was opened on; none for a project of articles."""
    changes: dict[int, TextChange] = field(default_factory=dict)
    fallen: frozenset[str] = frozenset()
    """The ids of works that the data on retractions know as fallen, when ``figures`` was asked."""
    _figures: tuple[str, Figures] | None = None
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _templates: jinja2.Environment = field(default_factory=_templates)

    def library(self) -> Library | None:
        """The library, open to be read; None where there is none yet."""
        if not self.config.library.exists():
            return None
        return Library.open(self.config.library, writable=False)

    def change(self, request: Request, make: Callable[[Library], Response]) -> Response:
        """The page after ``make`` changed the library, or the one that says why it could not."""
        with self.written() as library:
            try:
                return make(library)
            except RefpipeError as error:
                told = f"{error}\n{error.hint}"
                return self.page(request, "message", status=409, heading="went_wrong", text=told)

    def written(self) -> Library:
        """The library, open to be written to; made where there is none."""
        return Library.open(self.config.library, create=True)

    @property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """The address and the name of each page that the head of every page leads to."""
        work = (("/library", "library"), ("/review", "review"), ("/ledger", "ledger"))
        if self.reviewed:
            return (("/flow", "flow"), *work)
        return (("/", "articles"), ("/paste", "paste"), *work)

    def figures(self) -> Figures:
        """The works of the library counted by kind, counted once until it changes."""
        generation = pages.generation(self.config.library)
        if self._figures is None or self._figures[0] != generation:
            try:
                library = self.library()
                if library is None:
                    return Figures()
                with library, KnownNotices() as notices:
                    self.fallen = notices.fallen(library)
                    counted = library.figures(Filters(known_fallen=self.fallen))
                    self._figures = (generation, counted)
            except LibraryError:
                # The page that needs the works says so; the figures alone stop none.
                return Figures()
        return self._figures[1]

    def articles(self) -> list[Path]:
        """The articles of the project; nothing else is ever read or written as one."""
        return pages.articles_of(self.config)

    def article(self, name: str) -> Path | None:
        """The article of that path below the project's root; None for any other file."""
        return next((path for path in self.articles() if self.name_of(path) == name), None)

    def name_of(self, path: Path) -> str:
        """An article's path below the project's root, as addresses carry it."""
        try:
            return path.relative_to(self.config.root).as_posix()
        except ValueError:
            return path.as_posix()

    def changed(self, change: TextChange) -> int:
        """Remember a change of an article; gives the number to take it back by."""
        number: int = next(self._numbers)
        self.changes[number] = change
        return number

    def entry(self, item: Item, style: str = "") -> Markup:
        """The finished entry of an item, as HTML."""
        loaded = styles.load(style or self.config.style)
        content = markup.html(render.entry(item, loaded).content)
        return Markup(visible(content))  # noqa: S704 (markup escapes)

    def page(self, request: Request, name: str, /, *, status: int = 200, **given: Any) -> Response:
        """A page in the reader's language."""
        answer = HTMLResponse(self.part(request, name, **given), status_code=status)
        chosen = request.query_params.get("lang")
        if chosen in LANGUAGES:
            answer.set_cookie("lang", chosen, samesite="strict")
        return answer

    def part(self, request: Request, name: str, /, **given: Any) -> str:
        """The HTML of a template in the reader's language."""
        lang = language(request, self.config.lang)
        return self._templates.get_template(f"{name}.html").render(
            w=WORDS[lang], lang=lang, request=request, desk=self, said=request.query_params, **given
        )


def language(request: Request, otherwise: str = "") -> str:
    """The language of a page: what was switched to, else the browser's first that we have."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in LANGUAGES:
        return chosen
    wanted = [
        one.strip()[:2].lower() for one in request.headers.get("accept-language", "").split(",")
    ]
    return next((one for one in wanted if one in LANGUAGES), otherwise or "en")


def back_to(address: str) -> RedirectResponse:
    """After a form: to a page of ours by GET, so that reloading does nothing twice."""
    return RedirectResponse(address, status_code=303)


def _shown(value: object) -> object:
    """What strangers wrote is seen and not obeyed; what is HTML of ours stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link(identifier: Identifier) -> str:
    """The address for a reader; empty where the identifier leads nowhere on the web."""
    address = identifiers.link(identifier)
    return address if address.startswith(("https://", "http://")) else ""
