"""The plots on a page, read off their axes as a person would, show what the engine has found."""

import re

import numpy as np
import pytest

from engine.asking.gradient_map import GradientMap
from engine.asking.plot_axes import axis_name, some_axes
from engine.expression import parse_expression
from engine.page.whole import page
from engine.recording import record
from tests.engine.four_pages import shown as page_of
from tests.engine.reading import inside, read, with_class
from tests.engine.test_page_questions import TRUE
from tests.four import TEXTS, gradient, value

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@pytest.fixture
def pages():
    return {name: page_of(name) for name in TEXTS}


@pytest.fixture(params=list(TEXTS))
def shown(request):
    return page_of(request.param)


class Seen:
    """A plot whose axes are read by the numbers along them."""

    def __init__(self, elements, plot):
        self.parts = inside(elements, plot)
        texts = [e for e in self.parts if e["tag"] == "text" and "name" not in e["class"]]
        across = [(float(e["x"]), e["text"]) for e in texts if e["class"] == "middle"]
        up = [(float(e["y"]) - 4, e["text"]) for e in texts if e["class"] == "end"]
        area = next(e for e in self.parts if e.get("class") == "area")
        self._left, self._top = float(area["x"]), float(area["y"])
        self._across, self._up = map(np.array, (_read(across), _read(up)))

    def point(self, x, y):
        """Tell which numbers stand at a place of the area."""
        places = ((x + self._left, self._across), (y + self._top, self._up))
        return tuple(float(np.polyval(np.polyfit(*marks.T, 1), at)) for at, marks in places)

    def line(self, kind):
        """Give the points of a line."""
        path = next(e for e in self.parts if e.get("class") == kind)
        pairs = re.findall(r"[ML](\S+?) (-?[\d.]+)", path["d"])
        return np.array([self.point(float(x), float(y)) for x, y in pairs])

    def dots(self, kind):
        circles = [e for e in with_class(self.parts, kind) if e["tag"] == "circle"]
        return np.array([self.point(float(e["cx"]), float(e["cy"])) for e in circles])


def _read(marks):
    """Read numbers, or powers of ten by their exponents."""
    found = []
    for at, text in marks:
        power = re.fullmatch("10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", text)
        number = power[1].translate(RAISED) if power else text.replace("−", "-")
        found.append((at, float(number)))
    return found


def plots_of(shown):
    """Give the answers about one number each, with the number."""
    axes = some_axes(shown.recording, 12)
    panel = shown.panel("plot")
    answers = with_class(panel, "choice")[: len(axes)]
    for axis, answer in zip(axes, answers, strict=True):
        told = inside(panel, answer)
        name = axis_name(shown.recording.blocks, axis)
        assert answer["text"].strip().startswith(f"along {name}")
        yield axis, told, [Seen(told, e) for e in with_class(told, "plot")]


def test_the_tangent_touches_the_curve_and_is_as_steep_as_the_gradient(shown):
    name = shown.name
    values = TEXTS[name][1]
    for (block, index), _, (curve, _) in plots_of(shown):
        called = shown.recording.blocks[block].name
        right = gradient(name, values, called).flat[index]
        at = np.array(values[called]).flat[index]
        ((x, y),) = curve.dots("point")
        assert x == pytest.approx(at, abs=0.02)
        tangent = curve.line("tangent")
        rise, run = np.diff(tangent[:, 1])[0], np.diff(tangent[:, 0])[0]
        assert rise / run == pytest.approx(right, rel=0.02, abs=0.02)
        reach = np.ptp(curve.line("curve")[:, 1]) or 1.0
        assert y == pytest.approx(value(name, values), abs=0.02 * max(reach, abs(y)))


def test_the_curve_is_the_function(shown):
    name = shown.name
    values = TEXTS[name][1]
    (block, index), _, (curve, _) = next(plots_of(shown))
    called = shown.recording.blocks[block].name
    points = curve.line("curve")
    for x, y in points[40:120:16]:
        moved = np.array(values[called], dtype=float)
        moved.flat[index] = x
        right = value(name, {**values, called: moved})
        steep = np.abs(np.diff(points[:, 1])).max()
        if abs(right) < 10:
            assert y == pytest.approx(right, abs=0.05 + steep / 2)


def test_the_error_of_a_trial_is_a_valley(pages):
    _, told, (_, valley) = next(plots_of(pages["tutorial"]))
    errors = valley.line("valley")
    assert len(errors) == 15
    assert errors[:, 0] == pytest.approx(-np.arange(1.0, 16.0), abs=0.1)
    best = errors[:, 1].argmin()
    assert 2 < best < 12
    curve = TRUE["numerical_u_curve"]
    for at, nudge in enumerate(("1e-1", "1e-2")):
        right = np.log10(abs(curve["central_difference"][nudge] / curve["true"] - 1))
        assert errors[at, 1] == pytest.approx(right, abs=0.15)
    sentences = [e["text"] for e in with_class(told, "h") if e["tag"] == "p"]
    assert "With h = 0.1 to both sides the secant has the slope 3.3865, off by 2.7" in sentences[1]


def test_along_two_numbers_the_arrow_points_where_the_function_rises(pages):
    panel = pages["net"].panel("plot")
    planes = [e for e in panel if "plane" in (e.get("class") or "").split()]
    assert len(planes) == 3
    for plane in planes:
        told = inside(panel, plane)
        assert len(with_class(told, "band")) >= 12 <= len(with_class(told, "level"))
        arrow = next(e for e in told if e.get("class") == "arrow")
        x, y, tip_x, tip_y = map(float, re.findall(r"-?[\d.]+", arrow["d"]))
        words = re.search(r"gradient, \((\S+), (\S+)\)", plane["text"]).groups()
        across, up = (float(word.replace("−", "-")) for word in words)
        assert np.sign([tip_x - x, y - tip_y]).tolist() == np.sign([across, up]).tolist()


def test_every_size_is_a_dot_and_the_blocks_are_coloured_by_it(shown):
    panel, found = shown.panel("map"), GradientMap(shown.recording)
    assert with_class(panel, "verdict")[0]["text"].strip() == found.sentence
    heat = dict(pair.split(":") for pair in panel_heat(panel).split())
    assert len(heat) == len(found.spots)
    assert max(map(float, heat.values())) == 1.0
    spots = with_class(panel, "spot")
    assert len(spots) == len(found.spots) * 2
    places = [e["text"] for e in panel if e["tag"] == "li"]
    assert places == []


def panel_heat(panel):
    return next(e["data-heat"] for e in panel if "data-heat" in e)


def test_a_gradient_that_ends_is_named_and_led_to():
    graph, y = parse_expression("exp(relu(x))", {"x": np.array(-2.0)})
    elements = read("".join(page(record(graph, y))))
    (places,) = with_class(elements, "places")
    (place,) = [e for e in inside(elements, places) if e["tag"] == "li"]
    assert "Relu lets nothing through to x: at x = −2 its local derivative is 0" in place["text"]
    (button,) = [e for e in inside(elements, place) if e["tag"] == "button"]
    assert button["text"] == "Go to step 6"
    assert button["data-step"] == "5"
    assert "b0:-1" in panel_heat(elements)
