"""`sitegen` and `python -m sitegen`."""

from sitegen.console.collector import collect_never
from sitegen.console.signals import end_at_once


def begin() -> None:
    """Load the command line and run it. Loading takes a moment, in which Ctrl-C can come."""
    end_at_once()
    collect_never()
    from sitegen.cli.app import main

    main()


if __name__ == "__main__":
    begin()
