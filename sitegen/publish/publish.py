"""Publishing: from a site folder to a branch of a remote, from top to bottom.

    look at the branch → find the address → build → check → commit → push

Everything that can be refused is refused before anything is sent, and the push is the one moment
at which something changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.config.schema import Config
from sitegen.model.diagnostics import SitegenError, UsageError
from sitegen.publish.branch import HAND_OVER, Branch, Change, Tip
from sitegen.publish.destination import Remote, contradictions, destination_of, the_domain
from sitegen.publish.github import CNAME, LARGEST_FILE, LARGEST_SITE, NOJEKYLL, repository
from sitegen.publish.repository import addresses, commit_of, is_dirty
from sitegen.sources.discover import STATIC
from sitegen.sources.git import Git, shown
from sitegen.storage.cache import FOLDER, prepare
from sitegen.storage.lock import held

NEAR = 0.9
"""The part of what GitHub Pages takes from which on it is said."""

Build = Callable[[str, Path], tuple[str, ...]]
"""Builds the site for an address into a folder, and returns the paths of its files.

It raises where the site has errors, and so ends the publish.
"""

Check = Callable[[str, Path], None]
"""Looks through the site that was built for an address into a folder; raises as `Build` does."""

Say = Callable[[str], None]
"""Called with what is about to be done."""


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """What the command line asks for."""

    remote: str = "origin"
    branch: str = "gh-pages"
    domain: str | None = None
    message: str | None = None
    keeps_history: bool = True
    is_rehearsal: bool = False
    """Everything is done but the push."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did."""

    url: str
    changes: tuple[Change, ...]
    is_pushed: bool
    advice: tuple[str, ...]
    """What the person should know or do, in sentences."""


def publish(
    site: Path, config: Config, wish: PublishOptions, build: Build, checked: Check, say: Say
) -> Published:
    """Publish the site, unless the branch holds just that already.

    Raises UsageError where the command, the configuration or the repository has to change first,
    and SitegenError where something failed; the branch then is as it was.
    """
    source = Git(site)
    host = _host(source, wish)
    _refuse_branch(source, wish.branch)
    with held(_home(site) / "publish.lock", "publishing this site"):
        say(f"looking at {wish.branch} of {host.shown}")
        branch = Branch(source, site / FOLDER / "publish.git", wish.remote, wish.branch)
        tip = branch.tip()
        _refuse_foreign(tip, wish)
        domain = the_domain(wish.domain, _own_cname(site), tip.domain if tip else None)
        address = destination_of(wish.domain, config.base_url, domain, host)

        say(f"building for {address.url}, from {address.known_from}")
        folder = site / FOLDER / "publish"
        paths = build(address.url, folder)
        checked(address.url, folder)  # the place of the link check: built, and nothing sent yet
        files = _files(folder, paths, domain)
        _refuse_large(files, host)

        origin = _origin(source, config, say)
        tree = branch.tree(files)
        changes = branch.changes(tip, tree)
        is_pushed = not wish.is_rehearsal and (bool(changes) or _drops_history(tip, wish))
        if is_pushed:
            say(f"pushing {changes_in_words(changes)}")
            message = wish.message or f"Publish {origin[:10]}"
            parent = tip if wish.keeps_history else None
            branch.push(branch.commit(tree, parent, message, origin), tip)
    advice = (*contradictions(address.url, domain, host), *_advice(files, tip, host, wish))
    return Published(address.url, changes, is_pushed, advice)


def changes_in_words(changes: Iterable[Change]) -> str:
    """How many files are new, changed or gone."""
    counts = Counter(change.what for change in changes)
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return f"{told} file{'' if counts.total() == 1 else 's'}" if told else "the same files"


def _host(source: Git, wish: PublishOptions) -> Remote:
    urls = addresses(source, wish.remote)
    github = next(filter(None, map(repository, urls)), None)
    return Remote(wish.remote, shown(urls[0]), github)


def _home(site: Path) -> Path:
    """sitegen's own folder, which git does not see."""
    home = site / FOLDER
    try:
        prepare(home)
    except OSError as error:
        raise SitegenError(f"cannot write '{home}': {error.strerror}") from error
    return home


def _refuse_branch(source: Git, branch: str) -> None:
    """Raise UsageError for a name that no branch has, and for the branch that is worked on."""
    if source.asked("check-ref-format", f"refs/heads/{branch}") is None:
        raise UsageError(f"--branch: {branch!r} is not the name of a branch")
    if source.asked("branch", "--show-current") == branch:
        hint = "name another, which nobody edits, such as gh-pages"
        raise UsageError(f"'{branch}' is the branch you work on", hint=hint)


def _refuse_foreign(tip: Tip | None, wish: PublishOptions) -> None:
    """Raise UsageError where the branch holds what somebody else put there."""
    if tip and not tip.is_ours:
        steps = HAND_OVER.format(remote=wish.remote, branch=wish.branch)
        raise UsageError(
            f"{wish.branch} of {wish.remote} holds what sitegen did not publish: {tip.shown}",
            hint=f"choose another with --branch, or hand it over once, with its history:\n{steps}",
        )


def _drops_history(tip: Tip | None, wish: PublishOptions) -> bool:
    """Whether there is a history to drop, and it is wished."""
    return tip is not None and tip.has_history and not wish.keeps_history


def _origin(source: Git, config: Config, say: Say) -> str:
    """The commit that is built, and whether it was alone; empty before the first commit."""
    if (commit := commit_of(source)) is None:
        return ""
    if not is_dirty(source, config.output):
        return commit
    say("what is not committed is published too")
    return f"{commit} with uncommitted changes"


def _own_cname(site: Path) -> str | None:
    """What the CNAME among the static files says."""
    try:
        return (site / STATIC / CNAME).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise SitegenError(f"cannot read {STATIC}/{CNAME}: {error}") from error


def _files(folder: Path, paths: Iterable[str], domain: str | None) -> dict[str, Path | str]:
    """What is published, by path: files that were built, and the texts that steer GitHub Pages."""
    built = {path: folder / path for path in paths}
    for file in built.values():
        if file.is_symlink() or not file.is_file():
            raise SitegenError(f"'{file}' is not a regular file: nothing is published")
    return {NOJEKYLL: "", **({CNAME: domain} if domain else {}), **built}


def _sizes(files: dict[str, Path | str]) -> dict[str, int]:
    """The bytes of each file that was built."""
    return {path: file.stat().st_size for path, file in files.items() if isinstance(file, Path)}


def _refuse_large(files: dict[str, Path | str], host: Remote) -> None:
    """Raise SitegenError for files that GitHub would refuse after they were sent."""
    large = [
        f"'{path}' has {_mb(size)}" for path, size in _sizes(files).items() if size > LARGEST_FILE
    ]
    if host.github and large:
        raise SitegenError(
            f"GitHub takes files of up to {_mb(LARGEST_FILE)}: {', '.join(large)}",
            hint="put it elsewhere, for example into a release, and link to it",
        )


def _advice(
    files: dict[str, Path | str], tip: Tip | None, host: Remote, wish: PublishOptions
) -> Iterator[str]:
    """What there is to do at the host."""
    if host.github is None:
        return
    if (total := sum(_sizes(files).values())) > NEAR * LARGEST_SITE:
        yield f"the site has {_mb(total)}, and GitHub Pages takes {_mb(LARGEST_SITE)}"
    if tip is None:
        yield (
            f"switch GitHub Pages on, once, at {host.github.settings}:"
            f" 'Deploy from a branch', '{wish.branch}', '/ (root)'"
        )


def _mb(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
