"""A body of Markdown as HTML, with the places of its links.

The pure CommonMark parser knows nothing of sitegen. `_extended` adds everything else to it as
rules: those of the plug-ins, core rules that each do one thing to the finished stream of tokens,
and rules that render a token. What they find gathers in one `_Page` per body, which travels in
markdown-it's `env`; the parsers are shared and hold no state.

`_quickened` replaces the library's way to a result, never the result: `blocks`, `inlines`, `runs`
and `writer` say why they are equal to it, and tests compare them with the parser as it was.

markdown-it knows the lines of a block only. `_placed` makes the inline rules remember where in
the content of its block a link stands, and `places` finds that content in the source again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from itertools import pairwise

from markdown_it import MarkdownIt, rules_inline
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore, normalize
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.content.markdown import fence as codeblock
from sitegen.content.markdown import raw_html as rawhtml
from sitegen.content.markdown.excerpt import count_words, excerpt_of
from sitegen.content.markdown.fast.blocks import Blocks
from sitegen.content.markdown.fast.inlines import Inlines
from sitegen.content.markdown.fast.prose import runs
from sitegen.content.markdown.fast.renderer import Writer
from sitegen.content.markdown.positions import Content, Lines
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Heading, Link, Rendered

ABSOLUTE = re.compile(r"(?!id:)(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
"""How a URL starts that leads away from the site, or stays as it is (RFC 3986 §4.2, §4.3)."""

MORE = re.compile(r"<!--\s*(?:more|truncate)\s*-->")
"""The end of the excerpt, as WordPress, Hugo and Docusaurus write it."""

ANCHOR = ' <a class="anchor" href="#{}" aria-hidden="true" tabindex="-1">#</a>'
"""Out of the tab order and silent: the heading's name stays its text, in any language."""

ANCHORS = re.compile(ANCHOR.format('[^"]*'))

NOT_IN_ANCHOR = re.compile(r"[^a-z0-9 _-]")
"""The ASCII characters that are left out of an id."""

HTML = ("html_block", "html_inline")
"""The types of tokens that hold raw HTML."""

CONTENTS = {"h2": 2, "h3": 3, "h4": 4}
"""The headings in a table of contents, and their levels."""

NORMAL = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}(?:[/?#][\w;/?:@&=+$,.!~*()#-]*)?", re.ASCII
)
"""URLs of which every part is what normalizing makes of it: nothing to encode, no user, no port."""

Highlight = Callable[[str, str], str | None]
"""Code and language → HTML, or None for an unknown language; TimeoutError if it takes too long."""

InlineRule = Callable[[StateInline, bool], bool]


def _plain(code: str, _language: str = "") -> str:
    return escape(code, quote=False)


def _no_suggestion(_language: str) -> None:
    return None


def render(
    body: str,
    *,
    line: int = 1,
    title: str | None = None,
    math: bool = False,
    extras: bool = True,
    highlight: Highlight = _plain,
    suggest: Callable[[str], str | None] = _no_suggestion,
) -> tuple[Rendered, tuple[Diagnostic, ...]]:
    """The body as HTML, and its problems, which lack the path of the file.

    `line` is the line of the file that the body starts on, and `title` the one its front matter
    gives. `suggest` gives the hint for a language that `highlight` does not know (SG401). Without
    `extras`, the HTML is what CommonMark 0.31 says and nothing else, URLs included.

    Linear in the length of the body. Words are those outside code blocks and raw HTML.
    """
    page = _Page(line, title, highlight, suggest)
    return _rendered(_parser(extras, math), body, page), tuple(page.diagnostics)


def _rendered(parser: MarkdownIt, body: str, page: _Page) -> Rendered:
    env: EnvType = {"page": page}
    tokens = parser.parse(body, env)
    html = parser.renderer.render(tokens, parser.options, env)
    return Rendered(
        html,
        page.title,
        tuple(page.toc),
        tuple(page.links),
        frozenset(page.anchors),
        _excerpt(tokens, body),
        count_words(" ".join(_raw_text(token) for token in tokens if token.children)),
    )


def without_anchors(html: str) -> str:
    """The HTML without the links that headings have to themselves."""
    return ANCHORS.sub("", html)


@dataclass(slots=True)
class _Page:
    """What the rules are told of one body, and what they find in it."""

    line: int
    given_title: str | None
    highlight: Highlight
    suggest: Callable[[str], str | None]
    lines: Lines = field(default_factory=lambda: Lines(""))
    title: str | None = None
    toc: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def link(self, href: str, content: Content, start: int, end: int) -> str | None:
        """The placeholder for a link that stands there; None for one that leads away."""
        if not _is_local(href):
            return None
        line, column, length = content.place(start, end)
        self.links.append(Link(href, self.line + line, column + 1, length))
        return f"\0{len(self.links) - 1}\0"

    def with_links(self, html: str, content: Content, start: int) -> str:
        """Raw HTML, which starts there in the content, with placeholders for its links."""

        def placeholder(url: str, offset: int) -> str | None:
            place = start + offset
            return self.link(unescape(url), content, place, place + len(url))

        return rawhtml.with_urls(html, placeholder)

    def highlighted(self, language: str, fence: Token) -> str | None:
        """The HTML of the code; None, and a diagnostic, where it stays plain text."""
        try:
            html = self.highlight(fence.content, language)
        except TimeoutError:
            message = f"as '{language}', this code takes too long to highlight"
            hint = "it is shown as plain text, as with the language 'text'"
            self._report("SG402", message, hint, language, fence)
            return None
        if html is None:
            message = f"Pygments does not know the language '{language}'"
            self._report("SG401", message, self.suggest(language), language, fence)
        return html

    def _report(
        self, code: str, message: str, hint: str | None, language: str, fence: Token
    ) -> None:
        """Report what is wrong at the language of the fence."""
        line = (fence.map or (0,))[0]
        text = self.lines.lines[line]
        column = text.find(language, text.find(fence.markup) + len(fence.markup))
        problem = Diagnostic(
            code,
            message,
            line=self.line + line,
            column=max(0, column) + 1,
            hint=hint,
            length=len(language),
        )
        self.diagnostics.append(problem)


def _page(env: EnvType) -> _Page:
    page = env["page"]
    assert isinstance(page, _Page)
    return page


# The parsers


@cache
def _parser(extras: bool, math: bool) -> MarkdownIt:
    return _quickened(_extended(math)) if extras else MarkdownIt("commonmark")


def _quickened(parser: MarkdownIt) -> MarkdownIt:
    """The parser, which now gives the same result in less than half the time."""
    parser.block = Blocks(parser.block.ruler)
    parser.inline = Inlines(parser.inline)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _read_contents)
    writer = Writer(parser)
    writer.take_rules(parser.renderer)
    parser.renderer = writer
    return parser


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _read_contents(state: StateCore) -> None:
    """Read plain prose in one pass, and what else blocks hold by the rules of markdown-it."""
    parser = state.md
    math = "math_inline" in parser.inline.ruler.get_active_rules()

    def normalized(url: str) -> str | None:
        href = parser.normalizeLink(url)
        return href if parser.validateLink(href) else None

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = None if math and "$" in token.content else runs(token.content, normalized)
        if token.children is None:
            token.children = parser.inline.parse(token.content, parser, state.env, [])


def _extended(math: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"tasklists": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(deflist_plugin)
    if math:
        parser.use(
            dollarmath_plugin,
            allow_labels=False,
            allow_space=False,
            allow_digits=False,
            double_inline=True,
        )
    for name in ("link", "image", "autolink", "html_inline"):
        parser.inline.ruler.at(name, _placed(getattr(rules_inline, name)))
    for rule in (_take_title, _take_links, _take_anchors, _name_headings, _name_tasks):
        parser.core.ruler.push(rule.__name__, rule)
    for name, render_token in RENDER_RULES.items():
        parser.add_render_rule(name, _as_render_rule(render_token))
    return parser


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """A link within the site as written, so that a message can show it; others encoded."""
        if _is_local(url) and url.isprintable():
            return url
        return url if NORMAL.fullmatch(url) else super().normalizeLink(url)


def _is_local(url: str) -> bool:
    return not ABSOLUTE.match(url)


def _placed(rule: InlineRule) -> InlineRule:
    """The rule, which now leaves on its first token where in the content it matched."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, index = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            if state.tokens[index].type == "text":  # was pending before the match
                index += 1
            state.tokens[index].meta["span"] = (start, state.pos)
        return matched

    return placed


# Core rules, in the order in which they run


def _take_title(state: StateCore) -> None:
    """Take the heading out that is the title, or that repeats the title of the front matter."""
    page = _page(state.env)
    for index, (opening, inline) in enumerate(pairwise(state.tokens)):
        if opening.tag != "h1" or opening.level or not (text := _text(inline)):
            continue
        if page.given_title is None:
            page.title = text
        elif index or text.casefold() != _folded(page.given_title).casefold():
            return
        del state.tokens[index : index + 3]
        return


def _take_links(state: StateCore) -> None:
    """Put placeholders for all links that lead to the site itself."""
    page = _page(state.env)
    page.lines = Lines(state.src)
    for before, token in pairwise((Token("", "", 0), *state.tokens)):
        if token.type not in ("html_block", "inline"):
            continue
        parts = [part for part in (token, *(token.children or ())) if _may_link(part)]
        # The cells of a row are found one behind the other.
        if parts or before.type in ("th_open", "td_open"):
            content = _content(page.lines, before, token)
            for part in parts:
                _take_link(page, part, content)


def _may_link(token: Token) -> bool:
    return "span" in token.meta or token.type in HTML


def _content(lines: Lines, before: Token, token: Token) -> Content:
    first, end = token.map or (0, 0)
    if before.type in ("th_open", "td_open"):
        return lines.cell(token.content, first)
    return lines.block(token.content, first, end)


def _take_link(page: _Page, token: Token, content: Content) -> None:
    start, end = token.meta.get("span", (0, 0))
    if token.type in HTML:
        token.content = page.with_links(token.content, content, start)
    elif end:
        name = "src" if token.type == "image" else "href"
        href = str(token.attrs[name])
        token.attrs[name] = page.link(href, content, start, end) or href


def _take_anchors(state: StateCore) -> None:
    """Gather the ids that the author and the footnotes have taken, before headings get theirs."""
    anchors = _page(state.env).anchors
    if "<" not in state.src and "footnotes" not in state.env:
        return
    for token in state.tokens:
        if token.type == "footnote_open":
            anchors.add(f"fn{token.meta['id'] + 1}")
        elif token.type == "footnote_anchor":
            number, again = token.meta["id"] + 1, token.meta["subId"]
            anchors.add(f"fnref{number}:{again}" if again else f"fnref{number}")
        for part in (token, *(token.children or ())):
            if part.type in HTML:
                anchors.update(rawhtml.anchors(part.content))


def _name_headings(state: StateCore) -> None:
    """Give every heading an id and a link to it, and list the outer ones as contents."""
    page = _page(state.env)
    times: Counter[str] = Counter()
    for opening, inline in pairwise(state.tokens):
        if opening.type != "heading_open":
            continue
        text = _text(inline)
        anchor = _free(_anchor(text), page.anchors, times)
        page.anchors.add(anchor)
        opening.attrSet("id", anchor)
        link = Token("html_inline", "", 0, content=ANCHOR.format(anchor))
        inline.children = [*(inline.children or ()), link]
        if text and opening.tag in CONTENTS and not opening.level:
            page.toc.append(Heading(CONTENTS[opening.tag], anchor, text))


def _name_tasks(state: StateCore) -> None:
    """Put the box of a task before its text, which is its name too."""
    for item, inline in zip(state.tokens, state.tokens[2:], strict=False):
        if "checked" in item.meta and (label := _text(inline)):
            checked = " checked" if item.meta.pop("checked") else ""
            box = f'<input type="checkbox" disabled{checked} aria-label="{escape(label)}"> '
            inline.children = [Token("html_inline", "", 0, content=box), *(inline.children or ())]


def _anchor(text: str) -> str:
    """The id that GitHub gives to a heading with this text, or `section` where it has none."""
    if text.isascii():
        return NOT_IN_ANCHOR.sub("", text.lower()).replace(" ", "-") or "section"
    normal = unicodedata.normalize("NFC", text.lower())
    kept = (c for c in normal if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).replace(" ", "-") or "section"


def _free(name: str, taken: set[str], times: Counter[str]) -> str:
    """The name with the first number that makes it unique; `times` keeps this linear."""
    free = name
    while free in taken:
        times[name] += 1
        free = f"{name}-{times[name]}"
    return free


# Rules that render a token


def _fence(token: Token, page: _Page) -> str:
    info = unescapeAll(token.info)
    language = codeblock.language(info)
    html = page.highlighted(language, token) if language else None
    return codeblock.code_block(html or _plain(token.content), language, codeblock.caption(info))


def _indented_code(token: Token, _: _Page) -> str:
    return codeblock.code_block(_plain(token.content))


def _table_open(_: Token, __: _Page) -> str:
    """A container that scrolls, by keyboard too, so that a wide table does not widen the page."""
    return '<div class="table" role="group" tabindex="0">\n<table>\n'


def _table_close(_: Token, __: _Page) -> str:
    return "</table>\n</div>\n"


def _math_inline(token: Token, _: _Page) -> str:
    return f'<span class="math inline">{_plain(token.content.strip())}</span>'


def _footnote_caption(token: Token, _: _Page) -> str:
    """The number of the footnote, the same each time it is named."""
    return f"[{token.meta['id'] + 1}]"


RENDER_RULES: Mapping[str, Callable[[Token, _Page], str]] = {
    "fence": _fence,
    "code_block": _indented_code,
    "table_open": _table_open,
    "table_close": _table_close,
    # kramdown's `$$` inside a paragraph is inline mathematics, and a paragraph holds no `div`
    "math_inline_double": _math_inline,
    "footnote_caption": _footnote_caption,
}


def _as_render_rule(render: Callable[[Token, _Page], str]) -> Callable[..., str]:
    def rule(
        _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
    ) -> str:
        return render(tokens[index], _page(env))

    return rule


# Plain text


def _text(token: Token) -> str:
    """The text of an inline token on one line, without HTML and the texts of images."""
    return _folded(_raw_text(token))


def _raw_text(token: Token) -> str:
    return "".join(map(_child_text, token.children or ()))


def _child_text(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return " "
    return "" if child.type in ("html_inline", "image") else child.content


def _folded(text: str) -> str:
    return " ".join(text.split())


def _excerpt(tokens: Sequence[Token], body: str) -> str:
    """What stands above the `more` comment, else the first paragraph with text, shortened."""
    if "<!--" in body and (above := _above_more(tokens)):
        return above
    blocks = (b for a, b in pairwise(tokens) if a.type == "paragraph_open")
    return excerpt_of(next(filter(None, map(_text, blocks)), ""))


def _above_more(tokens: Sequence[Token]) -> str:
    """The text of the blocks above the `more` comment, headings apart; empty without one."""
    texts: list[str] = []
    for before, token in pairwise((Token("", "", 0), *tokens)):
        for part in (token, *(token.children or ())):
            if part.type in HTML and MORE.search(part.content):
                return _folded("".join(texts))
            if token.type == "inline" and before.type != "heading_open":
                texts.append(_child_text(part) if part is not token else " ")
    return ""
