"""Every kind of diagnostic, by its stable code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """Ordered, the worst last."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic, as the manual lists it."""

    severity: Severity
    meaning: str
    fixed: bool = False
    """The configuration cannot lower it, since the site could not be published without harm."""


E, W, N = Severity.ERROR, Severity.WARNING, Severity.INFO


CODES: Mapping[str, Code] = {
    # The site as a whole
    "SG001": Code(E, "`sitegen.toml` is not valid TOML", fixed=True),
    "SG002": Code(E, "an unknown key in `sitegen.toml`", fixed=True),
    "SG003": Code(E, "a value of `sitegen.toml` that cannot be used", fixed=True),
    "SG004": Code(W, "`base_url` is not set, so feeds and the sitemap point to this computer"),
    "SG005": Code(E, "a file that cannot be read", fixed=True),
    "SG006": Code(E, "a file that is not UTF-8", fixed=True),
    "SG007": Code(W, "a control character that HTML and XML forbid; it is removed"),
    "SG008": Code(W, "a symbolic link or special file; it is not published"),
    "SG009": Code(W, '`dates = "git"` where git does not know the whole history'),
    # Front matter
    "SG101": Code(E, "front matter that is not valid YAML or TOML"),
    "SG102": Code(E, "front matter that is opened and never closed"),
    "SG103": Code(W, "text between two rules at the top that is not front matter; it is kept"),
    "SG104": Code(E, "a key that is written twice"),
    "SG105": Code(W, "an unknown key that looks like a known one"),
    "SG106": Code(E, "a value of the wrong kind"),
    "SG107": Code(E, "a date that cannot be read, or that does not exist"),
    "SG108": Code(W, "a value that YAML 1.1 reads as something else; the text is kept as written"),
    "SG109": Code(E, "front matter that is too large, too deep, or uses anchors and aliases"),
    "SG110": Code(W, "a date in a file name that does not exist"),
    # Addresses
    "SG201": Code(E, "two sources that want one URL", fixed=True),
    "SG202": Code(E, "two documents with one `id`", fixed=True),
    "SG203": Code(E, "a slug, permalink or alias that is not safe as a path", fixed=True),
    "SG204": Code(E, "a permalink pattern that needs a date the document does not have"),
    "SG205": Code(N, "a tag, category, author or series that is spelled in more than one way"),
    # Links
    "SG301": Code(E, "a link to a document that does not exist"),
    "SG302": Code(E, "a link to a part that its target does not have"),
    "SG303": Code(W, "a relative link to a file that is not published"),
    "SG304": Code(E, "a link to a document that is left out (draft, scheduled or expired)"),
    # Code blocks
    "SG401": Code(N, "a code block in a language that Pygments does not know"),
    "SG402": Code(W, "a code block that takes too long to highlight; it is shown as plain text"),
    # Templates
    "SG501": Code(E, "a template that Jinja cannot read", fixed=True),
    "SG502": Code(E, "a name that a template uses and nothing defines", fixed=True),
    "SG503": Code(E, "a template that does not exist", fixed=True),
    "SG504": Code(E, "a template that fails while a page is rendered", fixed=True),
    # Output
    "SG601": Code(E, "a file in the output folder that sitegen did not write", fixed=True),
    "SG602": Code(W, "a cache that could not be used; everything is built anew, as without one"),
    "SG603": Code(E, "a file that a clean build makes otherwise (`--verify`)", fixed=True),
    # The finished site (`sitegen check`)
    "SG701": Code(E, "a link to a page or file that the site does not have; also a dead image"),
    "SG702": Code(E, "a link to a part that a page of the site does not have"),
    "SG703": Code(E, "a link from the root of the host that lacks the path of `base_url`"),
    "SG704": Code(E, "a link that differs from the name of a file in upper and lower case only"),
    "SG705": Code(W, "a link that works only where the host corrects it, as one without `/`"),
    "SG706": Code(W, "an id that stands twice on a page"),
}
"""Every code sitegen can report. A code never changes its meaning."""
