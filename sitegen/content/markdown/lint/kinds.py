"""Syntax of other generators and dialects that no part of sitegen renders: one line a kind.

The table is in order: what one kind has found, a later one does not find again. A kind whose
syntax sitegen learns to render is deleted here; until then nothing is found that a syntax has
taken, since only what is left as text is looked at.
"""

from __future__ import annotations

from sitegen.content.markdown.lint.passages import BLANK
from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ForeignSyntax:
    """A syntax that readers see raw."""

    name: str
    """With its article."""
    trigger: str
    """A pattern of what every one of them holds, found fast: it starts with one rare character, or
    else with a letter, and must then be the start of the block."""
    pattern: str
    """Searched in the text of a block, whose lines have no markers and no indentation."""
    hint: str
    r"""With `\g<to>` for what the pattern found there."""


_ANY = "(?:[^%}]|%(?!})|}(?!}))"
"""A character of a tag or variable before its end."""


def _liquid(names: str) -> str:
    return rf"\{{%-?\s*(?:end)?(?:{names})\b{_ANY}{{0,2000}}?%\}}"


def _hugo(names: str) -> str:
    return rf"\{{\{{[<%]-?\s*/?\s*(?:{names})\b[^{{}}]{{0,2000}}?[%>]\}}\}}"


_FENCE = "write the code as a fenced code block: ```python, the code, ```"
_AS_TEXT = "or put it in backticks, if readers are to see it"
_CONTENTS = "delete it: the theme shows a table of contents by itself"
_EMBED = "write a link, or the HTML that the other site offers for embedding"
_VIDEO, _ID = "(?P<site>youtube|vimeo)", r"(?P<id>[\w-]+)"
_AS_COMPONENT = r"write on a line of its own: ::\g<site>{id=\g<id>}"
_COMMENT = "write an HTML comment: <!-- … -->"
_STUCK = r"#(?<![^\n]#)#*[^\W\d_]"
"""A line that starts with `#`, and at once a letter."""

_ADDRESS = (
    r"(?P<to>(?:https?://|\.{0,2}/)[^\s()<>\[\]]+|[^\s()<>\[\]]+\.(?:md|html?|png|jpe?g|gif|svg|webp|avif|pdf)"
    r"(?:\#[^\s()<>\[\]]*)?)"
)
"""What is surely the address of a link."""

_ATTRIBUTE = r"""(?:[.#][\w:-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
_ATTRIBUTES = rf"{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*"

FOREIGN_SYNTAX = (
    ForeignSyntax(
        "a Hugo figure", r"\{\{", _hugo("figure"), "write an image: ![text](picture.png)"
    ),
    ForeignSyntax(
        "a Hugo link",
        r"\{\{",
        rf"""\{{\{{[<%]-?\s*(?:rel)?ref\s+(?:path=)?["'`]?(?P<to>[^"'`\s{{}}<>%#]*?)(?:\.md)?(?P<part>\#[^"'`\s{{}}<>%]*)?(?=["'`\s%>}}])"""
        rf"""{_ANY}*?[%>]\}}\}}""",
        r"link to the file: [text](\g<to>.md\g<part>)",
    ),
    ForeignSyntax("a Hugo highlight", r"\{\{", _hugo("highlight"), _FENCE),
    ForeignSyntax(
        "a Hugo shortcode",
        r"\{\{",
        rf"""\{{\{{[<%]-?\s*{_VIDEO}\s+(?:id=)?["'`]?{_ID}[^{{}}]{{0,200}}[%>]\}}\}}""",
        _AS_COMPONENT,
    ),
    ForeignSyntax(
        "a Hugo shortcode",
        r"\{\{",
        _hugo(r"[\w.-]+") + rf"|\{{\{{{BLANK}+\}}\}}",  # `<x>` in braces is read as a tag
        f"write Markdown or HTML in its place, {_AS_TEXT}",
    ),
    ForeignSyntax(
        "a Zola shortcode",
        r"\{\{",
        rf"""\{{\{{\s*{_VIDEO}\(\s*id\s*=\s*["'`]{_ID}["'`][^{{}}]{{0,200}}\)\s*\}}\}}""",
        _AS_COMPONENT,
    ),
    ForeignSyntax(
        "a Zola shortcode",
        r"\{\{",
        r"\{\{\s*\w+\([^{}]{0,2000}?\)\s*\}\}",
        f"write Markdown or HTML in its place, {_AS_TEXT}",
    ),
    ForeignSyntax(
        "a Zola shortcode with a body",
        r"\{%",
        rf"\{{%\s*\w+\({_ANY}{{0,2000}}?\)\s*%\}}",
        f"write Markdown or HTML in its place, {_AS_TEXT}",
    ),
    ForeignSyntax("a Liquid code block", r"\{%", _liquid("highlight|codeblock|code"), _FENCE),
    ForeignSyntax(
        "a Liquid tag that keeps text raw",
        r"\{%",
        _liquid("raw|verbatim"),
        "delete it: sitegen never reads Markdown as a template",
    ),
    ForeignSyntax(
        "a Liquid link to a post",
        r"\{%",
        rf"\{{%-?\s*post_url\s+/?(?P<to>[^\s%]+){_ANY}{{0,200}}?%\}}",
        r"link to the file: [text](/_posts/\g<to>.md)",
    ),
    ForeignSyntax(
        "a Liquid link",
        r"\{%",
        rf"\{{%-?\s*link\s+/?(?P<to>[^\s%]+){_ANY}{{0,200}}?%\}}",
        r"link to the file: [text](/\g<to>)",
    ),
    ForeignSyntax(
        "a Liquid embed",
        r"\{%",
        rf"""\{{%-?\s*{_VIDEO}\s+["'`]?{_ID}["'`]?\s*-?%\}}""",
        _AS_COMPONENT,
    ),
    ForeignSyntax(
        "a Liquid embed", r"\{%", _liquid("embed|youtube|twitter|tweet|vimeo|gist|codepen"), _EMBED
    ),
    ForeignSyntax(
        "a Liquid include",
        r"\{%",
        _liquid("include|include_relative|include_cached|render"),
        "write in its place what it includes; what every page has belongs in a template",
    ),
    ForeignSyntax(
        "a tag of Liquid or Nunjucks",
        r"\{%",
        rf"\{{%-?\s*\w+{_ANY}{{0,2000}}?%\}}",
        f"write what it stands for, {_AS_TEXT}",
    ),
    ForeignSyntax(
        "the address of the site in Liquid",
        r"\{\{",
        r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}",
        "delete it: links to this site start with '/', as in [text](/about/)",
    ),
    ForeignSyntax(
        "a variable of Liquid or Nunjucks",
        r"\{\{",
        r"\{\{-?[^{}<%]{1,2000}?\}\}",
        f"write what it stands for, {_AS_TEXT}",
    ),
    ForeignSyntax(
        "a template comment",
        r"\{#",
        r"\{#\s[^{}]{0,2000}?\s#\}",
        _COMMENT,
    ),
    ForeignSyntax(
        "a call of a component",
        "::",
        r"^:{2,}[ ]+[A-Za-z][\w-]*[\[{][^\n]*$",
        "delete the space behind the colons: ::name[text]{key=value}",
    ),
    ForeignSyntax("a table of contents", r"\{:", r"\{:\s*toc\b[^{}\n]*\}", _CONTENTS),
    ForeignSyntax(
        "an attribute list",
        r"\{(?::|[.#]|[\w:-]+=)",
        rf"\{{:[ ]?{_ATTRIBUTES}[ ]*\}}|(?:(?<=[\])*_`{BLANK}])|^)\{{{_ATTRIBUTES}[ ]*\}}"
        rf"|(?<=[ ])\{{(?=\#){_ATTRIBUTES}[ ]*\}}(?![^\n{BLANK}])",
        "delete it, keep to the attributes that the manual lists, or write the element as HTML",
    ),
    ForeignSyntax(
        "a link with spaces in its path",
        r"\]\([^()\s]+[ ]+[^\"\s(\x27]",
        r"!?\[[^\[\]\n]*\]\((?:[^()<>\"\s]+(?:[ ][^()<>\"\s]+)+\.\w{2,5}"
        r"|[^()<>\"\s]*\#[^()<>\"\s]+(?:[ ][^()<>\"\s]+)+)\)",
        "put the path in angle brackets: [text](<a b.md>)",
    ),
    ForeignSyntax(
        "a link whose title is not closed",
        r"\]\([^()\s]+[ ]+(?:\"[^\"()\n]*|\x27[^\x27()\n]*)\)",
        r"""!?\[(?P<text>[^\[\]\n]*)\]\((?P<to>[^()<>"\s]+)[ ]+["'][^"'()\n]*\)""",
        r'close the quotes: [\g<text>](\g<to> "title")',
    ),
    ForeignSyntax(
        "a link with a space in front of its address",
        r"\][ ]\(",
        rf"!?\[(?P<text>[^\[\]\n]+)\][ ]\({_ADDRESS}\)",
        r"delete the space: [\g<text>](\g<to>)",
    ),
    ForeignSyntax(
        "a link with its brackets swapped",
        r"\[(?<=\)\[)",
        rf"\((?P<text>[^()\n]+)\)\[{_ADDRESS}\]",
        r"swap them: [\g<text>](\g<to>)",
    ),
    ForeignSyntax(
        "a link to a file on your computer",
        r"\]\(<?file:",
        r"!?\[[^\[\]\n]*\]\(<?file:[^()\n]*\)",
        "put the file beside the post, and link to it by its name",
    ),
    ForeignSyntax(
        "a table",
        r"\|[ \t]*:?-{2,}",
        r"^[^\n|]*\|[^\n]*\n\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$",
        "its second line needs as many parts as the first: |---|---|",
    ),
    ForeignSyntax(
        "bold text with a space behind its asterisks",
        r"\*(?<=[ \n]\*)\*[ ][^\W\d]",
        r"(?:(?<=[ ])|^)\*\*[ ][^\W\d][^*\n]*\*\*(?!\*)",
        "delete the space: **text**",
    ),
    ForeignSyntax("a comment of MDX", r"\{[ ]?/\*", r"\{[ ]?/\*[^\n]*?\*/[ ]?\}", _COMMENT),
    ForeignSyntax(
        "an import of MDX",
        "import ",
        r"""\Aimport[ ](?:[\w*{][^\n'"]*[ ]from[ ])?(?:'[^'\n]+'|"[^"\n]+");?[ ]*$""",
        "delete it: a component is called by its name, as in ::name{}",
    ),
    ForeignSyntax(
        "an export of MDX",
        "export ",
        r"\Aexport[ ](?:(?:const|let|var)[ ]+\w+[ ]*=|default[ ]function|function[ ]+\w+\()[^\n]*",
        "delete it: a component is called by its name, as in ::name{}",
    ),
    ForeignSyntax(
        "a JSX component",
        "</?[A-Z]",
        r"</?[A-Z]\w*[a-z]\w*(?:\.\w+)?(?:\s(?:[^<>]|=>){0,2000})?/?>",
        "write Markdown or HTML in its place",
    ),
    ForeignSyntax(
        "a call of a component",
        "::",
        r"^::[A-Za-z][\w-]*[\[{][^\n]*$",
        'write it alone on its line, and close what it opens: ::name[text]{key="two words"}',
    ),
    ForeignSyntax(
        "a directive of reStructuredText",
        "::",
        r"^\.\.[ ][a-z][\w-]*::",
        "write Markdown or HTML in its place",
    ),
    ForeignSyntax(
        "a shortcode of WordPress",
        r"\[(?:/|caption |gallery |audio |video |sourcecode )",
        r"\[(?:/(?:caption|gallery|audio|video|embed|code|sourcecode)|(?:caption|gallery|audio|video"
        r"|sourcecode)[ ]\w+=[^\]\n]*)\]",
        "write Markdown or HTML in its place",
    ),
    ForeignSyntax(
        "an Obsidian comment",
        "%%",
        r"(?<![\w%])%%(?!%)[^%]+%%(?![\w%])",
        _COMMENT,
    ),
    ForeignSyntax(
        "an icon of Material",
        ":(?:material|fontawesome|octicons|simple)-",
        r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[\w-]+:(?!\w)",
        "write an emoji, or the icon as SVG",
    ),
    ForeignSyntax(
        "a snippet of Material",
        "8<-",
        r"""^[;-]*-+8<-+[ ]+["'](?P<to>[^"'\n]+)["'][ ]*$""",
        r"write ::include{file=\g<to>}, with a name of Markdown",
    ),
    ForeignSyntax(
        "Critic Markup",
        r"\{(?:--|\+\+|~~|>>)",
        r"\{--[^{}\n]+--\}|\{\+\+[^{}\n]+\+\+\}|\{~~[^{}\n]+~>[^{}\n]*~~\}|\{>>[^{}\n]+<<\}",
        "write ~~deleted~~, <ins>added</ins> and <!-- a comment -->",
    ),
    ForeignSyntax(
        "a cross-reference of Quarto",
        "@(?:fig|tbl|sec|eq|lst)-",
        r"(?<![\w/@.])@(?P<to>(?:fig|tbl|sec|eq|lst)-[\w-]*\w)",
        r"link to its id: [its name](#\g<to>)",
    ),
    ForeignSyntax(
        "math",
        r"\$\$|\$[^$\s\d]",
        r"(?<!\$)\$\$(?:[^$]|\\\$)+\$\$(?!\$)|(?<![\\$\w])\$(?=[^\s$])[^$\n]*\\[a-z]+[^$\n]*(?<!\s)\$(?![\w$])",
        "add to the front matter: math: true",
    ),
    ForeignSyntax(
        "a heading without a space",
        _STUCK,
        r"^\#{2,6}[^\W\d_][^\n]*$",
        "put a space between the # and the text",
    ),
    ForeignSyntax(
        "a tag of Obsidian",
        _STUCK,
        r"\A\#[^\W\d_][\w/-]*(?:[ ]+\#[^\W\d_][\w/-]*)*\Z",
        "name tags in the front matter: tags: [a, b]; put a space behind the # of a heading",
    ),
)
"""What SG901 reports in texts."""

TRIGGERS = tuple(
    f"\n{kind.trigger}" if kind.trigger[0].isalpha() else kind.trigger for kind in FOREIGN_SYNTAX
)
"""What is in a text that holds any of them, with a line break in front of each block."""
