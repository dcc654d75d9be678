"""The Walk menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Walk")

WALK = (
    action("play", "Play", "Space", tip="Play the walk, or stop it"),
    action("step_on", "One Step On", "Right", tip="Go one step on"),
    action("step_back", "One Step Back", "Left", tip="Go one step back"),
    action("to_start", "To the Start", "Home", tip="Go to the first step"),
    action("to_end", "To the End", "End", tip="Go to the last step", ends_group=True),
    action(
        "step_into",
        "Step Into Groups",
        "I",
        checkable=True,
        tip="Follow the walk into folded groups instead of stepping over them",
    ),
    action("slower", "Slower", "[", tip="Play fewer steps a second"),
    action("faster", "Faster", "]", tip="Play more steps a second", ends_group=True),
    action(
        "predict",
        "Predict Before It Shows",
        "P",
        checkable=True,
        tip="Hide each number until you have told what it will be",
    ),
    action(
        "check",
        "Check Numerically",
        "C",
        tip="Compare each gradient with the derivative found by trial",
    ),
    action(
        "copy_step",
        "Copy This Step",
        "Ctrl+Shift+C",
        tip="Copy the step in words and with all digits",
    ),
)
