"""What is wrong with the templates of a site that no page would show: they are never used.

Both are found by reading the templates, whatever is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from sitegen.model.components import COMPONENTS_FOLDER
from sitegen.model.diagnostics import Diagnostic
from sitegen.outputs.templates.texts import TemplateText, TemplateTexts
from sitegen.text.spelling import Names, did_you_mean

FOREIGN_TEMPLATES = {
    "article.html": "post.html",
    "baseof.html": "base.html",
    "default.html": "base.html",
    "index.html": "home.html",
    "layout.html": "base.html",
    "single.html": "post.html",
    "tag.html": "list.html",
    "taxonomy.html": "terms.html",
}
"""What other generators call a template that the theme has, and its name here."""


def unused_templates(texts: TemplateTexts, used: Iterable[str]) -> Iterator[Diagnostic]:
    """SG505 for each template of the site that nothing uses, and whose name seems mistyped.

    `used` are the names of all that pages can come to use. One that looks like none of the theme's
    may be kept for later.
    """
    # A component waits to be called, whatever it is called like.
    known = Names(name for name in texts.themes if not name.startswith(COMPONENTS_FOLDER))
    for name in sorted(texts.own.keys() - set(used) - texts.themes):
        if near := FOREIGN_TEMPLATES.get(name) or known.nearest(name):
            message = f"no page uses the template '{name}'"
            yield Diagnostic("SG505", message, texts.own[name].path, hint=f"did you mean '{near}'?")


def unknown_blocks(texts: TemplateTexts, environment: Environment) -> Iterator[Diagnostic]:
    """SG506 for each block of the site's templates that no template which it extends has.

    A block within another is shown with that, and one that is called by name (`self.x()`) there.
    """
    for name in sorted(texts.own):
        lineage = tuple(_lineage(name, texts, environment))
        if len(lineage) < 2 or None in lineage:  # it extends none, or one that cannot be known
            continue
        template, *parents = filter(None, lineage)
        known = {block.name for parent in parents for block in parent.find_all(nodes.Block)}
        called = {name for each in lineage if each for name in _called_blocks(each)}
        for block in _outer_blocks(template):
            if block.name not in known | called:
                yield _unknown_block(block, known, texts.own[name])


def _lineage(
    name: str, texts: TemplateTexts, environment: Environment
) -> Iterator[nodes.Template | None]:
    """A template, what it extends, and so on; None for one that is computed, missing or broken."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        try:
            found = texts.find(name)
            template = environment.parse(found.text) if found else None
        except TemplateSyntaxError:
            template = None
        yield template
        extends = template.find(nodes.Extends) if template else None
        if extends is None:
            return
        if not isinstance(extends.template, nodes.Const):
            yield None
            return
        name = str(extends.template.value)


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    """The blocks of a template that are in no other block."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _called_blocks(template: nodes.Template) -> Iterator[str]:
    for found in template.find_all(nodes.Getattr):
        if isinstance(found.node, nodes.Name) and found.node.name == "self":
            yield found.attr


def _unknown_block(block: nodes.Block, known: set[str], text: TemplateText) -> Diagnostic:
    line = text.text.split("\n")[block.lineno - 1]
    found = re.search(rf"\bblock\s+({re.escape(block.name)})\b", line)
    column = found.start(1) + 1 if found else 1
    message = f"no template that this one extends has a block '{block.name}', so it is not shown"
    names = sorted(known)
    hint = did_you_mean(block.name, names) or f"known blocks: {', '.join(names)}"
    length = len(block.name) if found else 1
    return Diagnostic("SG506", message, text.path, block.lineno, column, hint, length)
