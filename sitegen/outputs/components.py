"""What components make of the calls in a body, as HTML.

The text of a call is finished before the call is: its links lead where they lead, and the calls in
it are what their components have made of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from sitegen.engine.trace import View
from sitegen.model.components import (
    ArgumentValue,
    Call,
    CallForm,
    LinkValue,
    ParameterType,
)
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import MARK_OF_CALL, Document
from sitegen.model.site import Card
from sitegen.outputs.errors import RenderError
from sitegen.outputs.parts import parts_of_components
from sitegen.outputs.templates.environment import Templates, safe_html
from sitegen.outputs.templates.signatures import template_of
from sitegen.site.components import TITLE_OF_CALL
from sitegen.site.links import target_of_link, url_of_link

_TAG = re.compile(r"<[A-Za-z][\w-]*")
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p\b).)*)</p>", re.DOTALL)
"""One and nothing else."""
_BLOCK = re.compile(
    "<(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr"
    r"|main|menu|nav|ol|p|pre|search|section|table|ul)\b"
)
"""What ends a paragraph (HTML, section 4.4.1)."""


def with_components(html: str, document: Document, templates: Templates, view: View) -> str:
    """The HTML of a document, its links filled in, with what components make of its calls.

    Raises RenderError where a component fails.
    """
    if not document.rendered.calls:
        return html
    return _Calls(document, templates, view).filled(html)


def each_component(
    html: str, document: Document, templates: Templates, view: View
) -> Mapping[int, str]:
    """What a component makes of each call, by its index. Raises as `with_components` does."""
    calls = _Calls(document, templates, view)
    calls.filled(html)
    return calls.shown


def parts_of_calls(document: Document, view: View) -> frozenset[str]:
    """The parts of the theme that its calls need.

    They have the names of the components, and of those that these use.
    """
    called = {call.name for call in document.rendered.calls if call.values is not None}
    reached = (view.read(f"template:{template_of(name)}") for name in sorted(called))
    return parts_of_components(name for templates in reached for name, _ in templates)


@dataclass(slots=True)
class _Open:
    """A call whose end is not reached yet."""

    number: int
    start: int = 0
    """Where its mark is in the HTML."""
    mark: str = ""
    """What the element that it becomes is marked with, as that of a revision."""
    parts: list[str] = field(default_factory=list)
    """Of its text, finished."""
    title: str | None = None


class _Calls:
    """The calls of one document."""

    def __init__(self, document: Document, templates: Templates, view: View) -> None:
        self._document, self._templates, self._view = document, templates, view
        self.shown: dict[int, str] = {}
        """What is finished, by the index of the call."""
        card: Card = view.read(f"card:{document.source.path}")
        self._lang: str = card.lang or view.read("site:language")

    def filled(self, html: str) -> str:
        """The HTML, in which each call is what its component makes of it."""
        opened, end = [_Open(-1)], 0
        for mark in MARK_OF_CALL.finditer(html):
            opened[-1].parts.append(html[end : mark.start()])
            end = mark.end()
            if not mark["end"]:
                opened.append(_Open(int(mark["call"]), mark.start(), mark["mark"] or ""))
                continue
            closed = opened.pop()
            if mark["title"]:
                opened[-1].title = "".join(closed.parts).strip()
            else:
                self.shown[closed.number] = self._made(closed, html)
                opened[-1].parts.append(self.shown[closed.number])
        return "".join((*opened[0].parts, html[end:]))

    def _made(self, opened: _Open, body: str) -> str:
        """What a component makes of a call in this body."""
        call, text = self._document.rendered.calls[opened.number], "".join(opened.parts)
        if call.form is not CallForm.INLINE:
            text = text.strip("\n")
        if call.values is None:
            return _as_text(call, text, opened.title)
        values = {name: self._value(value) for name, value in call.values}
        if opened.title is not None:
            values[TITLE_OF_CALL] = safe_html(opened.title)
        has_text = call.has_body if call.form is CallForm.CONTAINER else call.has_label
        html = self._templates.call(
            *(call.name, values, self._view, self._lang),
            text if has_text else None,
        ).strip()
        if call.form is CallForm.INLINE and _is_in_paragraph(body, opened.start):
            html = self._in_text(html, call)
        return _TAG.sub(rf"\g<0>{opened.mark}", html, count=1) if opened.mark else html

    def _in_text(self, html: str, call: Call) -> str:
        """What can be in a paragraph: what the component makes, without one of its own."""
        alone = _PARAGRAPH.fullmatch(html)
        html = alone[1] if alone else html
        if not _BLOCK.match(html):
            return html
        path, is_whole = self._document.source.path, not self._document.rendered.passages
        line, column = (call.line, call.column) if is_whole else (None, None)  # in which file?
        message = f"'{call.name}' makes a block, which cannot be in a paragraph"
        hint = f"write it alone on its line, with two colons: ::{call.name}[…]"
        raise RenderError(Diagnostic("SG322", message, path, line, column, hint, call.length))

    def _value(self, value: ArgumentValue) -> object:
        """What a template gets: of a link the URL, or the card of the post it leads to, if any."""
        if not isinstance(value, LinkValue):
            return value
        href, path = self._document.rendered.links[value.number].href, self._document.source.path
        if value.type is not ParameterType.POST:
            return url_of_link(href, path, self._view.get)
        target = target_of_link(href, path, self._view.get)
        return self._view.get(f"card:{target}") if target else None


def _is_in_paragraph(html: str, at: int) -> bool:
    opened = max(html.rfind(tag, 0, at) for tag in ("<p>", "<p "))
    return opened > html.rfind("</p>", 0, at)


def _as_text(call: Call, text: str, title: str | None) -> str:
    """A call of what is no component: all that it holds, as its author wrote it."""
    if call.form is CallForm.INLINE:
        return f":{call.name}[{text}]"
    above = f"<p>{title}</p>\n" if title else ""
    return f"<div>\n{above}{text}\n</div>"
