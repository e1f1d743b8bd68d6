"""The text of a post as feed readers show it: no style sheet, no script, other posts around it.

Code is `<pre><code>` without colours, but with the lines that were marked, added and deleted. What
only a browser on the page can use is left out: classes, roles, ids of headings and lines. Of the
ids, those of footnotes stay, and are different in each entry of a feed. A formula is its TeX: a
reader that drops the tags of MathML and keeps their text would show a half as 12; a diagram is its
source, since most drop SVG, and what is left has no lines.
"""

from __future__ import annotations

import re
from html import escape, unescape

from sitegen.content.markdown.code.lines import CALLOUT_LINK, MENTIONS
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.content.markdown.raw_html import ATTRIBUTE, with_urls
from sitegen.model.digest import digest_of_bytes
from sitegen.text.urls import joined

_CODE = re.compile(r'<div[^>]* class="highlight([^"]*)"([^>]*)>(.*?)</div>', re.DOTALL)
"""A block of code or an output: all of what is in it is escaped."""
_IN_TEXT = re.compile(r'<code class="highlight[^>]*>(.*?)</code>', re.DOTALL)
"""Code in a text that has colours."""
_LABEL = re.compile(r' aria-label="([^"]*)"')
_COLOURS = re.compile(r"</?span[^>]*>")
_MARKED = re.compile(r"<(ins|del|mark) [^>]*>")
_SEAM = re.compile(
    r"</code></pre>(?:</details>)?(?:<details><summary>[^<]*</summary>)?<pre><code[^>]*>"
    r"|</?details>|<summary>[^<]*</summary>"
)
"""What is between the lines of a block that are folded and those that are not."""
_LINE = re.compile(
    r"^((?:</(?:ins|del|mark)>)?+(?:<(ins|del|mark)>)?+)(?!</code>)(?=.|\n)", re.MULTILINE
)
LINE_SIGNS = {"ins": "+ ", "del": "- "}
"""What the style sheet shows before lines, by their element."""

_TABLE = re.compile(r'<div class="table"[^>]*>\n(<table.*?</table>\n)</div>', re.DOTALL)
_DIAGRAM = re.compile(
    r'<div class="drawing".*?</svg></div>\n'
    r"(?P<caption>.*?)<details><summary>[^<]*</summary>(?P<source>.*?)</details>",
    re.DOTALL,
)
_BOX = re.compile(r'<input type="checkbox" disabled( checked)?[^>]*>')
_CONTENTS = re.compile(r'<nav class="contents".*?</nav>\n', re.DOTALL)
"""Links to headings, which have no ids in a feed."""
_SINCE = re.compile(r'<details class="since">.*?</details>\n', re.DOTALL)
"""What has changed since the step before, which a reader unfolds."""
_ASIDE = re.compile(r"<(/?)aside(?=[\s>])")
_ALERT_TITLE = re.compile(r'(<p class="alert-title">)(.*?)(</p>)')
_AT_LINES = re.compile(r'<code class="at">([^<]*)</code>')
"""Where a link to lines of code leads."""
_SCRIPT = re.compile(
    r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->|</?noscript[^>]*>", re.DOTALL | re.IGNORECASE
)
_NOTE = re.compile(r'( id="| href="#)(fn(?:ref)?\d+(?::\d+)?)"')
_DRAWING = r"<(?P<drawing>svg|math)\b.*?</(?P=drawing)>"
_TAG = re.compile(
    rf"""{_DRAWING} | (?P<start><[a-z][^\s<>/"']*+)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')++)>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""A start tag with attributes; or a drawing, whose ids and classes are parts of it."""
_OF_THE_PAGE = re.compile(
    r"class|id|style|tabindex|role|data-.*|on.*|loading|decoding|fetchpriority|sizes"
)
_OF_THE_TEXT = re.compile(r'(?:class="language-|id="fn(?:ref)?\d|style="text-align)')


def for_readers(html: str) -> str:
    """The HTML of a post, its links still symbolic, as an entry of a feed has it."""
    html = _SCRIPT.sub("", without_anchors(html)) if "<" in html else html
    html = _CONTENTS.sub("", html) if 'class="contents"' in html else html
    html = _SINCE.sub("", html) if 'class="since"' in html else html
    html = _DIAGRAM.sub(r"\g<source>\n\g<caption>", html) if 'class="drawing"' in html else html
    if 'class="highlight' in html:
        html = _CODE.sub(_code, html)
        html = _IN_TEXT.sub(lambda code: f"<code>{_COLOURS.sub('', code[1])}</code>", html)
    if "<aside" in html:  # which no reader sets apart
        html = _ASIDE.sub(r"<\1blockquote", _ALERT_TITLE.sub(r"\1<strong>\2</strong>\3", html))
    if "<div " in html:
        html = _TABLE.sub(r"\1", html)
    html = _with_tex(html) if "<math" in html else html
    html = _BOX.sub(lambda box: "☑" if box[1] else "☐", html)
    html = _AT_LINES.sub(r"(\1)", html) if 'class="at"' in html else html
    return _TAG.sub(_plain_tag, html)


def with_own_notes(html: str, identity: str, page: str) -> str:
    """The HTML of an entry, whose footnotes have ids that no other entry has.

    `identity` is the id of the post, and `page` its absolute address, to which links lead that an
    author wrote as `#part`. Those of footnotes stay in the entry (RFC 3986 §4.4), in a reader too.
    """
    if f'href="{page}#fn' not in html:
        return html
    suffix = digest_of_bytes(identity.encode("utf-8", "surrogatepass"))[:4].hex()
    html = html.replace(f'href="{page}#fn', 'href="#fn')
    return _NOTE.sub(rf'\1\2-{suffix}"', html)


def with_absolute_urls(html: str, page: str) -> str:
    """The HTML of the page at this absolute address, with absolute URLs."""
    return with_urls(html, lambda url, _: escape(joined(page, unescape(url))))


def _code(block: re.Match[str]) -> str:
    """A block of code in one piece, or what a program writes below the word that says so."""
    looks, attributes, html = block[1].split(), block[2], block[3]
    html = CALLOUT_LINK.sub(r" (\1)", _COLOURS.sub("", MENTIONS.sub("", html)))
    html = _SEAM.sub("", _MARKED.sub(r"<\1>", html))
    if "signs" in looks:
        start = html.index("<code")
        start = html.index(">", start) + 1
        html = html[:start] + _LINE.sub(_signed, html[start:])
    label = _LABEL.search(attributes)
    return f"<p><em>{label[1]}</em></p>\n{html}" if label and "output" in looks else html


def _with_tex(html: str) -> str:
    from sitegen.content.markdown.mathml import with_tex

    return with_tex(html, "<code>{}</code>".format)


def _signed(start: re.Match[str]) -> str:
    return f"{start[1]}{LINE_SIGNS.get(start[2], '  ')}"


def _plain_tag(tag: re.Match[str]) -> str:
    """The tag without what is said to browsers on the page."""
    if tag["drawing"]:
        return tag[0]
    found = tuple(ATTRIBUTE.finditer(tag["rest"]))
    kept = [attribute for attribute in found if _is_kept(attribute)]
    if len(kept) == len(found):
        return tag[0]
    end = " />" if tag["rest"].endswith("/") else ">"
    return f"{' '.join((tag['start'], *(attribute[0] for attribute in kept)))}{end}"


def _is_kept(attribute: re.Match[str]) -> bool:
    is_of_page = _OF_THE_PAGE.fullmatch(attribute[1].lower())
    return not is_of_page or bool(_OF_THE_TEXT.match(attribute[0]))
