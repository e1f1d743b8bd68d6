"""Why an output cannot be rendered."""

from __future__ import annotations

from sitegen.model.diagnostics import Diagnostic


class UnreadableDataError(Exception):
    """A template needs a data file that cannot be read, which is reported already."""


class RenderError(Exception):
    """An output cannot be rendered; the diagnostic says why."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem
