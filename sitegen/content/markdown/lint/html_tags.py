"""SG903: raw HTML whose tags do not match, and what else only its tags tell.

Tags are matched over the whole document, since a block of raw HTML may open what a later one
closes. Which elements need no end tag is said by the HTML standard (§13.1.2.4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from sitegen.content.markdown.lint.findings import Findings, Place
from sitegen.content.markdown.lint.passages import html_source
from sitegen.content.markdown.lint.structure import add_silent_image
from sitegen.content.markdown.positions import Content, Lines
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic

_TAG = re.compile(
    r"""
    <!--(?:-?>|.*?(?:-->|\Z)) | <\?.*?(?:\?>|\Z)
  | <(?P<closing>/?)(?P<name>[a-z][^\s/<>"'=]*)
    (?P<attributes>(?:[^<>"'] | "[^"]*" | '[^']*')*+)>
  """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_TEXT = re.compile("script|style|textarea|title|iframe|noscript|xmp")
"""Elements whose content is no HTML, or is not shown."""


def _elements(names: str) -> frozenset[str]:
    return frozenset(names.split())


_VOID = _elements(
    "area base br col embed hr image img input link meta param source track wbr",
)
"""Elements without content (HTML §13.1.2)."""
_OPTIONAL = _elements(
    """
    body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
    """
)
"""Elements that the next one ends, or their parent's end tag (HTML §13.1.2.4)."""
_FOREIGN = _elements("svg math")
"""Elements in which a slash does close a tag, as in XML (HTML §13.1.2)."""
_OTHERS = _elements(
    """
    a abbr acronym address applet article aside audio b basefont bdi bdo big blink blockquote
    button canvas center cite code data datalist del details dfn dialog dir div dl em fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup i iframe ins
    kbd label legend main map mark marquee menu meter nav nobr noembed noframes noscript object ol
    output picture plaintext pre progress q ruby s samp script search section select slot small
    span strike strong style sub summary sup table template textarea time title tt u ul var video
    xmp
    """
)
_KNOWN = _VOID | _OPTIONAL | _FOREIGN | _OTHERS

_LONGEST = 60
"""Characters of a tag that a hint shows as it is."""
_ALT = re.compile(r"(?:^|[\s\"'])alt(?=[\s=/]|$)", re.IGNORECASE)
_JSX_ATTRIBUTE = re.compile(r"\bclassName=|=\{")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of raw HTML."""

    written: str
    """Its name as its author wrote it."""
    attributes: str
    is_end: bool
    place: Place

    @property
    def name(self) -> str:
        return self.written if self.is_component else self.written.lower()

    @property
    def is_component(self) -> bool:
        """Whether it is one of JSX rather than HTML in upper case."""
        name = self.written
        return name[0].isupper() and not name.isupper() and name.lower() not in _KNOWN

    @property
    def is_known(self) -> bool:
        """Whether browsers know it, or scripts may (HTML §4.13.3)."""
        return self.written.lower() in _KNOWN or "-" in self.written

    @property
    def has_slash(self) -> bool:
        return self.attributes.endswith("/")


def find_in_tags(tokens: Sequence[Token], findings: Findings) -> None:
    """Find tags that do not match, components, and `img` without alternative text."""
    if "<" not in findings.body or not any(map(_has_tags, tokens)):
        return
    tags = tuple(_tags(tokens, findings.body))
    for tag in tags:
        if tag.name == "img" and not _ALT.search(tag.attributes):
            add_silent_image(findings, tag.place)
        if _JSX_ATTRIBUTE.search(tag.attributes) and not tag.is_component:
            findings.add(*_jsx_attribute(tag))
    for mismatch in _mismatches(tags):
        findings.add(*mismatch)


def _has_tags(token: Token) -> bool:
    return token.type == "html_block" or (
        token.type == "inline"
        and "<" in token.content
        and any(part.type == "html_inline" for part in token.children or ())
    )


def _tags(tokens: Sequence[Token], body: str) -> Iterator[Tag]:
    lines = Lines(body)
    for before, token in pairwise((Token("", "", 0), *tokens)):
        if token.type == "html_block":
            content = html_source(token, lines)
            yield from _tags_of(content, 0, len(content.text))
        elif token.type == "inline" and token.map and "<" in token.content:
            parts = [
                p for p in token.children or () if p.type == "html_inline" and "span" in p.meta
            ]
            is_cell = before.type in ("th_open", "td_open")
            if parts or is_cell:
                first, end = token.map
                text = token.content
                content = lines.cell(text, first) if is_cell else lines.block(text, first, end)
                for part in parts:
                    yield from _tags_of(content, *part.meta["span"])


def _tags_of(content: Content, start: int, end: int) -> Iterator[Tag]:
    text = ""
    for match in _TAG.finditer(content.text, start, end):
        if not (written := match["name"]) or content.text.startswith("{{", match.start() - 2):
            continue
        name, is_end = written.lower(), bool(match["closing"])
        if text and not (is_end and name == text):
            continue
        has_slash = match["attributes"].endswith("/")
        text = name if _TEXT.fullmatch(name) and not is_end and not has_slash else ""
        yield Tag(written, match["attributes"], is_end, content.place(*match.span()))


_Finding = tuple[str, Diagnostic, Place]
"""A kind, a problem and its place."""


def _mismatches(tags: Iterable[Tag]) -> Iterator[_Finding]:
    opened: list[Tag] = []
    open_names: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    """Elements that were reported where another one ended, by name: their end tags still come."""
    for tag in tags:
        name = tag.name
        if tag.is_end and open_names[name]:
            while (inner := opened.pop()).name != name:
                open_names[inner.name] -= 1
                if inner.name not in _OPTIONAL:
                    excused[inner.name] += 1
                    yield _unclosed(inner, f" before '</{tag.written}>'")
            open_names[name] -= 1
            if tag.is_component:
                yield _component(inner)
        elif tag.is_end and excused[name]:
            excused[name] -= 1
        elif tag.is_end:
            if name not in _VOID and name != "p":
                yield _component(tag) if tag.is_component else _stray(tag)
        elif tag.has_slash and tag.is_component:
            yield _component(tag)
        elif tag.has_slash and (name in _FOREIGN or any(open_names[f] for f in _FOREIGN)):
            pass
        elif tag.has_slash and name not in _VOID and name not in _OPTIONAL:
            yield _self_closed(tag) if tag.is_known else _unseen(tag)
        elif name not in _VOID:
            opened.append(tag)
            open_names[name] += 1
    yield from (_unclosed(tag, "") for tag in opened if tag.name not in _OPTIONAL)


def _jsx_attribute(tag: Tag) -> _Finding:
    said = f"an attribute of JSX is no HTML, so browsers ignore it: '<{tag.written} …>'"
    hint = 'write it as HTML does: class="…", style="color: red"'
    return "a JSX attribute", Diagnostic("SG901", said, hint=hint), tag.place


def _component(tag: Tag) -> _Finding:
    said = f"a JSX component is no HTML, so browsers ignore its tag: '<{tag.written}>'"
    hint = "write Markdown or HTML in its place"
    return "a JSX component", Diagnostic("SG901", said, hint=hint), tag.place


def _self_closed(tag: Tag) -> _Finding:
    name = tag.name
    rest = (
        "and show nothing of what follows"
        if _TEXT.fullmatch(name)
        else "with all that follows in it"
    )
    said = f"HTML does not close '<{name} … />': browsers read a start tag, {rest}"
    start = f"<{tag.written}{tag.attributes[:-1].rstrip()}>"
    hint = f"write '{start if len(start) <= _LONGEST else f'<{name} …>'}</{tag.written}>'"
    return f"slash {name}", Diagnostic("SG903", said, hint=hint), tag.place


def _unclosed(tag: Tag, where: str) -> _Finding:
    name = tag.written
    if not tag.is_known:
        return _unseen(tag)
    if where:
        said = f"'<{name}>' is not closed{where}"
        hint = f"close it first: </{name}>"
    else:
        said = f"'<{name}>' is never closed, so all that follows is in it"
        hint = f"add </{name}> where it ends"
    return f"unclosed {name}", Diagnostic("SG903", said, hint=hint), tag.place


def _unseen(tag: Tag) -> _Finding:
    name = tag.written
    said = f"'<{name}>' is read as an HTML tag, so readers do not see it"
    hint = f"put it in backticks, or write &lt;{name}>"
    return f"unseen {name}", Diagnostic("SG903", said, hint=hint), tag.place


def _stray(tag: Tag) -> _Finding:
    name = tag.written
    said = f"'</{name}>' closes nothing here; it may close an element of the page around the text"
    hint = f"delete it, or add <{name}> where it starts"
    return f"stray {name}", Diagnostic("SG903", said, hint=hint), tag.place
