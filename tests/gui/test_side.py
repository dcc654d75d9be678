"""The panel on the right: a page is made when it is first shown, and tabs turn to it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QTabBar

from gui.answer import Answer
from gui.pages import side
from gui.pages.arrays_page import ArraysPage
from gui.pages.pages import PAGES
from gui.pages.paths_page import PathsPage
from gui.pages.plot_page import PlotPage
from gui.panels.explanation import ExplanationPanel


def tabs_of(panel):
    return next(bar for bar in panel.findChildren(QTabBar) if bar.accessibleName() == "Pages")


def test_the_explanation_is_in_front_at_the_start(window):
    assert window.side.front == "step"
    assert isinstance(window.side.page("step"), ExplanationPanel)


def test_a_page_is_made_when_it_is_first_shown(qtbot, window):
    panel = window.side
    assert not panel.findChildren(ArraysPage)
    with qtbot.waitSignal(panel.turned) as turned:
        tabs_of(panel).setCurrentIndex([page.name for page in PAGES].index("arrays"))
    assert turned.args == ["arrays"]
    assert panel.page("arrays").isVisible()
    panel.turn_to("step")
    panel.turn_to("arrays")
    assert panel.findChildren(ArraysPage) == [panel.page("arrays")]


def test_what_a_page_takes_long_to_import_is_imported_beside_the_window(
    qtbot, window, monkeypatch, threads_of
):
    threads = threads_of(side, "_import")
    monkeypatch.setattr(side, "_is_imported", lambda _package: bool(threads))
    panel = window.side
    with qtbot.waitSignal(panel.turned):
        tabs_of(panel).setCurrentIndex([page.name for page in PAGES].index("plot"))
    assert panel.front == "plot"
    assert not panel.findChildren(PlotPage)
    qtbot.waitUntil(lambda: bool(panel.findChildren(PlotPage)))
    assert panel.page("plot").isVisible()
    assert threads == {"gradwalk-answers_0"}


def test_a_page_that_is_imported_too_late_does_not_come_to_the_front(
    qtbot, window, monkeypatch, held_answers
):
    monkeypatch.setattr(side, "_is_imported", lambda _package: held_answers.is_set())
    window.side.turn_to("plot")
    window.side.turn_to("paths")
    held_answers.set()
    done = Answer()
    done.ask(lambda: 0)
    with qtbot.waitSignal(done.known):
        pass
    assert window.side.front == "paths"
    assert window.side.page("paths").isVisible()


def test_tabs_say_what_their_page_shows(window):
    tabs = tabs_of(window.side)
    assert [tabs.tabToolTip(at) for at in range(tabs.count())] == [page.tip for page in PAGES]


def test_the_window_answers_after_the_code_of_a_page_is_there_and_before_it_is_made(
    qtbot, window, monkeypatch
):
    turns, at = [0], []
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: turns.append(turns[-1] + 1))
    make = PlotPage.__init__

    def made(*args):
        at.append(turns[-1])
        make(*args)

    monkeypatch.setattr(PlotPage, "__init__", made)
    monkeypatch.setattr(side, "_is_imported", lambda _package: True)
    clock.start()
    window.side.turn_to("plot")
    assert at == []
    qtbot.waitUntil(lambda: bool(window.side.findChildren(PlotPage)))
    clock.stop()
    assert window.side.page("plot").isVisible()
    assert at[0] > 0


def test_who_turns_on_before_a_page_is_made_sees_the_other_one(qtbot, window):
    window.side.turn_to("plot")
    window.side.turn_to("paths")
    qtbot.waitUntil(lambda: bool(window.side.findChildren(PathsPage)))
    assert window.side.page("paths").isVisible()
    assert not window.side.findChildren(PlotPage)
    window.side.turn_to("plot")
    qtbot.waitUntil(lambda: window.side.page("plot").isVisible())


def test_a_page_that_cannot_be_made_is_tried_once_each_time_it_is_turned_to(qtbot, window):
    panel, tries = window.side, []

    def make(_bench):
        yield None
        tries.append(True)
        raise RuntimeError

    panel._pages["code"] = replace(panel._pages["code"], make=make, needs=())
    for count in (1, 2):
        with qtbot.capture_exceptions() as raised:
            panel.turn_to("code")
            qtbot.waitUntil(lambda: bool(raised))
            for _ in range(5):
                turn_of_the_loop(qtbot)
        assert len(raised) == 1
        assert len(tries) == count
        panel.turn_to("step")


def turn_of_the_loop(qtbot):
    timer = QTimer(singleShot=True, interval=0)
    with qtbot.waitSignal(timer.timeout):
        timer.start()


class Requests(QObject):
    """Counts how often a widget is asked to lay out anew what is in it."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - it is what Qt calls
        self.count += event.type() is QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


def test_a_step_lays_out_its_page_and_not_the_window(qtbot, window):
    page, player = window.side.page("step"), window.player
    player.seek(0)
    qtbot.wait(0)
    of_page, of_window = Requests(page), Requests(window)
    player.seek(len(player.recording) - 1)
    qtbot.waitUntil(lambda: bool(of_page.count))
    assert not of_window.count


def test_pages_fill_the_panel_below_the_tabs_whichever_was_there_when_its_size_changed(window):
    panel, tabs = window.side, tabs_of(window.side)
    for name in ("arrays", "step"):
        page = panel.page(name)
        panel.turn_to(name)
        window.resize(window.width(), window.height() + 60)
        for front in (name, "paths", name):
            panel.turn_to(front)
        assert page.isVisible()
        assert page.height() == panel.height() - tabs.height()
        assert page.width() == panel.width() - 1


def test_in_a_large_window_the_pages_get_their_part(window):
    shown, narrow = window.window(), window.side.width()
    shown.resize(1920, 1080)
    assert window.side.width() == 480
    assert window.side.geometry().right() == window.rect().right()
    shown.resize(1920, 800)  # a plot could not be seen whole
    assert window.side.width() == narrow
