"""The data files of a site, as templates see them: `site.data.talks` is `data/talks.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.engine.trace import View
from sitegen.outputs.errors import UnreadableDataError


class DataFolder(Mapping[str, Any]):
    """A folder of data files as a mapping, from which a page depends on what it asks for alone.

    `site.data.people.ada` reads the facet `data:people/ada`, the names in the folder are
    `data:people/*`, and `data:people/` says that it is there. Raises UnreadableDataError.
    """

    __slots__ = ("_folder", "_view")

    def __init__(self, view: View, folder: str = "") -> None:
        self._view, self._folder = view, folder

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (whatever the file holds)
        path = f"{self._folder}{name}"
        try:
            value = self._view.read(f"data:{path}")
        except KeyError:
            self._view.read(f"data:{path}/")
            return DataFolder(self._view, f"{path}/")
        if value is None:
            raise UnreadableDataError(path)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.get(f"data:{self._folder}*") or ())

    def __len__(self) -> int:
        return len(tuple(iter(self)))
