"""The panel on the right: a page is made when it is first shown, and tabs turn to it."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar

from gui.pages.arrays_page import ArraysPage
from gui.pages.pages import PAGES
from gui.panels.explanation import ExplanationPanel


def tabs_of(panel):
    return next(bar for bar in panel.findChildren(QTabBar) if bar.accessibleName() == "Pages")


def test_the_explanation_is_in_front_at_the_start(window):
    assert window.side.front == "step"
    assert isinstance(window.side.page("step"), ExplanationPanel)


def test_a_page_is_made_when_it_is_first_shown(qtbot, window):
    side = window.side
    assert not side.findChildren(ArraysPage)
    with qtbot.waitSignal(side.turned) as turned:
        tabs_of(side).setCurrentIndex([page.name for page in PAGES].index("arrays"))
    assert turned.args == ["arrays"]
    assert side.page("arrays").isVisible()
    side.turn_to("step")
    side.turn_to("arrays")
    assert side.findChildren(ArraysPage) == [side.page("arrays")]


def test_tabs_say_what_their_page_shows(window):
    tabs = tabs_of(window.side)
    assert [tabs.tabToolTip(at) for at in range(tabs.count())] == [page.tip for page in PAGES]
