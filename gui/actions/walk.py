"""The Walk menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Walk")

WALK = (
    action("play", "Play", "Space", tip="Play the walk, or stop it"),
    action("step_on", "One Step On", "Right", tip="Go one step on"),
    action("step_back", "One Step Back", "Left", tip="Go one step back"),
    action(
        "line_on",
        "One Line of Code On",
        "Shift+Right",
        tip="Go on to the next line of code that runs, within the step",
    ),
    action(
        "line_back",
        "One Line of Code Back",
        "Shift+Left",
        tip="Go back to the line of code that ran before",
    ),
    action("grain", "A Step Is", tip="How far one step on goes: a block, a contribution, a line"),
    action("to_start", "To the Start", "Home", tip="Go to the first step"),
    action("to_end", "To the End", "End", tip="Go to the last step", ends_group=True),
    action(
        "step_into",
        "Step Into Groups",
        "I",
        checkable=True,
        tip="Follow the walk into folded groups instead of stepping over them",
    ),
    action(
        "loop",
        "Play Over and Over",
        "L",
        checkable=True,
        tip="Begin again at the end of the walk, or of the part that is marked on the timeline",
    ),
    action(
        "loop_from",
        "Loop From Here",
        "Ctrl+[",
        tip="Let what is played over and over begin at this step",
    ),
    action(
        "loop_to",
        "Loop Up to Here",
        "Ctrl+]",
        tip="Let what is played over and over end at this step",
        ends_group=True,
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
        "check_all",
        "Check Everything",
        "Shift+C",
        checkable=True,
        tip="Show on each block whether its gradient agrees with the derivative found by trial",
        ends_group=True,
    ),
    action(
        "copy_step",
        "Copy This Step",
        "Ctrl+Shift+C",
        tip="Copy the step in words and with all digits",
    ),
)
