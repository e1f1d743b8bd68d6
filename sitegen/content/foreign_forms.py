"""Front matter as other generators write it, where sitegen would see nothing but prose."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.content.translation import is_known
from sitegen.data.tree import Part
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.patterns import compiled


@dataclass(frozen=True, slots=True)
class ForeignForm:
    """A form of front matter that is not read."""

    start: str
    """The pattern of all of it, from the start of the file, in lines; the group `at` is what a
    reader is pointed to."""
    message: str
    hint: str
    least: int = 1
    """How many known keys it must have, of which one may be its title, to be no prose."""


_KEY = re.compile(r"""^[ \t{]*(?:\.\. )?["']?([A-Za-z][\w-]*)["']?[ \t]*[:=]""", re.MULTILINE)
_HEADER = r"[A-Za-z][\w-]*:(?:[ \t].*)?(?:\n|\Z)(?:[ \t]+\S.*(?:\n|\Z))*"
_CLOSED = r"[ \t]*\n(?:.*\n)*?"
_BETWEEN = "between two lines '---' at the top of the file"

FOREIGN_FORMS = (
    ForeignForm(
        rf"\A(?:\s*\n)?[ \t]+(?P<at>---|\+\+\+){_CLOSED}[ \t]*(?P=at)[ \t]*$",
        "front matter behind spaces",
        "delete all before it: front matter starts with the first character of the file",
    ),
    ForeignForm(
        rf"\A(?:\s*<!--(?:(?!-->)[\s\S])*-->)+\s*?^(?P<at>---|\+\+\+){_CLOSED}(?P=at)[ \t]*$",
        "front matter below a comment",
        "move the comment below it: front matter starts on the first line of the file",
    ),
    ForeignForm(
        rf"\A(?P<at>-{{4,}}|\+{{4,}}){_CLOSED}(?:---|\+\+\+).*$",
        "front matter between lines that are too long",
        "write '---', with three dashes, above and below it",
    ),
    ForeignForm(
        rf"\A(?P<at>---[ \t]*json){_CLOSED}---[ \t]*$",
        "front matter in fences of Eleventy",
        "delete the two fences: an object of JSON needs none",
    ),
    ForeignForm(
        rf"\A(?P<at>---[ \t]*toml){_CLOSED}---[ \t]*$",
        "front matter in fences of Eleventy",
        "write '+++' in place of the two fences",
    ),
    ForeignForm(
        rf"\A(?P<at>---[ \t]*ya?ml){_CLOSED}---[ \t]*$",
        "front matter in fences of Eleventy",
        "write '---' alone",
    ),
    ForeignForm(
        rf"\A(?P<at>---[ \t]*(?:js|javascript)){_CLOSED}---[ \t]*$",
        "front matter in JavaScript",
        f"write it as YAML {_BETWEEN}",
    ),
    ForeignForm(
        r'\A(?P<at>"[\w-]+")[ \t]*:(?:.*\n)*?;;;[ \t]*$',
        "front matter in JSON as Hexo has it",
        "write '{' above it, and '}' in place of ';;;'",
    ),
    ForeignForm(
        r"\A(?:<!--)?\s*(?P<at>\.\. \w+:)(?:.*\n\.\. \w+:)*",
        "front matter in the form of Nikola",
        f"write the keys without '..' {_BETWEEN}",
    ),
    ForeignForm(
        rf"\A(?=(?P<at>[\w-]+:))(?:{_HEADER})+(?=\n|\Z)",
        "front matter in the form of Pelican",
        f"put these lines {_BETWEEN}",
        least=2,
    ),
)


BELOW_BLANK_LINES = re.compile(
    rf"\A((?:[ \t]*\n)+)(?P<at>---|\+\+\+){_CLOSED}(?P=at)[ \t]*$", re.MULTILINE
)


def blank_lines_above(text: str) -> str:
    """The blank lines above front matter that does not start on the first line, as Zola reads it.

    None are above a rule in prose: what the fences hold must have a key that is known.
    """
    if text[:1] not in ("\n", " ", "\t"):
        return ""
    found = BELOW_BLANK_LINES.match(text)
    return found[1] if found and _is_meant(_KEY.findall(found[0]), 1) else ""


def foreign_form(text: str) -> Diagnostic | None:
    """SG112 for a text whose front matter is in a form that is not read, at its first word."""
    if not _MAY_START.match(text):
        return None
    for form in FOREIGN_FORMS:
        found = compiled(form.start, re.MULTILINE).match(text)
        if found and _is_meant(_KEY.findall(found[0]), form.least):
            at = Part(text).span(*found.span("at"))
            place = (None, at.line, at.column, form.hint, at.length)
            return Diagnostic("SG112", form.message, *place)
    return None


_MAY_START = re.compile(r"""[ \t\n<"]|---|\+\+\+|\.\. \w|[A-Za-z][\w-]*:(?:\s|$)""")
"""What nearly no text without front matter starts with."""


def _is_meant(keys: Iterable[str], least: int) -> bool:
    known = {key.lower() for key in keys if is_known(key)}
    return len(known) >= least or "title" in known
