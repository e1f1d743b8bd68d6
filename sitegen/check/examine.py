"""What `sitegen check` does, from top to bottom.

record → build aside → check → mend, and check again → compare with the baseline
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from sitegen.build.session import Session
from sitegen.check.baseline import baseline_of, read_baseline, sifted, write_baseline
from sitegen.check.fix import Repair, by_file, repairs, repairs_of_configuration
from sitegen.check.order import Mending, Order
from sitegen.check.record import record
from sitegen.check.run import review
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import UsageError, edit_of
from sitegen.model.report import Checked, Recorded
from sitegen.sources.drafts import drafts
from sitegen.storage.file_lock import FOLDER

MOST_ROUNDS = 10
"""Checks until nothing is left to mend: what one problem hides, the next check tells."""

Opened = Callable[[], AbstractContextManager[Session]]
"""Opens the session of the site, as often as it is called."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of it."""

    checked: Checked
    """What is wrong with the site when all is mended that could be, or would be; without what is
    known."""
    recorded: tuple[Recorded, ...] = ()
    repairs: tuple[Repair, ...] = ()
    """Each file once, in the order in which they were mended first."""
    known: int = 0
    """Problems that the baseline knows."""
    gone: int = 0
    """Problems that it knows, and that the site has no more."""
    has_baseline: bool = False
    """Whether it was written now."""

    @property
    def can_mend(self) -> int:
        """How many of the problems have a fix."""
        return sum(edit_of(problem) is not None for problem in self.checked.diagnostics)


def examine(opened: Opened, folder: Path, order: Order) -> Examined:
    """Check a site, and do what else is wanted.

    Raises SitegenError where the site cannot be opened, its output folder cannot be used, or a
    source cannot be written.
    """
    recorded: tuple[Recorded, ...] = ()
    if order.records_lines:
        with opened() as session:
            recorded = record(session)
    rounds = list(_rounds(opened, folder, order))
    checked, _ = rounds[-1]
    made = by_file(repair for _, mended in rounds for repair in mended)
    examined = Examined(checked, recorded, made)
    return _compared(examined, folder, renews=order.renews_baseline)


def _rounds(
    opened: Opened, folder: Path, order: Order
) -> Iterator[tuple[Checked, tuple[Repair, ...]]]:
    """What is wrong with the site, and what was mended of that, until there is nothing to mend.

    What is only shown is mended in drafts, and so is the same that would be written.
    """
    with drafts(folder, folder / FOLDER / "drafts") as start_draft:

        def write(found: Iterable[Repair]) -> Iterator[Repair]:
            """Those that could be written. A file that has changed meanwhile is left alone."""
            for repair in found if order.mending is not Mending.NONE else ():
                if order.mending is Mending.SHOWN:
                    start_draft(repair.path)
                if repair.write(folder):
                    yield repair

        for number in range(MOST_ROUNDS):
            try:
                with opened() as session:
                    aside = session if order.is_built else session.into(folder / FOLDER / "check")
                    checked = review(aside, is_built=order.is_built)
                    mended = tuple(write(repairs(aside, checked.diagnostics)))
            except UsageError as error:
                mended = tuple(write(repairs_of_configuration(folder, error.diagnostics)))
                if not mended and not number:
                    raise
                checked = Checked(0, 0, error.diagnostics)
            yield checked, mended
            if not mended:
                return


def _compared(examined: Examined, folder: Path, *, renews: bool) -> Examined:
    """The same without the problems that are known, which of a site that was built they can be."""
    checked = examined.checked
    if not checked.pages:
        return examined
    if renews:
        write_baseline(folder, baseline_of(checked.diagnostics))
    found = sifted(checked.diagnostics, read_baseline(folder))
    checked = replace(checked, diagnostics=found.new)
    return replace(
        examined, checked=checked, known=found.known, gone=found.gone, has_baseline=renews
    )
