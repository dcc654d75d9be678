"""The Arrange menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Arrange")

ARRANGE = (
    action("tidy", "Tidy Up", "Ctrl+L", tip="Lay all blocks out from left to right"),
    action(
        "tidy_selection",
        "Tidy Selection",
        "Ctrl+Shift+L",
        tip="Lay the selected blocks out, near where they are",
        ends_group=True,
    ),
    action("align_left", "Align Left", "Ctrl+Shift+Left", tip="Put the left edges into one column"),
    action("align_centre", "Align Centres", "Ctrl+Shift+X", tip="Put the middles into one column"),
    action(
        "align_right",
        "Align Right",
        "Ctrl+Shift+Right",
        tip="Put the right edges into one column",
        ends_group=True,
    ),
    action("align_top", "Align Top", "Ctrl+Shift+Up", tip="Put the upper edges into one row"),
    action("align_middle", "Align Middles", "Ctrl+Shift+M", tip="Put the middles into one row"),
    action(
        "align_bottom",
        "Align Bottom",
        "Ctrl+Shift+Down",
        tip="Put the lower edges into one row",
        ends_group=True,
    ),
    action(
        "distribute_across",
        "Distribute Horizontally",
        "Ctrl+Shift+H",
        tip="Make the gaps from left to right equal",
    ),
    action(
        "distribute_down",
        "Distribute Vertically",
        "Ctrl+Shift+J",
        tip="Make the gaps from top to bottom equal",
    ),
)
