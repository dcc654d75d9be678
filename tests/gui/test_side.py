"""The panel on the right: a page is made when it is first shown, and tabs turn to it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QTabBar

from gui.pages.pages import PAGES, Page
from gui.pages.side import SidePanel
from gui.panels.explanation import ExplanationPanel


def panel_of(qtbot, window, made):
    def make(bench):
        made.append(bench)
        return QLabel("about it")

    panel = SidePanel(window, (PAGES[0], Page("more", "More", "More about it", make)))
    qtbot.addWidget(panel)
    panel.show()
    return panel


def tabs_of(panel):
    return next(bar for bar in panel.findChildren(QTabBar) if bar.accessibleName() == "Pages")


def test_the_explanation_is_in_front_at_the_start(window):
    assert window.side.front == "step"
    assert isinstance(window.side.page("step"), ExplanationPanel)


def test_a_page_is_made_when_it_is_first_shown(qtbot, window):
    made = []
    panel = panel_of(qtbot, window, made)
    assert made == []
    with qtbot.waitSignal(panel.turned) as turned:
        tabs_of(panel).setCurrentIndex(1)
    assert turned.args == ["more"]
    assert panel.page("more").isVisible()
    panel.turn_to("step")
    panel.turn_to("more")
    assert made == [window]


def test_tabs_say_what_their_page_shows(qtbot, window):
    panel = panel_of(qtbot, window, [])
    tabs = tabs_of(panel)
    assert [tabs.tabToolTip(at) for at in range(tabs.count())] == [PAGES[0].tip, "More about it"]
