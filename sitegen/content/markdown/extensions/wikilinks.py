"""`[[name]]`, `[[name#heading|text]]`, `![[picture.png|300]]` and `![[name#heading]]`, of Obsidian.

A link without a text of its own shows the title of what it leads to, which only the whole site
knows: a placeholder stands for it. What is alone in its paragraph with a `!` in front of it shows
that document, or the part below the heading, in place of the paragraph (`outputs.embeds`).

What CommonMark gives a meaning stays what it is: `[[text]](url)`, `[[text]][label]`, and where
there is a definition `[[label]]`. So do `[[ -f x ]]` of a shell, `[[1, 2]]` and `[[:alpha:]]`,
and `[[toc]]`, which is no name.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import WIKILINK_TITLE
from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.document import embed_of_link, label_of_link
from sitegen.text.patterns import holds
from sitegen.text.wikilinks import keys_of_name, parse_wikilink

WIKILINK = re.compile(
    r"(?<!\[)!?\[\[(?!_?(?:TOC|toc)_?\]\])(?=[^\[\]\n]*(?:[^\W\d_]|\d{4}-\d\d))"
    r"(?P<target>[^\s\[\]|,:$^'\"=<>-](?:[^\[\]|\n]*[^\s\[\]|])?)(?:\|(?P<text>[^\[\]\n]*))?"
    r"\]\](?![\]\[(])"
)
_SIZE = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?")
IMAGE_ENDINGS = ("png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "jfif")
_PART = "embeds"
"""The part of the theme for what is embedded."""


def _install(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    parser.core.ruler.push("embeds", _embed)
    parser.add_render_rule(WIKILINK_TITLE, _title)
    parser.add_render_rule("embed", render_rule(_embedded))


def _wikilink(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not state.src.startswith(("[[", "![["), state.pos):
        return False
    found = WIKILINK.match(state.src, state.pos, state.posMax)
    if not found or _is_defined(found["target"], state):
        return False
    if not silent:
        _push(found, state)
    state.pos = found.end()
    return True


def _is_defined(label: str, state: StateInline) -> bool:
    return normalizeReference(label) in state.env.get("references", {})


def _push(found: re.Match[str], state: StateInline) -> None:
    target, text = found["target"], (found["text"] or "").strip()
    name = parse_wikilink(target).name
    reading_of(state.env).names.update(keys_of_name(name))
    is_embed = found[0].startswith("!")
    if is_embed and name.rpartition(".")[2].lower() in IMAGE_ENDINGS:
        first = _push_image(state, text)
    else:
        first = state.push("link_open", "a", 1)
        label = state.push("text" if text or not name else WIKILINK_TITLE, "", 0)
        label.content = text or name or target.rpartition("#")[2]
        state.push("link_close", "a", -1)
        first.meta["embed"] = is_embed
    first.attrs = {"src" if first.type == "image" else "href": f"[[{target}]]", **first.attrs}
    first.meta["span"] = found.span()


def _push_image(state: StateInline, text: str) -> Token:
    """An image; what is behind the last bar may be its width, or its width and height."""
    image = state.push("image", "img", 0)
    alt, _, last = text.rpartition("|")
    size = _SIZE.fullmatch(last.strip())
    image.content = (alt if size else text).strip()
    image.attrs = {"alt": ""}
    for name, side in zip(("width", "height"), size.groups() if size else (), strict=False):
        if side:
            image.attrSet(name, side)
    said = Token("text", "", 0, content=image.content)
    image.children = [said] if image.content else []
    return image


def _embed(state: StateCore) -> None:
    """Make one token of each paragraph that is what it embeds."""
    if not holds(state.src, "![["):
        return
    reading, left = reading_of(state.env), list[Token]()
    for token in state.tokens:
        before = left[-1] if left else token
        if token.type == "inline" and before.type == "paragraph_open" and _is_embed(token):
            assert token.children
            left[-1] = Token("embed", "figure", 0, map=token.map, level=before.level, block=True)
            left[-1].attrs = {"href": token.children[0].attrs["href"]}
            left[-1].hidden = before.hidden
            reading.embeds.append(_number(left[-1]))
            reading.uses.add(_PART)
        elif token.type != "paragraph_close" or before.type != "embed":
            left.append(token)
    state.tokens = left


def _is_embed(inline: Token) -> bool:
    parts = inline.children or []
    return len(parts) == 3 and parts[0].meta.get("embed", False)


def _number(token: Token) -> int:
    return int(str(token.attrs["href"]).strip("\0"))


def _title(_: object, tokens: list[Token], index: int, __: object, ___: object) -> str:
    """The title of what the link leads to; its name where it leads nowhere in this site."""
    before = tokens[index - 1]
    url = str(before.attrs.get("href", ""))
    return label_of_link(_number(before)) if url.startswith("\0") else escapeHtml(url)


def _embedded(token: Token, _: Reading) -> str:
    return f'<figure class="embed">{embed_of_link(_number(token))}</figure>\n'


WIKILINKS = Syntax("wikilinks", _install, inline={"wikilink": r"\[\[", "embeds": NOWHERE})
