"""The rules that hold for this suite itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

LEFT_OUT = {
    "skipped": "import pytest\n@pytest.mark.skip\ndef test_a(): pass\n",
    "expected_to_fail": "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False\n",
    "skipped_while_it_runs": "import pytest\ndef test_a(): pytest.skip('no time')\n",
    "a_file_skipped": "import pytest\npytest.importorskip('no_such_module')\n",
}


def run(folder, text, *options, **variables):
    """Run pytest on one test file beside a copy of this suite's conftest."""
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = e2e\n", "utf-8")
    (folder / "test_one.py").write_text(f"{text}\ndef test_b(): pass\n", "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CI", "QT_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(CONFTEST.parents[1]), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_is_left_out_fails_the_run_where_ci_is_set(tmp_path, processes):
    for name, text in LEFT_OUT.items():
        (tmp_path / f"test_{name}.py").write_text(text, "utf-8")
    done = run(tmp_path, "", "-n", processes, CI="true")
    assert done.returncode == 1
    _, _, said = done.stdout.partition("left out, which counts as failed where CI is set")
    for name in LEFT_OUT:
        assert f"test_{name}.py" in said


def test_elsewhere_tests_may_be_left_out(tmp_path):
    assert run(tmp_path, LEFT_OUT["skipped"]).returncode == 0


def test_a_run_that_leaves_out_nothing_passes(tmp_path):
    assert run(tmp_path, "", CI="true").returncode == 0


PLATFORM = """
import os, pytest
def test_plain(): assert os.environ.get("QT_QPA_PLATFORM") == {plain!r}
@pytest.mark.e2e
def test_e2e(): assert os.environ.get("QT_QPA_PLATFORM") == {e2e!r}
def test_after(): assert os.environ.get("QT_QPA_PLATFORM") == {plain!r}
"""


def test_tests_draw_on_no_screen_unless_they_bring_one(tmp_path):
    done = run(tmp_path, PLATFORM.format(plain="offscreen", e2e=None))
    assert done.returncode == 0, done.stdout


def test_a_platform_that_is_given_is_used(tmp_path):
    done = run(tmp_path, PLATFORM.format(plain="minimal", e2e="minimal"), QT_QPA_PLATFORM="minimal")
    assert done.returncode == 0, done.stdout


SETTINGS = """
import os
from pathlib import Path
from PySide6.QtCore import QSettings
def test_a():
    settings = QSettings("Gradwalk", "Gradwalk")
    assert settings.value("seen") is None
    settings.setValue("seen", "yes")
    settings.sync()
    assert os.environ["XDG_CONFIG_HOME"] in settings.fileName()
test_again = test_a
"""


def test_every_test_has_settings_of_its_own(tmp_path):
    done = run(tmp_path, SETTINGS, HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert not (tmp_path / ".config").exists()
