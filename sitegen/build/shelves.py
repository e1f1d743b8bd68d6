"""The words of all documents in the store, and the digests of the shelves that they are on.

What is asked of the digests is their XOR over all that a search finds. A build would spend more on
reading them than on the rest of the search, so their XOR over every document in the store is kept
beside them, under no name. What is not to be found is taken out of that by a second XOR.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen.model.digest import SIZE
from sitegen.storage.cache import DamagedError, Store
from sitegen.text.words import SHELF_DIGEST, SHELVES

_ALL = ""
_BYTES = SIZE + SHELVES * SHELF_DIGEST


class Shelves:
    """Writes the words of documents into the store; `save` when all have been written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all = self._before = _number(store, _ALL)

    def put(self, path: str, key: bytes, words: Mapping[int, str], digests: bytes) -> None:
        """Keep the words of a document and the digests of its shelves (`content.words`).

        `key` is the digest of the document. Raises DamagedError.
        """
        self.remove(path)
        self._store.put("words", path, (key, words))
        self._store.put("shelves", path, key + digests)
        self._all ^= int.from_bytes(key + digests)

    def remove(self, path: str) -> None:
        """Forget the words of a document, if there are any. Raises DamagedError."""
        if known := _number(self._store, path):
            self._all ^= known
            self._store.remove("words", path)
            self._store.remove("shelves", path)

    def save(self) -> None:
        """Keep the XOR over all documents. Raises DamagedError."""
        if self._all != self._before:
            self._store.put("shelves", _ALL, self._all.to_bytes(_BYTES))


def digests_of_shelves(store: Store, paths: Collection[str]) -> bytes:
    """The XOR of the digests of these documents, which have been read, one shelf after the other.

    Raises DamagedError where what is kept is of other documents.
    """
    documents = store.all("documents")
    rest, keys = _number(store, _ALL), 0
    for path in documents.keys() - paths:
        rest ^= _number(store, path)
    for path in paths:
        keys ^= int.from_bytes(documents[path][0].digest)
    data = rest.to_bytes(_BYTES)
    if data[:SIZE] != keys.to_bytes(SIZE):
        raise DamagedError("it is damaged")
    return data[SIZE:]


def words(store: Store, paths: Iterable[str]) -> Iterator[tuple[str, Mapping[int, str]]]:
    """These paths of documents that have been read, in order, each with its words.

    They are as `content.words` gives them. Raises DamagedError where they are of another text.
    """
    documents, wanted = store.all("documents"), set(paths)
    for path, (key, found) in store.each("words"):
        if path in wanted:
            if key != documents[path][0].digest:
                raise DamagedError("it is damaged")
            wanted.remove(path)
            yield path, found
    if wanted:
        raise DamagedError("it is damaged")


def _number(store: Store, name: str) -> int:
    return int.from_bytes(store.get("shelves", name) or b"")
