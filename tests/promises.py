"""What sitegen promises its users, and the tests that would fail if it did not keep a promise.

`make manual` writes the page *What sitegen promises* from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Promise(NamedTuple):
    """Something a user can rely on."""

    claim: str
    """A heading."""
    text: str
    """What exactly is promised."""
    tried: str
    """How it is tested, for somebody who does not read the tests."""
    tests: Mapping[str, str]
    """By the path of a file below `tests/`: the names of test functions, or of a state machine."""


BUILDS = (
    Promise(
        "A build is as if it were the first",
        "Whatever you edit, add, rename or delete, in any order, the next build leaves byte for "
        "byte what a build without a cache would leave, and reports the same problems. A second "
        "build writes nothing.",
        "A program edits a site at random: front matter, text, templates, plug-ins, "
        "configuration, the cache, the output. After each step it builds twice, with the cache "
        "and without, and compares. The history of a repository is replayed commit by commit. "
        "Faults planted into the engine have to be caught by the same comparison.",
        {
            "test_laws.py": "TestLaws",
            "test_replay.py": "test_a_written_history test_the_history_of_this_repository",
            "test_edits.py": "test_an_edit_makes_anew_what_shows_it",
            "test_mutants.py": "test_a_planted_fault_is_caught",
        },
    ),
    Promise(
        "A build does not depend on the machine",
        "The same site becomes the same bytes in another folder, time zone or locale, with "
        "another order of the files on disk, in one process, in many, or on a cluster. Templates "
        "cannot ask for the time, for a random number or for where something is in memory. "
        "`sitegen build --verify` lets you check that for your own site.",
        "Sites are built twice, with all of these changed, and compared. Dask runs with real "
        "workers.",
        {
            "cli/test_commands.py": "test_same_input_gives_the_same_bytes_anywhere "
            "test_jobs_do_not_change_a_byte",
            "sources/test_discover.py": "test_order_does_not_depend_on_the_file_system",
            "execution/test_dask.py": "test_every_executor_makes_the_same_of_a_site",
            "outputs/templates/test_guard.py": "test_dates_have_no_clock "
            "test_value_without_a_text_of_its_own_is_refused test_shared_values_cannot_be_changed",
            "test_edits.py": "test_a_template_cannot_throw_dice",
            "diagnosis/test_verify.py": "test_build_is_compared_with_a_clean_one",
        },
    ),
    Promise(
        "A build reads your site and nothing else",
        "It opens the files of the site and of its own installation, and nothing else of yours. "
        "It writes to the output folder and the cache alone. It starts no program and uses no "
        "network unless you ask for it, as with dates from git or with a cluster.",
        "The operating system is asked (`strace`) for every file that a build opens or changes, "
        "every program that it starts and every socket. Each file of the site that was opened "
        "must be one whose digest the build has recorded.",
        {
            "test_hermetic.py": "test_a_build_reads_the_site_and_the_installation_and_nothing_else "
            "test_what_a_build_reads_of_a_site_is_recorded "
            "test_a_build_writes_to_its_output_and_its_cache_and_nowhere_else "
            "test_a_build_starts_no_program_and_asks_nobody_on_the_network",
        },
    ),
    Promise(
        "Dates mean one moment, and order is stable",
        "A date without an offset is in the zone of `sitegen.toml`, never in that of the machine. "
        "Posts are in order of date, then `order`, title and path; those without a date come "
        "last. The day of the build decides only what is still scheduled or has expired.",
        "Dates as real blogs write them, random texts and values, other zones and locales; "
        "sites built on different days.",
        {
            "text/test_dates.py": "test_dates_of_real_blogs_are_read test_what_is_no_date_is_none "
            "test_any_value_gives_none_or_a_moment_that_utc_can_tell",
            "site/test_index.py": "test_newest_first_then_order_then_title_then_path_then_undated "
            "test_order_of_reading_changes_nothing",
            "site/test_publication.py": "test_document_is_left_out_with_its_reason",
            "test_hermetic.py": "test_a_build_does_not_depend_on_the_day",
        },
    ),
    Promise(
        "Changes are found by content, not by time",
        "An edit is noticed also if the file keeps its size and time, or gets an older time; a "
        "file that was only touched, or checked out again, changes nothing.",
        "Edits of the same size within one tick of the clock, copies that keep their times, "
        "times in the past and in the future, and a clock that goes back.",
        {
            "test_laws.py": "TestLaws",
            "sources/test_snapshot.py": "test_any_change_of_a_file_is_seen "
            "test_what_was_written_in_this_tick_is_not_remembered",
            "storage/test_output_folder.py": "test_an_edit_of_the_same_size_and_time_is_seen",
            "engine/test_history.py": "test_a_copy_of_a_site_is_not_believed_by_its_times "
            "test_a_file_from_the_future_is_not_waited_for",
        },
    ),
    Promise(
        "Work grows with the site, and no faster",
        "Twice as many posts or tags are twice the work. Files are copied in pieces, whatever "
        "their size.",
        "The function calls of builds of 100, 200 and 400 posts are counted. Posts of a megabyte "
        "are built, and a large file is copied, in little memory.",
        {
            "test_faults.py": "test_work_grows_with_the_number_of_posts_and_no_faster "
            "test_a_large_site_needs_little_memory",
            "storage/test_output_folder.py": "test_copying_a_large_file_takes_little_memory",
        },
    ),
)

FAILURES = (
    Promise(
        "No file is ever half written",
        "If a build is killed, each file of the output folder is the old one or the new one, and "
        "the next build finishes the job. Until everything is rendered, the folder does not "
        "change at all.",
        "Builds are killed (`SIGKILL`) at their first, second, third … call to write, rename, "
        "remove or create, and continued.",
        {
            "test_kills.py": "test_a_killed_build_leaves_whole_files_and_the_next_one_finishes "
            "test_the_kills_reach_every_step_of_a_build",
            "storage/test_output_folder.py": "test_nothing_changes_before_commit "
            "test_a_killed_build_leaves_whole_files_and_the_next_one_finishes",
        },
    ),
    Promise(
        "Ctrl-C leaves the old site or the new one",
        "One line says which of the two is there. No temporary file stays, and the next build of "
        "the site need not wait.",
        "`SIGINT` and `SIGTERM` come at chosen system calls, while the command is loaded, while it "
        "renders, while files take their places, and while it waits for another build.",
        {
            "test_kills.py": "test_an_interrupted_build_leaves_the_old_site_or_the_new_one_and_"
            "says_which",
            "console/test_signals.py": "test_signal_while_the_command_is_still_loaded_is_one_line "
            "test_signal_during_a_command_is_one_line_that_says_what_holds",
            "cli/test_commands.py": "test_interrupted_build_leaves_the_output_as_it_was",
            "storage/test_lock.py": "test_a_build_that_waits_can_be_interrupted",
        },
    ),
    Promise(
        "A full or broken disk costs you nothing",
        "One message names the file that cannot be written, and the old site stays whole. If only "
        "the cache has no room, the site is still built. A disk that breaks just when finished "
        "files take their places can leave some old and some new ones, each whole; the next build "
        "completes the site.",
        "Builds on a disk of their own with 0 to 1,000 KB left; files and folders that cannot be "
        "written, as on a broken disk, from the first, second, third … on.",
        {
            "test_faults.py": "test_on_a_full_disk_the_old_site_stays_and_the_next_build_ends",
            "storage/test_output_folder.py": "test_a_full_or_broken_disk_is_an_output_error_and_"
            "leaves_the_old_site",
            "test_kills.py": "test_a_disk_without_room_for_a_cache_still_takes_the_site",
            "console/test_signals.py": "test_full_standard_output_is_named",
        },
    ),
    Promise(
        "A file that sitegen may not open is named",
        "A source that cannot be read, and an output folder that cannot be written to, are "
        "reported with their paths, and the old site stays.",
        "Closed files, folders and a read-only file system, as a user without the rights of root.",
        {
            "test_faults.py": "test_a_source_that_cannot_be_read_is_named_and_the_old_site_stays "
            "test_an_output_folder_that_is_read_only_is_named_and_the_old_site_stays "
            "test_a_read_only_file_system_under_the_output_is_named",
            "sources/test_discover.py": "test_unreadable_folder_and_file_are_problems_not_crashes",
            "storage/test_cache.py": "test_a_site_that_cannot_be_written_to_is_built_elsewhere",
        },
    ),
    Promise(
        "Builds of one site take turns",
        "A second build waits and says for which process. If that one dies, it goes on.",
        "Real processes are started together, stopped and killed.",
        {
            "storage/test_lock.py": "test_a_build_waits_for_another_and_names_it "
            "test_the_lock_of_a_killed_process_is_free "
            "test_builds_at_once_leave_the_site_of_one "
            "test_a_lock_file_that_nobody_holds_is_no_lock",
        },
    ),
    Promise(
        "A damaged cache never damages the site",
        "A cache that is damaged, cut off, from another version or read-only is not used. Nothing "
        "in it is trusted without its digest, and nothing in it can run as code.",
        "The cache is cut off at many places, its bits are flipped, it is replaced by folders, "
        "links and other databases; every time the site must become that of a clean build.",
        {
            "storage/test_cache.py": "test_a_cache_cut_off_anywhere_gives_the_same_site "
            "test_flipped_bits_anywhere_give_the_same_site "
            "test_the_cache_of_other_code_is_not_read "
            "test_a_cache_that_can_only_be_read_ends_no_build test_no_pickle_runs_code",
            "test_laws.py": "TestLaws",
        },
    ),
)

FILES = (
    Promise(
        "Files that sitegen did not write are yours",
        "It keeps a list of the files that it wrote, and removes or replaces no others. A folder "
        "that holds files and has no such list is refused. A file of yours that is in the way is "
        "reported, and nothing changes. Your home, the site folder, "
        "its sources and the root of a git repository are refused as output folders.",
        "Files, folders, links and pipes where outputs want to be; lists that are damaged or lead "
        "elsewhere; every kind of dangerous folder.",
        {
            "storage/test_output_folder.py": "test_foreign_files_survive_every_build "
            "test_what_sitegen_did_not_write_is_never_in_its_way "
            "test_with_a_damaged_manifest_nothing_is_ours "
            "test_a_manifest_that_names_other_folders_deletes_nothing_there",
            "storage/test_output_guard.py": "test_a_folder_that_holds_something_else_is_refused "
            "test_a_folder_with_files_of_somebody_else_is_refused",
            "cli/test_commands.py": "test_dangerous_output_folder_is_refused",
            "storage/test_clean.py": "test_foreign_files_stay",
        },
    ),
    Promise(
        "What you delete is gone",
        "With a post go its page, its place in lists, feeds and the sitemap, its attachments, and "
        "folders that are then empty.",
        "Sources are deleted and renamed at random, and by hand.",
        {
            "test_laws.py": "TestLaws",
            "cli/test_commands.py": "test_removed_post_takes_its_pages_with_it",
            "storage/test_output_folder.py": "test_a_build_leaves_only_the_new_site",
            "test_edits.py": "test_a_file_is_published_beside_each_post_that_names_it",
        },
    ),
    Promise(
        "No two sources get one URL",
        "Two outputs that would meet are an error before anything is written, which names both; "
        "also if they differ only in case or in how an accent is written, as some disks take "
        "them for one, and if one needs a folder where the other is a file.",
        "Generated pairs of paths, and whole sites with each kind of conflict.",
        {
            "outputs/test_collisions.py": "test_paths_that_some_file_system_takes_for_one_collide "
            "test_other_paths_do_not_collide "
            "test_collision_is_told_where_an_author_can_mend_it",
            "test_sites.py": "test_mistake_is_reported_at_its_place",
        },
    ),
    Promise(
        "No address leads out of the output folder",
        "No slug, permalink, alias, tag or file name makes a build write elsewhere, not even in "
        "disguise (`%2e%2e`, links, names of devices). An address that some system cannot hold is "
        "an error at its key.",
        "Random and hostile texts for everything that becomes a path; what a build changes on "
        "disk is taken from the operating system.",
        {
            "site/test_routes.py": "test_no_text_leads_outside "
            "test_unsafe_address_is_refused_at_its_key",
            "text/test_urls.py": "test_slug_is_safe_and_its_own_slug "
            "test_segment_that_some_system_cannot_hold_is_unsafe",
            "storage/test_output_folder.py": "test_what_is_no_plain_path_is_refused "
            "test_nothing_is_written_through_a_link_or_to_our_own_files",
            "test_hermetic.py": "test_a_build_writes_to_its_output_and_its_cache_and_nowhere_else",
        },
    ),
    Promise(
        "No symbolic link publishes what it points to",
        "Links in `content/`, `static/`, `templates/` and `.sitegen/` are not followed; pipes and "
        "devices are not opened. Each is reported.",
        "Links to files, folders, themselves and nothing; pipes; `/dev/zero`.",
        {
            "sources/test_discover.py": "test_symbolic_links_are_not_followed "
            "test_folder_that_is_itself_a_link_is_not_followed test_special_files_are_not_opened",
            "storage/test_cache.py": "test_no_link_in_the_folder_is_followed",
            "console/test_signals.py": "test_configuration_that_is_a_pipe_or_a_device_is_refused_"
            "at_once",
        },
    ),
)

INPUT = (
    Promise(
        "A mistake in front matter is reported at its line and column",
        "All mistakes of all files are reported in one run, each with its place; nothing is "
        "published with an error, and no input ends in a traceback or runs code.",
        "Front matter that has killed parsers: deep nesting, aliases that multiply, tags that "
        "call functions, numbers without end; random texts; the posts of real blogs; a site "
        "for each mistake, with the exact message expected.",
        {
            "content/test_frontmatter.py": "test_hostile_front_matter_is_one_located_error "
            "test_any_text_is_parsed_or_explained_and_its_body_is_its_end",
            "data/test_yaml_tree.py": "test_a_hundred_thousand_brackets_once_killed_the_process "
            "test_a_billion_laughs_are_refused_at_the_first test_any_text_is_read_or_explained",
            "test_sites.py": "test_mistake_is_reported_at_its_place",
            "test_corpus.py": "test_site_builds_or_names_every_line_it_cannot_take",
        },
    ),
    Promise(
        "No Markdown makes a build hang",
        "The time for a post grows with its length, and no faster; every text becomes a page.",
        "Fifty kilobytes of each pattern that is known to make a parser slow; random texts; the "
        "examples of CommonMark.",
        {
            "content/markdown/test_parser.py": "test_hostile_repetition_takes_linear_time "
            "test_any_text_renders_with_sound_placeholders_and_places",
            "content/markdown/test_commonmark.py": "test_every_example_of_the_specification",
        },
    ),
    Promise(
        "No code block makes a build hang",
        "Code on which the highlighter would not end is shown as plain text, with a warning that "
        "names the line. Windows has no timer for this; there, the highlighter is waited for.",
        "Code that makes Pygments run for ever, in one process and in many.",
        {
            "execution/test_time_limit.py": "test_regular_expression_that_never_ends_is_stopped "
            "test_code_that_hangs_pygments_is_plain_text_in_every_process",
            "content/markdown/test_parser.py": "test_code_that_takes_too_long_is_plain_text_with_"
            "a_warning test_hostile_info_string_stays_text",
        },
    ),
    Promise(
        "Every encoding is read right or reported",
        "UTF-8 is read with a byte order mark or without, and with any line ends. Other encodings "
        "are an error at the first byte that is wrong. Characters that XML forbids are removed, "
        "with a warning, so that every feed can be read.",
        "Texts in many encodings, random bytes, and feeds checked by their grammars.",
        {
            "text/test_encoding.py": "test_text_has_no_mark_and_lines_end_with_lf "
            "test_byte_that_is_not_utf8_is_named_with_its_place "
            "test_any_bytes_become_text_that_xml_can_hold_or_a_problem",
            "test_sites.py": "test_mistake_is_reported_at_its_place "
            "test_feeds_of_every_site_are_valid",
            "outputs/feeds/test_feeds.py": "test_what_xml_forbids_is_removed",
        },
    ),
    Promise(
        "A mistake in a template is reported at its line",
        "An undefined name, a missing template, a cycle or an error of Python is reported at its "
        "line, with the page that was rendered; the old site stays. A name that is not there is "
        "never shown as nothing.",
        "A template for each mistake; broken templates among the random edits.",
        {
            "outputs/templates/test_explain.py": "test_undefined_name_is_reported_with_"
            "template_and_line test_template_that_needs_itself_is_told "
            "test_templates_that_need_each_other_are_told test_template_that_fails_is_told_with_"
            "its_line",
            "cli/test_commands.py": "test_template_error_names_template_line_page_and_name",
            "test_laws.py": "TestLaws",
        },
    ),
)

SERVING = (
    Promise(
        "The server gives away nothing but the site",
        "Whatever is asked for, sources, hidden files (but for `.well-known/`) and the rest of the "
        "disk are not served, and no request ends the server.",
        "Ten thousand hostile requests: paths that climb out, in every disguise; malformed and "
        "endless requests.",
        {
            "serve/test_serve.py": "test_ten_thousand_hostile_requests_get_nothing "
            "test_malformed_request_is_refused test_requests_that_never_end_keep_nobody_waiting",
        },
    ),
    Promise(
        "No other web page can read or drive the server",
        "Unless you ask for more with `--host`, it listens on this computer alone and answers to "
        "its own names alone. Its messages are for its own pages.",
        "Requests with other names and origins; a page elsewhere, and a name that is pointed at "
        "this computer, in a real browser.",
        {
            "serve/test_serve.py": "test_only_own_names_are_answered "
            "test_foreign_pages_learn_nothing test_answers_are_for_own_pages_only",
            "serve/test_browser.py": "test_rebound_name_gets_nothing "
            "test_foreign_page_reads_nothing",
            "serve/test_bind.py": "test_only_loopback_is_private",
        },
    ),
    Promise(
        "A storm of changes ends in the right site",
        "Hundreds of files that change at once are one or two builds. A change during a build "
        "leads to another.",
        "Five hundred posts at once, a change while a build runs, and pages asked for meanwhile.",
        {
            "serve/test_serve.py": "test_five_hundred_files_at_once_are_few_builds "
            "test_change_during_a_build_leads_to_another test_page_is_never_of_half_a_build",
            "serve/test_watch.py": "test_storm_is_one_batch",
        },
    ),
    Promise(
        "Each save is one reload",
        "However your editor saves, also into new folders. The output and the cache may be inside "
        "what is watched.",
        "Every way in which editors save, in a real browser; folders that are made, renamed and "
        "removed.",
        {
            "serve/test_browser.py": "test_every_way_to_save_reloads_once "
            "test_same_bytes_and_foreign_outputs_do_not_reload",
            "serve/test_watch.py": "test_every_way_to_save_is_one_change "
            "test_new_folder_is_watched_with_all_that_comes_into_it "
            "test_output_cache_and_leftovers_are_no_changes",
            "serve/test_serve.py": "test_builds_of_others_trigger_nothing",
        },
    ),
    Promise(
        "Without file system events, sitegen polls",
        "Where the system has no more watches for files, it says so once and polls for changes. "
        "A site folder that goes and comes back is watched again.",
        "A system with few watches or none.",
        {
            "serve/test_watch.py": "test_without_inotify_changes_are_looked_for "
            "test_folder_that_goes_and_comes_back_is_watched",
            "serve/test_serve.py": "test_polling_sees_changes_too "
            "test_folder_that_is_moved_away_and_back_ends_nothing",
        },
    ),
    Promise(
        "A mistake never takes the served site away",
        "While the site cannot be built, the last good one is served, with the mistake shown over "
        "it; once mended, it goes on by itself.",
        "Posts, templates and the configuration are broken and mended, many times over, in a real "
        "browser, and the page is compared with a clean build.",
        {
            "serve/test_serve.py": "test_mistake_keeps_the_last_good_site_until_it_is_mended "
            "test_broken_template_or_configuration_is_a_mistake_like_others",
            "serve/test_browser.py": "test_mistake_is_shown_over_the_last_good_page_until_mended "
            "test_after_breaking_and_mending_the_page_equals_a_clean_build",
        },
    ),
)

PUBLISHING = (
    Promise(
        "Publishing touches the published branch alone",
        "Your branch, index, files and settings stay as they are. Commits of somebody else are "
        "not overwritten, a domain that is set on the host is kept, and a publish that was "
        "killed can be repeated.",
        "Real repositories and remotes: two publishers at once, refusals by the remote, kills at "
        "each call of git that writes.",
        {
            "publish/test_publish.py": "test_nothing_of_the_user_is_touched "
            "test_branch_of_somebody_else_is_left_alone "
            "test_commit_of_somebody_else_on_top_is_left_alone "
            "test_overtaken_publisher_changes_nothing test_domain_that_is_set_on_github_is_kept "
            "test_killed_at_any_call_of_git_that_writes_it_converges test_hook_that_refuses "
            "test_two_publishers_at_once_in_one_folder",
        },
    ),
)

PROMISES: Mapping[str, tuple[Promise, ...]] = {
    "Builds": BUILDS,
    "When things go wrong": FAILURES,
    "Your files": FILES,
    "What you write": INPUT,
    "Serving": SERVING,
    "Publishing": PUBLISHING,
}
"""By the heading of their group; a promise stands once."""
