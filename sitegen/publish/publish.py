"""Publishing: from a site folder to a branch of a remote, from top to bottom.

    look at the branch → find the address → build → check → commit → push

Everything that can be refused is refused before anything is sent, and the push is the one moment
at which something changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sitegen.build.pipeline import as_read, build
from sitegen.build.session import BuildOptions, configuration, open_session
from sitegen.check.addresses import Addressed, write_addresses
from sitegen.check.moved_posts import (
    former_documents,
    moved_posts,
    problem_of_moved,
    published_addresses,
)
from sitegen.check.run import review
from sitegen.config.schema import Config
from sitegen.console.console import Console
from sitegen.console.summary import build_summary, show_left_out
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import SitegenError, UsageError, has_errors
from sitegen.publish.branch import HAND_OVER, Branch, Change, Tip, branches_at
from sitegen.publish.destination import Remote, contradictions, destination_of, the_domain
from sitegen.publish.github import CNAME, LARGEST_FILE, LARGEST_SITE, NOJEKYLL, repository
from sitegen.publish.repository import ORIGIN, Addresses, addresses, commit_of, is_dirty
from sitegen.sources.discover import STATIC
from sitegen.sources.git import Git, shown
from sitegen.storage.cache import own_folder
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.lock import held

NEAR = 0.9
"""The part of what GitHub Pages takes from which on it is said."""


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """What the command line asks for."""

    remote: str | None = None
    """Its name or address; None: `origin` of the repository that the site is the root of."""
    branch: str = "gh-pages"
    domain: str | None = None
    message: str | None = None
    keeps_history: bool = True
    is_dry_run: bool = False
    """Everything is done but the push."""


@dataclass(frozen=True, slots=True)
class Target:
    """One of the places that are published to, and what it has."""

    branch: Branch
    tip: Tip | None

    def is_stale(self, tree: str, options: PublishOptions) -> bool:
        """Whether it lacks the tree, or has a history that is to be dropped."""
        drops_history = self.tip is not None and self.tip.has_history and not options.keeps_history
        return drops_history or bool(self.branch.changes(self.tip, tree))


@dataclass(frozen=True, slots=True)
class Ready:
    """A site that can be published."""

    paths: tuple[str, ...]
    """Of its files."""
    addresses: tuple[Addressed, ...]
    """Of its documents, those that lead nowhere now included."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did."""

    url: str
    changes: tuple[Change, ...]
    is_pushed: bool
    advice: tuple[str, ...]
    """What the person should know or do, in sentences."""


def publish(site: Path, options: PublishOptions, now: datetime, console: Console) -> Published:
    """Publish the site, unless the branch holds just that already.

    Raises UsageError where the command, the configuration or the repository has to change first,
    and SitegenError where something failed; the branch then is as it was.
    """
    config, _ = configuration(site)
    source = Git(site)
    found = addresses(source, options.remote)
    remote = options.remote or ORIGIN
    host = _host(remote, found)
    _refuse_branch(source, options.branch)
    with held(_home(site) / "publish.lock", "publishing this site"):
        console.say(f"looking at {options.branch} of {host.shown}")
        home = site / FOLDER / "publish.git"
        branches = branches_at(found.pushed, source, home, remote, options.branch)
        targets = tuple(Target(branch, branch.tip()) for branch in branches)
        for target in targets:
            _refuse_foreign(target)
        published = next(filter(None, (t.tip.domain for t in targets if t.tip)), None)
        domain = the_domain(options.domain, _own_cname(site), published)
        address = destination_of(options.domain, config.base_url, domain, host)

        console.say(f"building for {address.url} (from {address.known_from})")
        folder = site / FOLDER / "publish"
        is_first = not any(target.tip for target in targets)
        built = _built(site, BuildOptions(now, folder, address.url), console, is_first=is_first)
        files = site_files(folder, built.paths, domain)
        _refuse_large(files, host)

        origin = _origin(source, config, console)
        tree = branches[0].tree(files)
        stale = tuple(target for target in targets if target.is_stale(tree, options))
        changes = dict.fromkeys(
            change for target in stale for change in target.branch.changes(target.tip, tree)
        )
        is_pushed = bool(stale) and not options.is_dry_run
        if is_pushed:
            console.say(f"pushing {changes_in_words(changes)}")
            _push(stale, tree, origin, options)
        if not options.is_dry_run:
            with suppress(OSError):  # it is published, and this is for a later check
                write_addresses(site, built.addresses)
    advice = _advice(files, targets[0].tip, host, options)
    return Published(
        address.url,
        tuple(changes),
        is_pushed,
        (*contradictions(address.url, domain, host), *advice),
    )


def _push(stale: Iterable[Target], tree: str, origin: str, options: PublishOptions) -> None:
    """Publish the tree at every target; what one refuses is raised when all have been tried."""
    refusals = []
    for target in stale:
        branch, tip = target.branch, target.tip
        message = options.message or f"Publish {origin[:10]}"
        parent = tip if options.keeps_history else None
        try:
            branch.push(branch.commit(tree, parent, message, origin), tip)
        except SitegenError as error:
            refusals.append(error)
    if refusals:
        raise refusals[0]


def _built(site: Path, options: BuildOptions, console: Console, *, is_first: bool) -> Ready:
    """The site, built for its address and checked; what was published first has not moved.

    Raises SitegenError where there are errors, with all of them.
    """
    with open_session(site, options, console.waiting, console.progress) as session:
        report = build(session)
        if not report.is_published:
            raise SitegenError("the site has errors: nothing is published", *report.diagnostics)
        checked = review(session, is_built=True)
        moved = () if is_first else moved_posts(former_documents(session), session)
        misled = as_read((problem_of_moved(it, session) for it in moved), session)
        addresses = published_addresses(session, moved)
    if has_errors(problems := (*checked.diagnostics, *misled)):
        raise SitegenError("there are broken links: nothing is published", *problems)
    console.diagnostics((*report.diagnostics, *misled))
    show_left_out(console, report.left_out)
    console.say(build_summary(report, console.seconds))
    return Ready(report.written + report.unchanged, addresses)


def changes_in_words(changes: Iterable[Change]) -> str:
    """How many files are new, changed or gone."""
    counts = Counter(change.what for change in changes)
    words = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return f"{words} file{'' if counts.total() == 1 else 's'}" if words else "the same files"


def _host(remote: str, found: Addresses) -> Remote:
    github = next(filter(None, map(repository, (*found.written, *found.pushed))), None)
    return Remote(remote, ", ".join(map(shown, found.written)), github)


def _home(site: Path) -> Path:
    """sitegen's own folder, which git does not see."""
    try:
        return own_folder(site / FOLDER)
    except OSError as error:
        raise SitegenError(f"cannot write '{error.filename}': {error.strerror}") from error


def _refuse_branch(source: Git, branch: str) -> None:
    """Raise UsageError for a name that no branch has, and for the branch that is worked on."""
    if source.asked("check-ref-format", f"refs/heads/{branch}") is None:
        raise UsageError(f"--branch: {branch!r} is not the name of a branch")
    if source.asked("branch", "--show-current") == branch:
        hint = "choose one that nobody edits, such as gh-pages"
        raise UsageError(f"'{branch}' is the branch you work on", hint=hint)


def _refuse_foreign(target: Target) -> None:
    """Raise UsageError where the branch was not published by sitegen."""
    branch, tip = target.branch, target.tip
    if tip and not tip.is_by_sitegen:
        steps = HAND_OVER.format(remote=branch.where, branch=branch.name)
        raise UsageError(
            f"{branch.name} of {branch.where} holds what sitegen did not publish: {tip.shown}",
            hint=f"choose another with --branch, or hand it over once, with its history:\n{steps}",
        )


def _origin(source: Git, config: Config, console: Console) -> str:
    """The commit that is built, and whether it was alone; empty before the first commit."""
    if (commit := commit_of(source)) is None:
        return ""
    if not is_dirty(source, config.output):
        return commit
    console.say("uncommitted changes are published too")
    return f"{commit} with uncommitted changes"


def _own_cname(site: Path) -> str | None:
    """What the CNAME among the static files says."""
    try:
        return (site / STATIC / CNAME).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise SitegenError(f"cannot read {STATIC}/{CNAME}: {error}") from error


def site_files(folder: Path, paths: Iterable[str], domain: str | None) -> dict[str, Path | str]:
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
    files: dict[str, Path | str], tip: Tip | None, host: Remote, options: PublishOptions
) -> Iterator[str]:
    """What there is to do at the host."""
    if host.github is None:
        return
    if (total := sum(_sizes(files).values())) > NEAR * LARGEST_SITE:
        yield f"the site has {_mb(total)}, and GitHub Pages takes {_mb(LARGEST_SITE)}"
    if tip is None:
        yield (
            f"switch GitHub Pages on, once, at {host.github.settings}:"
            f" 'Deploy from a branch', '{options.branch}', '/ (root)'"
        )


def _mb(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
