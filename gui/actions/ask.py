"""The Ask menu: the pages on the right, each the answer to a question."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Ask")

ASK = (
    action("ask_step", "What Happens Here?", "Alt+1", tip="Explain the step of the walk"),
    action(
        "ask_arrays",
        "Which Element Feeds Which?",
        "Alt+2",
        tip="Show the arrays of the step as pictures, and follow single elements",
    ),
    action(
        "ask_plot",
        "What Does It Look Like?",
        "Alt+3",
        tip="Plot the target along an input, with its tangent and a numerical derivative",
    ),
    action(
        "ask_map",
        "Where Does It Die?",
        "Alt+4",
        tip="Show how large gradients are over the graph, and where one ends",
    ),
    action(
        "ask_paths",
        "Why Do They Add Up?",
        "Alt+5",
        tip="Show every path back to an input, and the product along each",
    ),
    action(
        "ask_forward",
        "And Forwards?",
        "Alt+6",
        tip="Walk in forward mode from an input, and see what it costs",
    ),
    action(
        "ask_mistakes",
        "What If the Rule Were Wrong?",
        "Alt+7",
        tip="Walk the graph by a wrong rule beside the right one",
    ),
    action(
        "ask_code",
        "What Is It in Code?",
        "Alt+8",
        tip="Show the graph as code or text, following the walk line by line",
        ends_group=True,
    ),
    action(
        "point_element",
        "Go Into Its Array",
        "Shift+P",
        tip="Go from element to element of the selected block with the arrow keys",
    ),
    action(
        "deeper",
        "How Deep?",
        "E",
        tip="Explain steps for a first contact, for a student, or for an engineer",
        ends_group=True,
    ),
    action(
        "derive",
        "And the Derivative of the Derivative?",
        "Ctrl+Alt+D",
        tip="Open the derivative by the selected input in a tab, to walk it and derive it again",
    ),
    action(
        "show_origin",
        "Where Does This Block Come From?",
        "Shift+O",
        tip="Go to the block whose rule has made the selected one, in the graph it came from",
    ),
)
