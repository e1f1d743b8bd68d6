"""More than a hundred things that go wrong in a site: each is found, at its place, and alone.

The site in `healthy/` has nothing wrong. `drifts.toml` has what a new user, or time, does to it.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitegen.build.session import BuildOptions, open_session
from sitegen.check.examine import Examined, examine
from sitegen.check.order import Mending, Order
from sitegen.check.run import LINKS
from sitegen.model.codes import CODES, Severity
from sitegen.model.diagnostics import Diagnostic, UsageError, edit_of
from sitegen.model.report import Checked

HERE = Path(__file__).parent
HEALTHY = HERE / "healthy"
Drift = Mapping[str, Any]
"""As the file has it, which says how."""
DRIFTS: Mapping[str, Drift] = tomllib.loads((HERE / "drifts.toml").read_text("utf-8"))
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(HEALTHY, tmp_path_factory.mktemp("drifts") / "site")


def checked(site: Path, *, mends: bool = False) -> Examined:
    """What a check says of the site; of a configuration that is wrong, that."""
    opened = partial(open_session, site, BuildOptions(NOW, jobs=1), lambda _: None, lambda *_: None)
    try:
        return examine(opened, site, Order(Mending.WRITTEN if mends else Mending.NONE))
    except UsageError as error:
        return Examined(Checked(0, 0, error.diagnostics))


def told(examined: Examined) -> list[Diagnostic]:
    return [it for it in examined.checked.diagnostics if it.severity > Severity.INFO]


def plant(site: Path, drift: Drift) -> None:
    file = site / drift["file"]
    if name := drift.get("move", drift.get("copy")):
        (site / name).parent.mkdir(exist_ok=True)
        shutil.copy(file, site / name)
    if "move" in drift or "delete" in drift:
        file.unlink()
    elif "text" in drift:
        file.write_text(drift["text"], "utf-8")
    elif "old" in drift:
        text = file.read_text("utf-8")
        assert text.count(drift["old"]) == 1, drift
        file.write_text(text.replace(drift["old"], drift["new"]), drift.get("encoding", "utf-8"))


@contextmanager
def planted(site: Path, *drifts: Drift) -> Iterator[None]:
    """The site with what went wrong, and afterwards as it was."""
    parts = [part for drift in drifts for part in (drift, drift.get("also")) if part]
    names = {part[key] for part in parts for key in ("file", "move", "copy", "path") if key in part}
    before = {name: file.read_bytes() for name in names if (file := site / name).exists()}
    for part in parts:
        plant(site, part)
    yield
    for name in names:
        if name in before:
            (site / name).write_bytes(before[name])
        else:
            (site / name).unlink(missing_ok=True)


def place_of(site: Path, drift: Drift) -> tuple[str, str, int | None]:
    """How the drift is to be reported: code, path, and line if it is one of a line."""
    path = drift.get("path", drift["file"])
    at = drift.get("at", drift.get("new", "").split("\n")[0])
    if not at:
        return drift["code"], path, None
    lines = (site / path).read_text(drift.get("encoding", "utf-8")).split("\n")
    return drift["code"], path, next(n for n, line in enumerate(lines, 1) if at in line)


def seen(problems: Iterable[Diagnostic]) -> set[tuple[str, str | None, int | None]]:
    return {(it.code, it.path, it.line) for it in problems}


def test_healthy_site_is_healthy(site: Path) -> None:
    assert told(checked(site)) == []


@pytest.mark.parametrize("name", DRIFTS)
def test_drift_is_found_at_its_place_alone_and_mended_whole(name: str, site: Path) -> None:
    drift = DRIFTS[name]
    with planted(site, drift):
        code, path, line = place_of(site, drift)
        problems = told(checked(site))
        can_mend = any(map(edit_of, problems))
        mended = checked(site, mends=True) if can_mend else None
    assert {(it.code, it.path, it.line if line else None) for it in problems} == {
        (code, path, line)
    }
    assert mended is None or told(mended) == []


def test_drifts_are_a_hundred_of_many_kinds() -> None:
    assert len(DRIFTS) >= 100
    assert len({drift["code"] for drift in DRIFTS.values()}) >= 40


def test_all_that_leave_a_site_to_be_built_are_found_at_once(tmp_path: Path) -> None:
    site = shutil.copytree(HEALTHY, tmp_path / "site")
    waiting = [it for it in DRIFTS.values() if _can_be_with_others(it)]
    there = [drift for drift in waiting if _planted_too(site, drift)]
    expected = {place_of(site, drift) for drift in there if _is_seen(site, drift)}
    found = seen(told(checked(site)))
    assert len(expected) >= len(waiting) / 2
    assert expected - found == set()


def _can_be_with_others(drift: Drift) -> bool:
    severity = CODES[drift["code"]].severity
    can_be_built = severity is not Severity.ERROR or drift["code"] in LINKS
    is_alone = "hides" in drift or "also" in drift
    return can_be_built and not is_alone and "old" in drift and drift.get("at") != ""


def _is_seen(site: Path, drift: Drift) -> bool:
    """Whether no other drift has changed the line where it is to be found."""
    at = drift.get("at", drift["new"].split("\n")[0])
    return at in (site / drift.get("path", drift["file"])).read_text("utf-8")


def _planted_too(site: Path, drift: Drift) -> bool:
    """Whether the text that goes wrong is still there, and all other drifts beside this one."""
    if (site / drift["file"]).read_text("utf-8").count(drift["old"]) != 1:
        return False
    plant(site, drift)
    return True
