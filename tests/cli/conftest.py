"""The command line in this process, where it is quick to call."""

from __future__ import annotations

import pytest

from main import main


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line; give its exit status, what it printed, and what it complained of."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments):
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def complaint(run):
    """Run the command line on something bad; give the one sentence that it says."""

    def call(*arguments):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("gradwalk: ")
        assert "Traceback" not in err
        return err.removeprefix("gradwalk: ").rstrip("\n")

    return call
