"""Runs the command, and counts from outside what it does: `counting.py RESULT ARGUMENT…`.

Nothing is imported here before the command has ended, so that what it imports can be told.
"""

import sys

CALLS = {
    "tokens made": ("markdown_it.token", "__init__"),
    "outputs rendered": ("sitegen.outputs.render", "Renderer.render"),
    "values digested": ("sitegen.model.digest", "Digester.__call__"),
    "outputs looked at": ("sitegen.engine.history", "History.stale"),
}
"""What is counted; the module and the function that is called once for each."""


def count() -> None:
    """Write what the command has done into the file that the first argument names, as JSON."""
    _, result, *sys.argv = sys.argv
    sys.argv.insert(0, "sitegen")
    opened: list[object] = []
    calls: dict[object, int] = {}

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            opened.append(arguments[0])

    def profile(frame: object, event: str, _: object) -> None:
        if event == "call":
            # What dataclasses generate has a name of its own before the one that counts.
            name = frame.f_code.co_qualname.rpartition("<locals>.")[2]  # type: ignore[attr-defined]
            key = frame.f_globals.get("__name__"), name  # type: ignore[attr-defined]
            calls[key] = calls.get(key, 0) + 1

    before = frozenset(sys.modules)
    sys.addaudithook(audit)
    sys.setprofile(profile)
    try:
        from sitegen.__main__ import begin

        begin()
    finally:
        sys.setprofile(None)
        modules = sorted(sys.modules.keys() - before)
        paths = [path for path in opened if isinstance(path, str)]
        import json
        from pathlib import Path

        work = {what: calls.get(function, 0) for what, function in CALLS.items()}
        told = {"modules": modules, "opened": paths, "work": work}
        Path(result).write_text(json.dumps(told))


if __name__ == "__main__":
    count()
