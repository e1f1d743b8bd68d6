"""A block of code for `{=html}` is HTML, as in Pandoc and Quarto; one for another format is gone.

```{=html}
<iframe src="…"></iframe>
```
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.text.patterns import compiled, holds

_FORMAT = r"\{=([a-z][a-z0-9]*)\}"
_HTML = ("html", "html4", "html5")


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "raw_blocks", _read)


def _read(state: StateCore) -> None:
    if not holds(state.src, "{="):
        return
    for token in state.tokens:
        written = compiled(_FORMAT).fullmatch(token.info.strip())
        if written and token.type == "fence":
            token.type, token.tag = "html_block", ""
            token.content = token.content if written[1] in _HTML else ""


RAW_BLOCKS = Syntax("raw blocks", _install, inline={"raw_blocks": NOWHERE})
