"""What `make` installs: locked, and still what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PIN = re.compile(r"^(\S+)==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def required(*extras: str) -> Iterator[Requirement]:
    """What the project asks for with these extras and those that they name."""
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][one] for one in extras)]
    for requirement in (Requirement(line) for lines in groups for line in lines):
        if requirement.name == PROJECT["name"]:
            yield from required(*requirement.extras)
        else:
            yield requirement


@pytest.mark.parametrize(
    ("name", "extra"), [("site.txt", "build-backend"), ("dev.txt", "dev"), ("oldest.txt", "test")]
)
def test_lock_was_renewed_when_pyproject_changed(name: str, extra: str) -> None:
    pins = dict(PIN.findall((ROOT / "requirements" / name).read_text("utf-8")))
    for requirement in required(extra):
        assert pins[canonicalize_name(requirement.name)] in requirement.specifier, "run `make lock`"
