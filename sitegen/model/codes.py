"""Every kind of diagnostic, by its stable code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from sitegen import MANUAL
from sitegen.model.dataclass import dataclass


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
    """Whether the configuration cannot lower it, since the site would be published wrong."""


E, W, N = Severity.ERROR, Severity.WARNING, Severity.INFO


CODES: Mapping[str, Code] = {
    # The site as a whole
    "SG001": Code(E, "`sitegen.toml` is not valid TOML", fixed=True),
    "SG002": Code(E, "an unknown key in `sitegen.toml`", fixed=True),
    "SG003": Code(E, "an invalid value in `sitegen.toml`", fixed=True),
    "SG004": Code(
        W, "`base_url` is not set, or is this computer, to which feeds and the sitemap then point"
    ),
    "SG005": Code(E, "a file that cannot be read", fixed=True),
    "SG006": Code(E, "a file that is not UTF-8", fixed=True),
    "SG007": Code(W, "a control character that HTML and XML forbid; it is removed"),
    "SG008": Code(W, "a symbolic link, special file or git repository; it is not published"),
    "SG009": Code(W, '`dates = "git"` in a shallow clone, or without git history'),
    "SG010": Code(W, "a file in the content folder in a format that sitegen does not read"),
    "SG011": Code(W, "the configuration of another generator, which is not read"),
    "SG012": Code(W, "a pattern in `exclude` of `[content]` that matches nothing"),
    "SG013": Code(N, "a file about the repository, such as `README.md`, that is in no list"),
    "SG014": Code(E, "a colour in `[theme]` that has too little contrast to be read", fixed=True),
    "SG015": Code(W, "`[images]` without Pillow, which makes smaller copies of images"),
    "SG016": Code(W, "social cards or icons that cannot be made, since an extra is not installed"),
    "SG018": Code(W, "`git = true` in `[history]` in a shallow clone, or without git history"),
    "SG019": Code(
        W, "a style in `[highlight]` in which some code has too little contrast to be read"
    ),
    "SG020": Code(E, "a feed or sitemap that programs cannot read"),
    "SG021": Code(N, "a post without an `id`, where most posts of the site have one"),
    # Front matter
    "SG101": Code(E, "front matter that is not valid YAML or TOML"),
    "SG102": Code(E, "front matter that is never closed"),
    "SG103": Code(W, "text between `---` lines at the top that is not front matter; it is kept"),
    "SG104": Code(E, "a duplicate key"),
    "SG105": Code(W, "an unknown key that looks like a known one"),
    "SG106": Code(E, "a value of the wrong type"),
    "SG107": Code(E, "an invalid date"),
    "SG108": Code(
        W,
        "a value that YAML 1.1 reads as something else: the text is kept; or in part as a comment",
    ),
    "SG109": Code(E, "front matter that is too large, too deep, or uses anchors and aliases"),
    "SG110": Code(W, "an invalid date in a file name"),
    "SG111": Code(W, "a key of another generator that has another name here, or no effect"),
    "SG112": Code(E, "front matter in a form that sitegen does not read"),
    "SG113": Code(W, "`updated` is before `date`"),
    "SG114": Code(E, "a `lang` that is not a language tag"),
    "SG115": Code(W, "tags or categories that other generators separate at spaces"),
    "SG116": Code(W, "a post or page without title and text"),
    "SG117": Code(E, "a value that is not among the choices of a field of the site's own"),
    "SG118": Code(E, "a required field of the site's own that is missing"),
    "SG119": Code(W, "a key that nobody declares, where `unknown` of `[content]` asks for it"),
    "SG120": Code(W, "a field with `for` a folder in which there are no documents"),
    "SG121": Code(E, "a value that the site's `schema.py` refuses"),
    "SG122": Code(
        E,
        "a data file that cannot be read, is refused by `schema.py`, or has a name twice",
        fixed=True,
    ),
    "SG123": Code(W, "a type in the site's `schema.py` for a data file that is not there"),
    # URLs
    "SG201": Code(E, "two sources with the same URL", fixed=True),
    "SG202": Code(E, "two documents with the same `id`", fixed=True),
    "SG203": Code(E, "a slug, permalink or alias that is not a safe path", fixed=True),
    "SG204": Code(E, "a permalink pattern that needs a date the document does not have"),
    "SG205": Code(N, "a tag, category, author or series that is spelled in more than one way"),
    "SG206": Code(N, "an alias without a redirect: a name, or the URL of its page but for case"),
    "SG207": Code(W, "a pattern in `[permalinks.sections]` for a folder that has no posts"),
    "SG208": Code(E, "a site without a home page, since `home` in `[permalinks]` is elsewhere"),
    "SG209": Code(W, "a page with a date outside `pages/`, which may be meant as a post"),
    "SG210": Code(W, "a published file whose name Windows or some hosts cannot have"),
    "SG211": Code(E, "a published file that would be part of a `.git` folder", fixed=True),
    "SG212": Code(W, "a description of a tag, category, author or series that no post has"),
    # Links
    "SG301": Code(E, "a broken link: no such page or id"),
    "SG302": Code(E, "a broken anchor: no such heading or id on the page"),
    "SG303": Code(E, "a broken link to a file: an image, script, style sheet or download"),
    "SG304": Code(E, "a link to a page that is not published: draft, scheduled or expired"),
    # Containers and alerts
    "SG310": Code(W, "a container `::: name` of an unknown name"),
    "SG311": Code(W, "a container that is never closed, or a line `:::` that closes nothing"),
    "SG312": Code(W, "an alert of an unknown type, such as `[!NOTEE]`; it is shown as a note"),
    "SG313": Code(E, "a notebook that is not read, since the extra `notebooks` is not installed"),
    "SG314": Code(E, "a notebook that cannot be read"),
    "SG315": Code(W, "an output of a notebook that cannot be shown"),
    # Components
    "SG320": Code(E, "a call of a component that does not exist"),
    "SG321": Code(E, "an argument that a component does not take, lacks, or cannot use"),
    "SG322": Code(
        E, "a text or a title for a component that takes none, or none for one that needs it"
    ),
    "SG323": Code(E, "the template of a component without its macro, or with a wrong annotation"),
    "SG324": Code(E, "a file to be included that is not there"),
    "SG325": Code(E, "a file that includes itself"),
    # Formulas and diagrams
    "SG330": Code(W, "a formula whose TeX cannot be read"),
    "SG331": Code(W, "formulas shown as TeX, since the extra `math` is not installed"),
    "SG332": Code(W, "a diagram whose source has a mistake"),
    "SG333": Code(W, "`diagrams` in `[markdown]` without the program that draws them"),
    "SG334": Code(W, "a diagram that cannot be drawn, and is shown as code"),
    # Code blocks
    "SG401": Code(N, "a code block in a language that Pygments does not know"),
    "SG402": Code(W, "a code block that takes too long to highlight; it is shown as plain text"),
    "SG403": Code(W, "a code block in a language that looks misspelled"),
    "SG404": Code(W, "a code block option that is not supported; one of each kind is reported"),
    "SG405": Code(W, "a code fence that is never closed"),
    "SG406": Code(W, "an unknown option of a code block or `[!code …]`, or one for no line"),
    # Images
    "SG407": Code(W, "a file that is shown as an image, and is none that browsers show"),
    "SG408": Code(W, "an image whose name promises another format"),
    "SG409": Code(W, "an image that cannot be made smaller: it is damaged, or too large"),
    "SG413": Code(E, "a social card that cannot be drawn", fixed=True),
    "SG414": Code(E, "a picture that no icons can be made from", fixed=True),
    # References to code
    "SG416": Code(W, "a `webmentions.json` that cannot be read"),
    "SG420": Code(E, "a link to lines of code that are not there"),
    "SG421": Code(W, "a link to lines of code that no longer say what they said"),
    "SG422": Code(W, "a `::: walk` without a block of code"),
    "SG423": Code(N, "a block of code whose title is a path that readers cannot be given"),
    # Wikilinks
    "SG424": Code(W, "a wikilink whose name several documents have"),
    "SG425": Code(E, "a document that embeds itself"),
    # Moved posts
    "SG426": Code(W, "a published post or page whose address has changed, without a redirect"),
    # Templates
    "SG501": Code(E, "a template with a syntax error", fixed=True),
    "SG502": Code(E, "an undefined name in a template", fixed=True),
    "SG503": Code(E, "a missing template", fixed=True),
    "SG504": Code(E, "a template that fails while a page is rendered", fixed=True),
    "SG505": Code(W, "a template that is never used and whose name looks like a known one"),
    "SG506": Code(W, "a block that no template has that this one extends; it is not shown"),
    "SG507": Code(E, "a word in a template that the theme has not", fixed=True),
    "SG508": Code(E, "a file of words in `i18n/` that is not valid TOML, or of no language"),
    "SG509": Code(W, "a key in a file of words that the theme does not have; it is not used"),
    "SG510": Code(W, "a word in a file of words that lacks a form or a value; it is not used"),
    # Output
    "SG601": Code(E, "a file in the output folder that sitegen did not write", fixed=True),
    "SG602": Code(W, "a cache that cannot be used; everything is rebuilt"),
    "SG603": Code(E, "a file that differs from that of a clean build (`--verify`)", fixed=True),
    "SG604": Code(E, "a post-build command that cannot be run, or fails", fixed=True),
    "SG605": Code(
        E, "a post-build command that changes the site, or adds what is no plain file", fixed=True
    ),
    # The finished site (`sitegen check`)
    "SG703": Code(E, "a link from the root of the host that lacks the path of `base_url`"),
    "SG704": Code(E, "a link that differs from a file name only in case or Unicode form"),
    "SG705": Code(W, "a link that works only if the host redirects it, such as one without `/`"),
    "SG706": Code(W, "a duplicate id on a page"),
    # Plug-ins
    "SG801": Code(E, "a plug-in that cannot be loaded", fixed=True),
    "SG802": Code(E, "a plug-in that fails, with the place in its code", fixed=True),
    "SG803": Code(E, "an error reported by a plug-in"),
    "SG804": Code(W, "a warning reported by a plug-in"),
    # What readers would see
    "SG901": Code(W, "syntax that sitegen does not render, so that readers see it raw"),
    "SG902": Code(W, "an undefined footnote or reference, or a footnote that is never referenced"),
    "SG903": Code(
        W, "raw HTML with tags that do not match, or closed by a slash that HTML ignores"
    ),
    "SG904": Code(N, "a skipped heading level, or a second level 1 heading"),
    "SG905": Code(N, "an image without alternative text"),
}
"""Every code sitegen can report. The meaning of a code never changes."""


GROUPS: Mapping[str, str] = {
    "SG0": "The site as a whole",
    "SG1": "Front matter",
    "SG2": "URLs",
    "SG3": "Links and Markdown",
    "SG4": "Code blocks and images",
    "SG5": "Templates",
    "SG6": "Output",
    "SG7": "The finished site",
    "SG8": "Plug-ins",
    "SG9": "What readers would see",
}
"""What codes are about, by how they start."""


def codes_of(group: str) -> tuple[str, ...]:
    """The codes of a group, in their order."""
    return tuple(sorted(code for code in CODES if code.startswith(group)))


def url_of(code: str) -> str:
    """Where the manual explains a code."""
    return f"{MANUAL}diagnostics/#{code.lower()}"
