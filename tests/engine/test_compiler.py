"""Long texts are compiled by another process, for threads beside the main one alone."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from engine import compiler
from engine.compiler import LONG, code_of

LINES = 3_000
TEXT = "def made(x0):\n" + "".join(f"    x{n} = x{n - 1} * 2.0 + 1.0\n" for n in range(1, LINES))
TEXT += f"    return x{LINES - 1}\n"


@pytest.fixture(autouse=True)
def _servant_goes():
    yield
    compiler._servant.end()


def beside(call, *given):
    """Call something on a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *given).result()


def run(code):
    names = {}
    exec(code, names)  # noqa: S102 - it was written here
    return names["made"](0.5)


def test_what_comes_back_from_the_other_process_is_the_same_code():
    assert len(TEXT) > LONG
    code = beside(code_of, TEXT)
    assert compiler._servant.process is not None
    assert run(code) == run(compile(TEXT, "<plan>", "exec"))


def test_the_main_thread_and_short_texts_need_no_other_process():
    assert run(code_of(TEXT)) == float("inf")
    assert run(beside(code_of, "def made(x): return x + 1\n")) == 1.5
    assert compiler._servant.process is None


def test_several_threads_may_ask_at_once():
    with ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(code_of, [TEXT] * 8))
    assert {run(code) for code in codes} == {float("inf")}


def test_a_process_that_has_died_is_no_loss():
    beside(code_of, TEXT)
    compiler._servant.process.kill()
    compiler._servant.process.wait()
    assert run(beside(code_of, TEXT)) == float("inf")
    assert run(beside(code_of, TEXT)) == float("inf")


def test_without_a_python_to_start_it_is_compiled_here(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    assert run(beside(code_of, TEXT)) == float("inf")
    assert compiler._servant.process is None


def test_a_mistake_in_the_text_is_raised_here():
    with pytest.raises(SyntaxError):
        beside(code_of, TEXT + "    return (\n")


def longest_wait(thread):
    """Run a thread, and tell how long at most this one was kept from going on meanwhile."""
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive() or not longest:
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


def test_the_hand_waits_less_than_it_would_for_the_compiler():
    beside(code_of, TEXT)  # the process is there
    held = min(
        longest_wait(Thread(target=compile, args=(TEXT, "<plan>", "exec"))) for _ in range(3)
    )
    free = min(longest_wait(Thread(target=code_of, args=(TEXT,))) for _ in range(3))
    assert free < held / 2
