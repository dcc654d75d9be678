"""Garbage is collected on the window's thread, and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer

from gui.background import beside
from gui.export.orders import Work
from gui.garbage import Collector, collect_due


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


def test_the_window_collects_it_between_two_frames(qtbot):
    ring = Ring()
    gone = weakref.ref(ring)
    del ring
    qtbot.waitUntil(lambda: much_garbage(1_000) or gone() is None)


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
    return [each for each in gc.get_objects() if isinstance(each, kind)]


def test_a_film_collects_between_its_frames(qapp, monkeypatch):
    looks = []
    monkeypatch.setattr(Collector, "collect", lambda _: looks.append(1))
    work = Work.__new__(Work)
    monkeypatch.setattr(Work, "_made_into", lambda *_: iter([1, 2, 3]), raising=True)
    assert list(work.write(None)) == [1, 2, 3]
    assert len(looks) == 3
