"""A Function in a file of its own: everything there is to write, and everywhere it is found."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FAMILY = '''
"""A family of one."""

import numpy as np

from engine.function import Function


class Bell(Function):
    """A hill around 0."""

    symbol = "bell"
    group = "Elementary"
    local = (lambda y, x: -2 * x * y,)

    def forward(self, x):
        return np.exp(-x * x)
'''

ASKED = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import engine.functions
engine.functions.__path__.append(sys.argv[1])
engine.functions._discover()

import numpy as np
import engine
from docs.make_reference import page
from engine import Variable, hessian
from engine.checking import check_gradient
from engine.expression import expression_of, parse_expression
from engine.moment import Moment
from engine.narration import narrate
from engine.plan import Plan
from engine.recording import record
from engine.symbols import Symbol, local_formula
from gui.panels.palette_entries import entries

graph, y = parse_expression("square(bell(x))", {"x": np.array(0.5)})
recording = record(graph, y)
x = graph.named("x").id
plan = Plan(graph, recording.course)
v = Variable(np.array(0.5))
engine.square(engine.bell(v)).backward()
told = {
    "gradient": float(recording.gradient(x)),
    "by hand": float(v.grad),
    "by plan": plan.answer(0.5)[1],
    "compiled": plan.is_compiled,
    "again": float(hessian(lambda u: engine.bell(u))(0.5)),
    "checked": check_gradient(graph, y, x, recording.gradient(x)).agreement.agrees,
    "expression": expression_of(graph, y),
    "rule": str(local_formula(engine.FUNCTIONS["bell"], 0, (Symbol("x"),))),
    "step": narrate(Moment(recording, len(recording) - 1)).title,
    "reference": "- Value: y = bell(x)\\n- ∂y/∂x = −2x · bell(x)" in page({}),
    "palette": [entry.kind for entry in entries()].count("bell"),
}
print(json.dumps(told))
"""


def test_a_function_in_a_file_of_its_own_is_found_everywhere(tmp_path):
    (tmp_path / "bells.py").write_text(FAMILY, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", ASKED, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    told = json.loads(ran.stdout)
    bell = math.exp(-0.25)
    slope = 2 * bell * -2 * 0.5 * bell
    for way in ("gradient", "by hand", "by plan"):
        assert told.pop(way) == pytest.approx(slope, rel=1e-14)
    assert told.pop("again") == pytest.approx((4 * 0.25 - 2) * bell, rel=1e-14)
    assert told == {
        "compiled": True,
        "checked": True,
        "expression": "y = square(bell(x))",
        "rule": "−2x · bell(x)",
        "step": "Bell passes the gradient on",
        "palette": 1,
        "reference": True,
    }
