"""The parts of the manual that the code knows best: `make manual` writes them anew.

They stand in the pages between `<!-- generated: name -->` and `<!-- /generated -->`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from math import floor
from pathlib import Path

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from sitegen.cli.app import command_line
from sitegen.cli.help import described
from sitegen.config.palette import (
    DECORATION,
    GROUNDS,
    Scheme,
    colours_of,
    is_colour,
    pairs_of,
)
from sitegen.config.schema import SCHEMES, Config, MenuItem
from sitegen.content.fields import FIELDS
from sitegen.content.foreign import FOREIGN, ForeignKey
from sitegen.diagnosis.explain import EXPLANATIONS, explanation
from sitegen.model.codes import CODES, GROUPS, codes_of
from sitegen.model.components import COMPONENTS_FOLDER
from sitegen.model.document import PublicMeta
from sitegen.model.fields import Field, FieldType, declared
from sitegen.model.parameters import Component
from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.signatures import template_of
from sitegen.outputs.templates.texts import TemplateText
from sitegen.sources.discover import tokens_of_theme
from sitegen.text.colours import Colour, colour, contrast
from sitegen.text.tokens import ThemeToken
from tests.promises import PROMISES, Promise

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "content" / "pages"
THEME_TEMPLATES = ROOT / "sitegen" / "theme" / "templates"
GENERATED = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- /generated -->)", re.DOTALL)

FORMS = {
    FieldType.TEXT: "text",
    FieldType.FLAG: "`true` or `false`",
    FieldType.NUMBER: "a number",
    FieldType.MOMENT: "a [date](#how-to-write-a-date)",
    FieldType.NAMES: "names",
    FieldType.AUTHORS: "names",
    FieldType.PATHS: "paths",
}
"""What an author writes for a field."""
SHOWN = FORMS | {FieldType.MOMENT: "a datetime with an offset"}
"""What a template finds."""


def configuration() -> str:
    """A `sitegen.toml` that holds every key with its default."""
    defaults = asdict(Config())
    plain = {key: value for key, value in defaults.items() if not isinstance(value, dict | tuple)}
    tables = {key: value for key, value in defaults.items() if isinstance(value, dict)}
    written = "\n\n".join(_table(name, table) for name, table in tables.items())
    entry = "\n".join(f'# {field.name} = "…"' for field in fields(MenuItem))
    return f"```toml\n{_keys(plain)}\n\n{written}\n\n# [[menu]]\n{entry}\n```\n"


def _table(name: str, table: Mapping[str, object]) -> str:
    """A table of TOML and, behind it, the tables that are in it."""
    inner = {key: value for key, value in table.items() if isinstance(value, dict) and value}
    own = {key: value for key, value in table.items() if key not in inner}
    tables = (_table(f"{name}.{key}", value) for key, value in inner.items())
    return "\n\n".join((f"[{name}]\n{_keys(own)}".rstrip(), *tables))


def _keys(table: Mapping[str, object]) -> str:
    """One line for each key; TOML writes strings and whole numbers as JSON does."""
    return "\n".join(
        f"# {key} = …" if value is None else f"{key} = {json.dumps(value)}"
        for key, value in table.items()
    )


def front_matter() -> str:
    """The table of all keys of front matter, each a link to the section that says more of it."""
    explained = set(re.findall(r"^### (.+)$", (PAGES / "front-matter.md").read_text("utf-8"), re.M))
    rows = (
        f"| {_keys_of(field, explained)} | {FORMS[field.type]}{_default(field)} "
        f"| {field.meaning} |\n"
        for field in sorted(FIELDS, key=lambda field: field.name)
    )
    return f"| Key | Value | What it is |\n|---|---|---|\n{''.join(rows)}"


def _keys_of(field: Field, explained: set[str]) -> str:
    linked = (f"[`{key}`](#{key})" if key in explained else f"`{key}`" for key in field.names)
    opposite = f"; its opposite `{field.opposite}`" if field.opposite else ""
    return ", ".join(linked) + opposite


def _default(field: Field) -> str:
    return f", default `{json.dumps(field.default)}`" if field.default not in (None, (), "") else ""


def foreign_keys() -> str:
    """The tables of the keys of other generators, by what sitegen does with them."""
    tables = (
        ("Understood", "Means here", [row for row in FOREIGN if row.field and not row.advice]),
        ("A warning", "What to do", [row for row in FOREIGN if row.advice]),
        ("Ignored", "", [row for row in FOREIGN if not row.field and not row.advice]),
    )
    return "\n".join(_foreign_table(*table) for table in tables)


def _foreign_table(title: str, effect: str, rows: Sequence[ForeignKey]) -> str:
    lines = (
        f"| {', '.join(f'`{name}`' for name in row.names.split())} "
        f"| {row.form.words if row.form else 'any'} | {row.used_by} "
        f"|{f' {_effect(row)} |' if effect else ''}\n"
        for row in rows
    )
    head = f"| Key | Value | Used by |{f' {effect} |' if effect else ''}\n"
    return f"### {title}\n\n{head}{'|---' * (4 if effect else 3)}|\n{''.join(lines)}"


def _effect(row: ForeignKey) -> str:
    if row.advice:
        return row.advice.replace("{value}", "…").replace("{minus}", "-…")
    value = "" if row.value is None else f": {json.dumps(row.value)}"
    return f"`{row.field}{value}`"


def public_front_matter() -> str:
    """The table of what cards and pages have from front matter as it is."""
    rows = (
        f"| `{field.name}` | {SHOWN[field.type]}{', or none' if field.default is None else ''} "
        f"| {field.meaning} |\n"
        for field in declared(PublicMeta).values()
    )
    return f"| Attribute | Value | What it is |\n|---|---|---|\n{''.join(rows)}"


def commands() -> str:
    """A section for each command: what it does, its options, and examples."""
    group = get_command(command_line())
    assert isinstance(group, TyperGroup)
    return "\n".join(
        _command(name, command)
        for name, command in group.commands.items()
        if isinstance(command, TyperCommand)
    )


def _command(name: str, command: TyperCommand) -> str:
    text, examples = described(command)
    arguments = [p for p in command.params if isinstance(p, TyperArgument) and not p.hidden]
    options = [p for p in command.params if isinstance(p, TyperOption) and p.name != "help"]
    usage = (str(p.metavar) if p.required else f"[{p.metavar}]" for p in arguments)
    rows = [(f"`{p.metavar}`", p.help) for p in arguments] + [(_typed(p), p.help) for p in options]
    table = "".join(f"| {_cell(typed)} | {_cell(told or '')} |\n" for typed, told in rows)
    shown = "\n".join(examples)
    return (
        f"## sitegen {name}\n\n```sh\n{' '.join(('sitegen', name, *usage))}\n```\n\n{text}\n\n"
        f"| Argument or option | What it means |\n|---|---|\n{table}\n"
        f'```sh title="Examples"\n{shown}\n```\n'
    )


def _typed(option: TyperOption) -> str:
    """An option as it is typed."""
    *short, long = option.opts
    value = f" {option.metavar}" if option.metavar else ""
    return ", ".join(f"`{name}`" for name in (*short, f"{long}{value}"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def look() -> str:
    """The tables of the tokens of the theme's style sheet: colours, then fonts and widths."""
    tokens = tokens_of_theme()
    both = tuple(colours_of(scheme, tokens, {}) for scheme in SCHEMES)
    colours = [token for token in tokens.values() if is_colour(token)]
    others = [token for token in tokens.values() if token not in colours]
    painted = "".join(
        f"| `{token.name}` | {_swatch(token.light)} | {_swatch(token.dark)} "
        f"| {_contrasts(token, both)} "
        f"| {token.meaning} |\n"
        for token in colours
    )
    rest = "".join(f"| `{token.name}` | `{token.light}` | {token.meaning} |\n" for token in others)
    return (
        f"| Colour | Light | Dark | Contrast | What it is |\n|---|---|---|---|---|\n{painted}\n"
        f"| Font or width | Value | What it is |\n|---|---|---|\n{rest}"
    )


def _swatch(value: str) -> str:
    """A colour written on itself, in black or white; the name of another token as it is."""
    seen = colour(value)
    if seen is None:
        return f"`{value}`"
    ink = max((Colour(0, 0, 0), Colour(255, 255, 255)), key=lambda ink: contrast(seen, ink))
    return f'<code style="background: {seen}; color: {ink}">{value}</code>'


def _contrasts(token: ThemeToken, both: Sequence[Scheme]) -> str:
    """The lowest contrast of a text or an edge, on light pages and on dark ones."""
    name = token.light[6:-1] if token.light.startswith("var(") else token.name
    if name in (*GROUNDS, *DECORATION):
        return "–"
    found = (
        min(contrast(colours[name], colours[pair.other]) for pair in pairs_of(name, colours))
        for colours in both
    )
    return "\u00a0/\u00a0".join(f"{floor(each * 10) / 10:.1f}" for each in found)


def templates() -> str:
    """The tables of the theme's templates and of their blocks, from the comments at their tops."""
    found = headers()
    rows = "".join(f"| `{name}` | {_cell(what)} |\n" for name, (what, _) in found.items())
    inner = "".join(
        f"| `{block}` | `{name}` | {_cell(what)} |\n"
        for name in sorted(found, key=lambda name: name != "base.html")
        for block, what in found[name][1]
    )
    return (
        f"| Template | What it is |\n|---|---|\n{rows}\n"
        f"| Block | Where | What is in it |\n|---|---|---|\n{inner}"
    )


def headers() -> Mapping[str, tuple[str, list[tuple[str, str]]]]:
    """By the name of a template: what it says that it is, and its blocks with what is in them."""
    files = sorted(
        THEME_TEMPLATES.glob("*.html"), key=lambda file: (file.name.startswith("_"), file.name)
    )
    return {file.name: _header(file) for file in files}


def _header(template: Path) -> tuple[str, list[tuple[str, str]]]:
    text = template.read_text("utf-8")
    comment = re.match(r"\{# (.*?) ?#\}", text, re.DOTALL)
    assert comment, f"{template.name} does not begin with a comment that says what it is"
    in_code = re.sub(r"<\w+>", r"`\g<0>`", comment[1])
    what, *lines = re.split(r"^ {6}(\w+) +", in_code, flags=re.MULTILINE)
    what = re.sub(r"\s(?:A site changes|To the blocks of)\b.*", "", what, flags=re.DOTALL)
    return what, list(zip(lines[::2], lines[1::2], strict=True))


def components() -> str:
    """The table of the theme's components: what each is, and what it takes."""
    texts = {
        f"{COMPONENTS_FOLDER}{file.name}": TemplateText(file.name, file.read_text("utf-8"))
        for file in sorted((THEME_TEMPLATES / COMPONENTS_FOLDER).glob("*.html"))
    }
    found = Templates(texts)
    known, _ = found.components(found.component_names)
    rows = (_row(it, texts[template_of(name)].text) for name, it in known.items() if it)
    return f"| Component | Arguments | What it is |\n|---|---|---|\n{''.join(rows)}"


def _row(component: Component, text: str) -> str:
    comment = re.match(r"\{# (.*?) ?#\}", text, re.DOTALL)
    assert comment
    what = re.sub(r"^ +\w+: [^\n]*$", "", comment[1], flags=re.MULTILINE)
    given = (f"`{it.name}`" if it.is_required else f"[`{it.name}`]" for it in component.parameters)
    return f"| `{component.name}` | {', '.join(given)} | {_cell(what.strip())} |\n"


def code_table() -> str:
    """The table of all codes, each a link to its section."""
    rows = "".join(
        f"| {_linked(code)} | {_severity(code)} | {kind.meaning} |\n"
        for code, kind in CODES.items()
    )
    return f"| Code | Severity | What it reports |\n|---|---|---|\n{rows}"


def code_sections() -> str:
    """A section for each code: what it reports, its cause, an example and the cure."""
    return "\n".join(
        f"### {title}\n\n{''.join(map(_code_section, codes_of(group)))}"
        for group, title in GROUPS.items()
    )


def _linked(code: str) -> str:
    return f"[`{code}`](#{code.lower()})" if _is_explained(code) else f"`{code}`"


def _is_explained(code: str) -> bool:
    return (EXPLANATIONS / f"{code}.md").is_file()


def _code_section(code: str) -> str:
    if not _is_explained(code):
        return ""
    head = f"**{_severity(code).capitalize()}: {CODES[code].meaning}.**"
    return f"#### {code}\n\n{head}\n\n{explanation(code)}\n"


def _severity(code: str) -> str:
    return f"{CODES[code].severity}{' (always)' if CODES[code].fixed else ''}"


def promises() -> str:
    """A section for each promise: what it says and how it is tested."""
    return "\n".join(
        f"## {title}\n\n{''.join(map(_promise, group))}" for title, group in PROMISES.items()
    )


def _promise(promise: Promise) -> str:
    files = ", ".join(f"`{file}`" for file in promise.tests)
    return (
        f"### {promise.claim}\n\n{promise.text}\n\n"
        f"*How it is tested:* {promise.tried} ({files})\n\n"
    )


def theme_words() -> str:
    """Every word of the theme in English, as a file."""
    text = (ROOT / "sitegen/theme/i18n/en.toml").read_text("utf-8")
    return f'```toml title="i18n/en.toml"\n{text}```\n'


PARTS: Mapping[str, Callable[[], str]] = {
    "components": components,
    "code sections": code_sections,
    "codes": code_table,
    "commands": commands,
    "configuration": configuration,
    "front matter": front_matter,
    "keys of other generators": foreign_keys,
    "promises": promises,
    "look": look,
    "templates": templates,
    "public front matter": public_front_matter,
    "words": theme_words,
}
"""By the name of the part: what makes it."""


def renewed(page: str) -> str:
    """The text of a page of the manual with its generated parts made anew."""
    return GENERATED.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n{part[3]}", page)


def main() -> None:
    """Renew the pages in place."""
    for page in PAGES.glob("*.md"):
        page.write_text(renewed(page.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
