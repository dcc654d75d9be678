"""The Ask menu: the pages on the right, each the answer to a question."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Ask")

ASK = (
    action("ask_step", "What Happens Here?", "Alt+1", tip="Explain the step of the walk"),
    action(
        "ask_mistakes",
        "What If the Rule Were Wrong?",
        "Alt+2",
        tip="Walk the graph by a wrong rule beside the right one",
    ),
)
