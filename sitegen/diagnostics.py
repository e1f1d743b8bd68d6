"""What sitegen says about a site: values with stable codes, never log lines or tracebacks.

Stages return diagnostics beside their results, so one bad post never hides another problem.

    SitegenError                 cannot continue
    ├── UsageError               the command or the configuration is wrong: exit status 2
    └── OutputError              the output folder cannot be written: exit status 1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from enum import IntEnum
from unicodedata import category, east_asian_width


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
    "SG002": Code(E, "a key of `sitegen.toml` that sitegen does not know", fixed=True),
    "SG003": Code(E, "a value of `sitegen.toml` that cannot be used", fixed=True),
    "SG004": Code(W, "`base_url` is not set, so feeds and the sitemap point to this computer"),
    "SG005": Code(E, "a file that cannot be read", fixed=True),
    "SG006": Code(E, "a text that is not UTF-8", fixed=True),
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
    "SG107": Code(E, "a date that cannot be read, or that no calendar has"),
    "SG108": Code(W, "a value that YAML 1.1 reads as something else; the text is kept as written"),
    "SG109": Code(E, "front matter that is too large, too deep, or uses anchors and aliases"),
    "SG110": Code(W, "a date in a file name that no calendar has"),
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


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what, where, and what to do about it."""

    code: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    length: int = 1
    """Characters of the line to underline."""
    severity: Severity = Severity.ERROR
    """Set by `judged`; stages leave it alone."""
    frame: str | None = None
    """The source line, set by `framed`."""


class SitegenError(Exception):
    """The command cannot continue. Carries the diagnostics that say why."""

    status = 1

    def __init__(self, message: str, *diagnostics: Diagnostic, hint: str | None = None) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
        self.hint = hint


class UsageError(SitegenError):
    """The command line or the configuration is wrong."""

    status = 2


class OutputError(SitegenError):
    """The output folder cannot be written."""


def did_you_mean(
    word: str, known: Iterable[str], pattern: str = "did you mean '{}'?", cutoff: float = 0.6
) -> str | None:
    """The hint that names the known word nearest to a mistyped one, or None.

    Words that are less alike than `cutoff`, from 0 to 1, are not near. It takes some 30 µs for each
    known word.
    """
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return pattern.format(close[0]) if close else None


def judged(
    diagnostics: Iterable[Diagnostic], severities: Mapping[str, str], *, strict: bool
) -> tuple[Diagnostic, ...]:
    """The diagnostics with their final severity, in order of path, line and column.

    `severities` is the configuration's table; a code set to `off` is dropped. With `strict`,
    warnings are errors.
    """

    def judge(diagnostic: Diagnostic) -> Diagnostic | None:
        code = CODES[diagnostic.code]
        name = severities.get(diagnostic.code)
        if name == "off" and not code.fixed:
            return None
        severity = Severity[name.upper()] if name and not code.fixed else code.severity
        if strict and severity is Severity.WARNING:
            severity = Severity.ERROR
        return replace(diagnostic, severity=severity)

    kept = dict.fromkeys(filter(None, map(judge, diagnostics)))
    return tuple(sorted(kept, key=_order))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the judged diagnostics forbids publishing."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    d = diagnostic
    return (d.path or "", d.line or 0, d.column or 0, d.code, d.message)


def framed(
    diagnostics: Iterable[Diagnostic], read: Callable[[str], str | None]
) -> tuple[Diagnostic, ...]:
    """The diagnostics with the source line each points to; `read` gives a file's text by path."""
    texts: dict[str, list[str]] = {}

    def line_of(path: str, line: int) -> str | None:
        if path not in texts:
            texts[path] = (read(path) or "").split("\n")
        return texts[path][line - 1] if line <= len(texts[path]) else None

    return tuple(
        replace(d, frame=line_of(d.path, d.line)) if d.path and d.line else d for d in diagnostics
    )


def location(diagnostic: Diagnostic) -> str:
    """`path:line:column` as far as known, or an empty string."""
    parts = (diagnostic.path, diagnostic.line, diagnostic.column)
    return ":".join(str(part) for part in parts if part is not None)


COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
FRAME_WIDTH = 100
CONTROLS = ("Cc", "Cs")
"""The Unicode categories of what must not reach a terminal: controls and lone surrogates."""


def as_text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """The diagnostic for a person, with a code frame where the source is known."""

    def paint(text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if colour else text

    d = diagnostic
    where = _harmless(location(d))
    head = f"{paint(where, '1')}: " if where else ""
    level = paint(f"{d.severity} {d.code}", f"1;{COLOURS[d.severity]}")
    lines = [f"{head}{level}: {_harmless(d.message)}"]
    if d.frame and d.frame.strip() and d.line:
        source, underline = _frame(d.frame, d.column or 1, d.length)
        number = str(d.line)
        lines.append(f"   {number} | {source}")
        if d.column:
            lines.append(f"   {' ' * len(number)} | {paint(underline, COLOURS[d.severity])}")
    if d.hint:
        lines.append(f"   {paint('hint:', '1;32')} {_harmless(d.hint)}")
    return "\n".join(lines)


def _harmless(text: str) -> str:
    """The text with what a terminal would obey, or cannot show, written as an escape."""
    return "".join(ascii(c)[1:-1] if category(c) in CONTROLS else c for c in text)


def _frame(text: str, column: int, length: int) -> tuple[str, str]:
    """The source line and its underline, cut to a readable width around the place."""
    at = min(column - 1, len(text))
    start = max(0, at - FRAME_WIDTH // 2) if len(text) > FRAME_WIDTH else 0
    part = text[start : start + FRAME_WIDTH]
    shown = "".join(" " if category(c) in CONTROLS else c for c in part).rstrip()
    before, marked = shown[: at - start], shown[at - start :][:length]
    return shown, f"{' ' * _width(before)}{'^' * max(1, _width(marked))}"


def _width(text: str) -> int:
    """The columns of a terminal that a text takes up (Unicode 15, UAX #11)."""
    return sum(
        0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic as a JSON object; absent parts are null."""
    return asdict(diagnostic) | {"severity": str(diagnostic.severity)}


def as_github(diagnostic: Diagnostic) -> str:
    """The diagnostic as a workflow command, which GitHub shows beside the line it points to."""
    d = diagnostic
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    places = {"file": d.path, "line": d.line, "col": d.column, "title": d.code}
    properties = ",".join(f"{k}={_escape(v, ':,')}" for k, v in places.items() if v is not None)
    text = f"{d.message}\nhint: {d.hint}" if d.hint else d.message
    return f"::{level[d.severity]} {properties}::{_escape(text)}"


def _escape(value: object, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in str(value))


def code_table() -> str:
    """The Markdown table of all codes, for the manual."""
    rows = [
        f"| `{code}` | {kind.severity}{' (always)' if kind.fixed else ''} | {kind.meaning} |"
        for code, kind in CODES.items()
    ]
    return "\n".join(["| Code | Severity | What it reports |", "|---|---|---|", *rows]) + "\n"
