"""Garbage is collected on the window's thread, and nowhere else."""

from __future__ import annotations

import gc
import math
import threading
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from shiboken6 import delete

from engine.drafts import DraftFolder, Head
from gui import garbage, opening, saving
from gui.background import beside
from gui.documents import Documents
from gui.export.orders import Work
from gui.garbage import Collector, collect_due, collecting_waits
from gui.recovery import Recovery
from tests.gui.builders import document_of


class Ring:
    """Garbage that only a collection finds."""

    def __init__(self):
        self.itself = self


def much_garbage(count=20_000):
    for _ in range(count):
        Ring()


def test_work_beside_the_window_collects_nothing(qapp):
    ran = []

    def note(phase, _):
        if phase == "start":
            ran.append(threading.current_thread())

    gc.callbacks.append(note)
    try:
        beside(much_garbage).result()
        thread = threading.Thread(target=much_garbage)  # one that nobody has told anything
        thread.start()
        thread.join()
    finally:
        gc.callbacks.remove(note)
    assert ran == []


@pytest.fixture
def nothing_ages(monkeypatch):
    """Young objects are looked at, however many tests before have made and whoever was at keys."""
    monkeypatch.setattr(garbage, "MANY", math.inf)


@pytest.mark.usefixtures("nothing_ages")
def test_the_window_collects_it_between_two_frames(qtbot):
    ring = Ring()
    gone = weakref.ref(ring)
    del ring
    qtbot.waitUntil(lambda: much_garbage(1_000) or gone() is None)


@pytest.mark.usefixtures("nothing_ages")
def test_a_timer_in_garbage_that_other_threads_make_ticks_on(qtbot):
    """It would go on ticking where it was, were it taken down on another thread."""

    class Clock(QObject):
        def __init__(self):
            super().__init__()
            self.itself = self
            self.timer = QTimer(self, interval=1)
            self.timer.timeout.connect(list)
            self.timer.start()

    for _ in range(20):
        Clock()
        thread = threading.Thread(target=much_garbage, args=(2_000,))
        thread.start()
        thread.join()
        qtbot.wait(2)
    qtbot.waitUntil(lambda: much_garbage(1_000) or not any_clocks(Clock))


def any_clocks(kind):
    collect_due()
    return [each for each in gc.get_objects() if type(each) is kind]


class Looks:
    """A collector with a clock of its own, and which generations it has looked at."""

    def __init__(self, qapp, monkeypatch):
        self.now, self.seen = 1_000.0, []
        self.window = QWindow()
        self.collector = Collector(qapp, lambda: self.now)
        self.collector._follow(self.window)
        monkeypatch.setattr(gc, "get_count", lambda: (5_000, 100, 100))
        monkeypatch.setattr(gc, "collect", self.seen.append)

    def after(self, seconds):
        """Let time pass, and tell what is looked at then."""
        self.now += seconds
        self.seen.clear()
        self.collector.collect()
        return self.seen


@pytest.fixture
def looks(qapp, monkeypatch):
    made = Looks(qapp, monkeypatch)
    yield made
    delete(made.collector)


def touches(window):
    key = Qt.Key.Key_A
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        yield QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
    button, no_button = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress):
        at = QPointF(5, 5)
        yield QMouseEvent(kind, at, at, button, no_button, Qt.KeyboardModifier.NoModifier)


def test_all_objects_are_looked_at_seldom(looks):
    assert looks.after(61) == [2]
    assert looks.after(10) == [1]
    assert looks.after(51) == [2]


def test_all_objects_are_not_looked_at_while_somebody_is_at_mouse_or_keys(looks, qapp):
    for event in touches(looks.window):
        looks.after(300)
        looks.now += 70
        qapp.sendEvent(looks.window, event)
        assert looks.after(1) == [1]
        assert looks.after(2.5) == [2]


def test_nothing_is_looked_at_while_millions_of_numbers_are_read_or_written(looks):
    with collecting_waits(), collecting_waits():
        assert looks.after(1) == []
    assert looks.after(1) == [1]


def test_files_are_read_and_written_and_drafts_kept_without_a_look_for_garbage(
    qapp, tmp_path, monkeypatch
):
    waited = []

    def noted(real):
        def call(*args, **more):
            waited.append(bool(garbage._HOLDS))
            return real(*args, **more)

        return call

    monkeypatch.setattr(opening, "load_with_digest", noted(opening.load_with_digest))
    monkeypatch.setattr(saving, "dumps", noted(saving.dumps))
    monkeypatch.setattr(DraftFolder, "keep", noted(DraftFolder.keep))
    document = document_of("square(x)", x=0.5)
    path = tmp_path / "x.gradwalk"
    document.save_to(path)
    opening._read(path, lambda *_: None)
    saving._write(document, document.kept(), document.version, path, lambda *_: None)
    recovery = Recovery(Documents(document))
    recovery._keep(1, document.kept(), Head(None, "x", None))
    recovery.end()
    assert waited == [True, True, True]
    assert not garbage._HOLDS


def test_all_objects_are_not_looked_at_while_something_moves(looks, qapp):
    looks.now += 60
    qapp.sendEvent(looks.window, QEvent(QEvent.Type.UpdateRequest))
    assert looks.after(0.05) == [1]
    assert looks.after(0.2) == [2]


def test_who_never_rests_is_held_up_once_in_minutes_and_memory_does_not_grow(looks, qapp):
    found = []
    for _ in range(700):
        qapp.sendEvent(looks.window, next(touches(looks.window)))
        found += looks.after(1)
    assert found.count(2) == 2


def test_what_large_work_has_made_is_set_aside_until_a_document_has_gone(looks, qapp, monkeypatch):
    made = Ring()
    monkeypatch.setattr(gc, "get_count", lambda: (90_000, 100, 100))
    assert looks.after(1) == []
    assert not is_in(made, gc.get_objects())
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 0))
    assert looks.after(200) == []
    looks.collector.thaw()
    qapp.sendEvent(looks.window, next(touches(looks.window)))
    assert looks.after(15) == []
    assert looks.after(6) == [2]
    assert looks.after(61) == []


def test_so_it_is_where_very_much_has_been_set_aside(looks, monkeypatch):
    thawed = []
    monkeypatch.setattr(gc, "unfreeze", lambda: thawed.append(looks.now))
    monkeypatch.setattr(gc, "get_count", lambda: (90_000, 100, 100))
    for _ in range(11):
        assert looks.after(0.1) == []
    assert not thawed
    for _ in range(2):
        looks.after(0.1)
    assert looks.after(61) == [2]
    assert len(thawed) == 1


def test_what_a_closed_document_leaves_is_found_though_it_was_set_aside(window, qapp, monkeypatch):
    thawed = []
    monkeypatch.setattr(Collector, "thaw", lambda _: thawed.append(True))
    window.close_tab(window.document)
    assert thawed


def is_in(thing, things):
    return any(each is thing for each in things)


def test_a_window_that_gets_the_keyboard_is_watched(window, qapp, monkeypatch):
    watched = []
    (collector,) = qapp.findChildren(Collector)
    monkeypatch.setattr(QWindow, "installEventFilter", lambda _, by: watched.append(by))
    qapp.focusWindowChanged.emit(window.window().windowHandle())
    assert watched == [collector]


def test_a_film_collects_between_its_frames(qapp, monkeypatch):
    looks = []
    monkeypatch.setattr(Collector, "collect", lambda _: looks.append(1))
    work = Work.__new__(Work)
    monkeypatch.setattr(Work, "_made_into", lambda *_: iter([1, 2, 3]), raising=True)
    assert list(work.write(None)) == [1, 2, 3]
    assert len(looks) == 3
