"""`sitegen` and `python -m sitegen`."""

from time import perf_counter

from sitegen.console.plain import said
from sitegen.engine.unchanged import unchanged


def begin() -> None:
    """Run the command, unless it is a build that is known at once to have nothing to do.

    To load the command line takes a moment, in which Ctrl-C can come.
    """
    is_interrupted = False
    try:
        if _has_nothing_to_do():
            return
    except KeyboardInterrupt:
        is_interrupted = True
    from sitegen.console.collector import collect_never
    from sitegen.console.signals import end_at_once, interrupt

    end_at_once()
    if is_interrupted:
        interrupt()
    collect_never()
    from sitegen.cli.app import main

    main()


def _has_nothing_to_do() -> bool:
    """Whether there was a build to be made, and nothing to do, and that is said."""
    start = perf_counter()
    lines = unchanged()
    return lines is not None and said(lines, perf_counter() - start)


if __name__ == "__main__":
    begin()
