"""What is known of languages here: what readers call them, and which are read by line."""

from __future__ import annotations

NAMES_OF_LANGUAGES = {
    name: spelled
    for spelled, names in {
        "AppleScript": "applescript",
        "C++": "cpp c++ cxx",
        "C#": "csharp c# cs",
        "CSS": "css",
        "CSV": "csv",
        "Dockerfile": "docker dockerfile",
        "F#": "fsharp f#",
        "Go": "go golang",
        "GraphQL": "graphql gql",
        "HCL": "hcl",
        "HTML": "html htm",
        "HTTP": "http",
        "INI": "ini",
        "Java": "java",
        "JavaScript": "javascript js mjs cjs",
        "JSON": "json jsonc json5",
        "JSX": "jsx",
        "LaTeX": "latex tex math",
        "MATLAB": "matlab",
        "OCaml": "ocaml",
        "PHP": "php",
        "PostgreSQL": "postgresql postgres",
        "PowerShell": "powershell ps1 pwsh",
        "Python": "python py python3 py3",
        "R": "r",
        "reStructuredText": "rst restructuredtext",
        "Ruby": "ruby rb",
        "Rust": "rust rs",
        "SCSS": "scss",
        "shell": "sh shell bash zsh",
        "SQL": "sql",
        "SVG": "svg",
        "TOML": "toml",
        "TSX": "tsx",
        "TypeScript": "typescript ts mts cts",
        "XML": "xml",
        "YAML": "yaml yml",
    }.items()
    for name in names.split()
}
"""How languages are spelled; of others, the name that the author gives is shown."""

SESSIONS = frozenset(
    ("console", "terminal", "shell-session", "sh-session", "pycon", "doctest", "ps1con")
)
"""Languages of what is typed, between what comes back."""

UNNUMBERED = frozenset(
    {
        *(
            "text",
            "txt",
            "plain",
            "plaintext",
            "none",
            "nohighlight",
            "no-highlight",
            "ansi",
            "log",
        ),
        *SESSIONS,
        *("diff", "patch", "udiff", "http", "mermaid", "tree"),
    }
)
"""Languages whose lines are hardly spoken of by number: logs, sessions, diagrams."""

DIAGRAMS = {
    "mermaid": "mermaid",
    "d2": "d2",
    **dict.fromkeys(("dot", "graphviz", "gv"), "graphviz"),
}
"""What draws a language, where the site has that, by the names that authors give it."""

PATCHES = frozenset(("diff", "patch", "udiff"))
"""Languages that have the signs of added and deleted lines in their text."""


def language_name(language: str) -> str:
    """The name for readers, of a name that an author gives; that itself if no other is known."""
    return NAMES_OF_LANGUAGES.get(language.lower(), language)
