"""The watcher: what editors do to files is told, soon and whole; what they leave behind is not."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sites import options, trial, write
from watches import Watch

from trialpages.preview.watch import watching
from trialpages.preview.watch.events import Events, Fault
from trialpages.preview.watch.mounts import mount_type
from trialpages.preview.watch.pace import Pace
from trialpages.preview.watch.tree import Tree
from trialpages.preview.watch.watched import watched

FILE = "content/trials/NCT00000001/trial.yaml"
TOLD_OR_SEEN = pytest.mark.parametrize("poll", [False, True], ids=["told", "polled"])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "site.yaml": "name: A made-up site\n",
            FILE: trial(),
            "content/trials/NCT00000001/summary.md": "# Made up\n",
            "content/trials/NCT00000002/trial.yaml": trial(),
            "content/glossary.yaml": "entries: []\n",
            "templates/trial.html": "made up",
            "assets/css/site.css": "",
        },
    )
    return tmp_path


# How editors save


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def by_renaming(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.k3x9")
    beside.write_text(text)
    beside.replace(file)


def like_vim(file: Path, text: str) -> None:
    """Try whether files can be made here, keep the old one as a backup, write anew, remove the backup."""
    trying = file.with_name("4913")
    trying.touch()
    trying.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text(text)
    file.chmod(0o644)
    backup.unlink()


def like_jetbrains(file: Path, text: str) -> None:
    """Write beside it, move the old one away, the new one in, and remove the old one."""
    new, old = file.with_name(f"{file.name}___jb_tmp___"), file.with_name(f"{file.name}___jb_old___")
    new.write_text(text)
    file.rename(old)
    new.rename(file)
    old.unlink()


def like_emacs(file: Path, text: str) -> None:
    """Lock, keep the old one as a backup, write, unlock."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("somebody@somewhere.1")
    file.with_name(f"#{file.name}#").write_text("saved by itself")
    shutil.copy(file, file.with_name(f"{file.name}~"))
    file.write_text(text)
    file.with_name(f"#{file.name}#").unlink()
    lock.unlink()


def by_removing(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


SAVES = [in_place, by_renaming, like_vim, like_jetbrains, like_emacs, by_removing]


@TOLD_OR_SEEN
@pytest.mark.parametrize("save", SAVES, ids=lambda each: each.__name__)
def test_a_save_is_told_and_nothing_else(site: Path, poll: bool, save: Callable[[Path, str], None]) -> None:
    with Watch(site, poll=poll) as watch:
        save(site / FILE, trial("Saved once"))
        watch.until(FILE)
        save(site / "content/glossary.yaml", "entries: []\n# changed\n")
        watch.until("content/glossary.yaml")
    assert watch.told() == {FILE, "content/glossary.yaml"}
    assert watch.batches[0].paths == frozenset()


@TOLD_OR_SEEN
def test_what_makes_a_page_is_watched_and_what_is_made_is_not(site: Path, poll: bool) -> None:
    with Watch(site, poll=poll) as watch:
        write(
            site, {"output/index.html": "x", ".cache/memo": "x", "content/.git/HEAD": "x", "other.txt": "x"}
        )
        write(site, {"content/trials/NCT00000001/.trial.yaml.swp": "x", "templates/__pycache__/x.pyc": "x"})
        (site / "templates/trial.html").write_text("changed")
        (site / "assets/css/site.css").write_text("changed")
        by_renaming(site / "site.yaml", "name: Another made-up site\n")
        write(site, {"locale/es.po": "made up"})
        watch.until("templates/trial.html", "assets/css/site.css", "site.yaml", "locale/es.po")
    assert watch.told() == {
        "templates/trial.html",
        "assets/css/site.css",
        "site.yaml",
        "locale",
        "locale/es.po",
    }


@TOLD_OR_SEEN
def test_two_saves_fifty_milliseconds_apart_are_both_seen(site: Path, poll: bool) -> None:
    """Whoever reads a file once it is told reads the last save sooner or later."""
    read: list[str] = []
    with Watch(site, poll=poll) as watch:
        for number in range(6):
            watch.forget()
            (site / FILE).write_text(trial(f"First {number}"))
            time.sleep(0.05)
            (site / FILE).write_text(trial(f"Second {number}"))
            watch.until(FILE)
            end = time.monotonic() + 20
            while f"Second {number}" not in (read[-1] if read else ""):
                assert time.monotonic() < end
                if watch.batches and FILE in watch.told():
                    watch.forget()
                    read.append((site / FILE).read_text())
                time.sleep(0.01)


def test_six_files_at_once_are_few_batches(site: Path) -> None:
    names = [f"content/conditions/made-up-{number}.yaml" for number in range(6)]
    write(site, dict.fromkeys(names, "name: Made up\n"))
    with Watch(site) as watch:
        for name in names:
            (site / name).write_text("name: Made up too\n")
        watch.until(*names)
        assert len([batch for batch in watch.batches if batch.paths]) <= 3


@TOLD_OR_SEEN
def test_a_removed_file_and_a_renamed_folder_are_told(site: Path, poll: bool) -> None:
    with Watch(site, poll=poll) as watch:
        (site / "content/trials/NCT00000001/summary.md").unlink()
        watch.until("content/trials/NCT00000001/summary.md")
        (site / "content/trials/NCT00000002").rename(site / "content/trials/NCT00000003")
        watch.until("content/trials/NCT00000002", "content/trials/NCT00000003")
        watch.until("content/trials/NCT00000003/trial.yaml")
        watch.forget()
        in_place(site / "content/trials/NCT00000003/trial.yaml", trial("Changed in the renamed folder"))
        watch.until("content/trials/NCT00000003/trial.yaml")


@TOLD_OR_SEEN
def test_files_made_at_once_in_new_folders_are_told_each_time(site: Path, poll: bool) -> None:
    with Watch(site, poll=poll) as watch:
        for number in range(30):
            folder = site / f"content/trials/NCT0000001{number:02}/deep"
            folder.mkdir(parents=True)
            (folder / "made-up.yaml").write_text("x: 1\n")
            (folder.parent / "trial.yaml").write_text(trial())
        for number in range(30):
            name = f"content/trials/NCT0000001{number:02}"
            watch.until(name, f"{name}/trial.yaml", f"{name}/deep/made-up.yaml")


@TOLD_OR_SEEN
def test_a_watched_folder_may_go_and_come_back(site: Path, poll: bool) -> None:
    with Watch(site, poll=poll) as watch:
        (site / "content").rename(site / "elsewhere")
        watch.until("content", FILE)
        watch.forget()
        in_place(site / "elsewhere" / FILE.removeprefix("content/"), trial("Changed while it was away"))
        (site / "elsewhere").rename(site / "content")
        watch.until("content", FILE)
        watch.forget()
        in_place(site / FILE, trial("Changed when it was back"))
        watch.until(FILE)


@TOLD_OR_SEEN
def test_another_folder_may_come_in_its_place(site: Path, poll: bool) -> None:
    shutil.copytree(site / "content", site / "second")
    with Watch(site, poll=poll) as watch:
        (site / "content").rename(site / "first")
        (site / "second").rename(site / "content")
        watch.until("content")
        watch.forget()
        in_place(site / FILE, trial("Changed in the second"))
        watch.until(FILE)


@TOLD_OR_SEEN
def test_links_are_followed_and_their_other_names_are_told(site: Path, poll: bool) -> None:
    outside = site / "outside"
    write(outside, {"NCT00000009/trial.yaml": trial(), "words.md": "# Made up\n"})
    (site / "content/trials/NCT00000009").symlink_to(outside / "NCT00000009", target_is_directory=True)
    (site / "content/trials/NCT00000008").symlink_to("NCT00000001", target_is_directory=True)
    (site / "content/trials/NCT00000002/summary.md").symlink_to(outside / "words.md")
    with Watch(site, poll=poll) as watch:
        in_place(outside / "NCT00000009/trial.yaml", trial("Changed outside"))
        watch.until("content/trials/NCT00000009/trial.yaml")
        by_renaming(site / FILE, trial("Changed under one of two names"))
        watch.until(FILE, "content/trials/NCT00000008/trial.yaml")
        in_place(outside / "words.md", "# Changed outside\n")
        watch.until("content/trials/NCT00000002/summary.md")
        (site / "content/trials/NCT00000007").symlink_to(outside, target_is_directory=True)
        watch.until("content/trials/NCT00000007")


@TOLD_OR_SEEN
def test_circles_of_links_end(site: Path, poll: bool) -> None:
    trials = site / "content/trials"
    (trials / "NCT00000001/up").symlink_to("..", target_is_directory=True)
    (trials / "NCT00000002/self").symlink_to(".", target_is_directory=True)
    (trials / "site").symlink_to(site, target_is_directory=True)
    (trials / "nowhere").symlink_to("nowhere")
    for name in ("one", "two"):
        (site / "circle" / name).mkdir(parents=True)
    (site / "circle/one/two").symlink_to(site / "circle/two", target_is_directory=True)
    (site / "circle/two/one").symlink_to(site / "circle/one", target_is_directory=True)
    (trials / "circle").symlink_to(site / "circle", target_is_directory=True)
    tree = Tree([str(site / "content")])
    assert sum(1 for _ in tree.whole()) < 20
    with Watch(site, poll=poll) as watch:
        in_place(site / FILE, trial("Changed beside circles"))
        watch.until(FILE)


@TOLD_OR_SEEN
def test_a_file_that_may_not_be_read_is_told_and_so_is_its_cure(site: Path, poll: bool) -> None:
    with Watch(site, poll=poll) as watch:
        (site / FILE).chmod(0)
        watch.until(FILE)
        watch.forget()
        (site / FILE).chmod(0o644)
        watch.until(FILE)
    assert stat.S_IMODE((site / FILE).stat().st_mode) == 0o644


def test_the_registry_file_of_the_settings_is_watched(site: Path, tmp_path: Path) -> None:
    write(site, {"registry/records.zip": b"made up", "registry/other.zip": b"made up"})
    with Watch(site) as watch:
        by_renaming(site / "site.yaml", "name: A made-up site\nregistry: registry/records.zip\n")
        watch.until("site.yaml")
        by_renaming(site / "registry/records.zip", "changed")
        watch.until("registry/records.zip")
        by_renaming(site / "registry/other.zip", "changed")
        in_place(site / FILE, trial("Changed"))
        watch.until(FILE)
        assert "registry/other.zip" not in watch.told()


def test_a_commit_may_change_everything(site: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(site), *words], check=True, capture_output=True)

    git("init", "-q")
    git("-c", "user.name=made up", "-c", "user.email=made@up", "commit", "-q", "--allow-empty", "-m", "First")
    with Watch(site) as watch:
        git(
            "-c",
            "user.name=made up",
            "-c",
            "user.email=made@up",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "Second",
        )
        watch.wait(lambda: any(batch.is_everything for batch in watch.batches))


def test_more_changes_than_a_list_can_hold_are_everything(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MANY", 5)
    with Watch(site) as watch:
        for number in range(20):
            write(site, {f"content/treatments/made-up-{number}.yaml": "name: Made up\n"})
        watch.wait(lambda: any(batch.is_everything for batch in watch.batches))


# When the system does not tell


def test_a_reached_limit_is_said_once_with_its_cure_and_saves_are_still_seen(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Fault(what='OS file watch limit reached. about ["/made/up"]')

    def take(events: Events, _patience: float) -> frozenset[str]:
        events.fault = limit
        return frozenset()

    monkeypatch.setattr(Events, "take", take)
    with Watch(site) as watch:
        in_place(site / FILE, trial("Seen all the same"))
        watch.until(FILE)
    assert len(watch.said) == 1
    assert "limit of watched folders is reached" in watch.said[0]
    assert "fs.inotify.max_user_watches" in watch.said[0]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_the_process_that_watches_tells_of_the_limit(site: Path) -> None:
    limited = 'echo 3 > /proc/sys/user/max_inotify_watches && exec "$@"'
    code = (
        "import sys; from trialpages.preview.watch.events import Events\n"
        "events = Events(sys.argv[1:])\nevents.take(30)\nprint(events.fault.what)\nevents.close()"
    )
    command = [
        "unshare",
        "-U",
        "-r",
        "sh",
        "-c",
        limited,
        "sh",
        sys.executable,
        "-c",
        code,
        str(site / "content"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    except FileNotFoundError:
        pytest.skip("the command unshare is not here")
    if "max_inotify_watches" in done.stderr or "unshare" in done.stderr:
        pytest.skip("this system does not let us set a limit of our own")
    assert done.stdout.startswith("OS file watch limit reached"), done.stderr


def test_a_watcher_that_dies_is_made_up_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Events] = []
    real = Events.take

    def take(events: Events, patience: float) -> frozenset[str]:
        begun.append(events)
        return real(events, patience)

    monkeypatch.setattr(Events, "take", take)
    with Watch(site) as watch:
        in_place(site / FILE, trial("While it lives"))
        watch.until(FILE)
        begun[0]._process.kill()
        watch.wait(lambda: bool(watch.said))
        watch.forget()
        in_place(site / FILE, trial("When it is dead"))
        watch.until(FILE)
    assert len(watch.said) == 1
    assert "the process that watches has ended" in watch.said[0]


def test_a_drive_that_tells_nothing_is_found_out(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(_events: Events, patience: float) -> frozenset[str]:
        time.sleep(patience)
        return frozenset()

    monkeypatch.setattr(Events, "take", take)
    with Watch(site) as watch:
        numbers = iter(range(1_000))

        def is_found_out() -> bool:
            # What is saved while the walk hurries at the beginning shows nothing of the system.
            in_place(site / FILE, trial(f"Nobody tells {next(numbers)}"))
            return bool(watch.said)

        watch.wait(is_found_out)
        watch.until(FILE)
        in_place(site / "content/glossary.yaml", "entries: []\n# changed\n")
        watch.until("content/glossary.yaml")
    assert watch.said == [
        "watching by looking at the times of files: a change was found of which the system had not told"
    ]


TABLE = r"""
22 1 254:0 / / rw,relatime - ext4 /dev/root rw
30 22 0:41 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs
31 22 0:42 / /mnt/made\040up/site rw - fuse.sshfs somewhere rw
32 22 0:43 / /srv rw shared:5 - nfs4 made-up:/srv rw
33 32 0:44 / /srv rw - ext4 /dev/made-up rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/opt/site", "ext4"),
        ("/mnt/c/site", "9p"),
        ("/mnt/cd", "ext4"),
        ("/mnt/made up/site/content", "fuse.sshfs"),
        ("/srv/site", "ext4"),
    ],
)
def test_the_kind_of_a_drive_is_read_from_the_table(path: str, kind: str) -> None:
    assert mount_type(path, TABLE) == kind


def test_a_silent_drive_is_said_and_watched_both_ways(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "silent_mount", lambda _folder: "9p")
    with Watch(site) as watch:
        in_place(site / FILE, trial("Seen"))
        watch.until(FILE)
    assert len(watch.said) == 1
    assert "a drive of the kind 9p" in watch.said[0]


# What it costs


def test_a_pace_takes_no_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("trialpages.preview.watch.pace.time.monotonic", lambda: now[0])
    monkeypatch.setattr("trialpages.preview.watch.pace.time.thread_time", lambda: now[0])

    def steps() -> Iterator[set[str]]:
        for _ in range(1000):
            now[0] += 0.001
            yield {"path"}

    pace = Pace(0.05, 0.0, steps)
    worked = 0.0
    for _ in range(1000):
        now[0] += 0.03
        before = now[0]
        pace.work()
        worked += now[0] - before
    assert 0.04 <= worked / now[0] <= 0.055


def test_a_look_at_what_has_not_changed_tells_nothing(site: Path) -> None:
    tree = Tree(watched(options(site)).folders)
    assert str(site / FILE) in set().union(*tree.whole())
    assert set().union(*tree.whole()) == set()
    in_place(site / FILE, trial("Changed"))
    assert set().union(*tree.whole()) == {str(site / FILE)}


def test_stopping_leaves_no_thread_and_no_process(site: Path) -> None:
    before = threading.active_count()
    with Watch(site):
        pass
    assert threading.active_count() == before
