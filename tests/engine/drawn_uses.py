"""Uses of every Function, drawn: inputs of shapes that fit, and settings."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine import FUNCTIONS
from engine.block import Block, Wire
from engine.graph import Graph
from engine.signatures import port_names

DOMAINS = {
    **dict.fromkeys(("log", "sqrt", "log2", "log10", "pow"), (0.3, 2.0)),
    **dict.fromkeys(("arcsin", "arccos"), (-0.8, 0.8)),
    "log1p": (-0.7, 2.0),
    "tan": (-1.2, 1.2),
    "binary_cross_entropy": (0.05, 0.95),
}
SHAPES = arrays.array_shapes(min_dims=0, max_dims=3, max_side=3)
REDUCTIONS = ("sum", "mean", "prod", "max", "min", "var", "std", "logsumexp", "norm")
LOSSES = (
    "mean_squared_error",
    "mean_absolute_error",
    "huber",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
)
INDICES = {
    1: ("0", "-1", "...", "None", "::-1", "[0, 0]", "..., 0", "0, ..., None", "()"),
    2: (
        "0",
        "::-1",
        "[0, 0]",
        "1:, 0:1",
        "[0, 0], ::-1",
        "..., [0]",
        "[[0, 0]]",
        "-1, None, [0, 0]",
    ),
    3: ("0, :, [0, 0]", "::2, None, 0", "[0], [0], ::-1", "..., ::-1", "0:1, [0, 0], 0"),
}
"""Of arrays with one, two and three axes."""


def elementwise(draw, name):
    count = len(port_names(FUNCTIONS[name]))
    shapes = draw(arrays.mutually_broadcastable_shapes(num_shapes=count, max_dims=3, max_side=3))
    settings = {}
    if name == "leaky_relu":
        settings = draw(st.sampled_from([{}, {"slope": 0.25}]))
    if name == "elu":
        settings = draw(st.sampled_from([{}, {"alpha": 0.5}]))
    return list(shapes.input_shapes), settings


def reduction(draw, name):
    shape = draw(SHAPES)
    choices = [None] if not shape else [None, *range(-len(shape), len(shape))]
    axis = draw(st.sampled_from(choices))
    if len(shape) > 1 and draw(st.booleans()):
        axis = draw(st.sampled_from([(0, 1), (-1, 0)]))
    return [shape], {"axis": axis, "keepdims": draw(st.booleans())}


def along(draw, name):
    shape = draw(arrays.array_shapes(max_dims=3, max_side=3))
    return [shape], {"axis": draw(st.integers(-len(shape), len(shape) - 1))}


def loss(draw, name):
    shape = draw(SHAPES)
    settings = {"delta": draw(st.sampled_from([0.5, 2.0]))} if name == "huber" else {}
    return [shape, shape], settings


def joined(draw, name):
    shape, count = draw(arrays.array_shapes(max_dims=3, max_side=3)), draw(st.integers(1, 3))
    last = len(shape) if name == "stack" else len(shape) - 1
    choices = [*range(-last - 1, last + 1)] + ([None] if name == "concatenate" else [])
    return [shape] * count, {"axis": draw(st.sampled_from(choices)), "inputs": count}


def windows(draw, name):
    size, stride = draw(st.integers(1, 2)), draw(st.sampled_from([1, 2, (2, 1)]))
    settings = {"size": size, "stride": stride, "pad": draw(st.integers(0, 1))}
    return [(draw(st.integers(1, 2)), draw(st.integers(1, 2)), 4, 3)], settings


def fold(draw, name):
    (shape,), settings = windows(draw, name)
    patches = FUNCTIONS["unfold"](**settings).forward(np.ones(shape), **settings)
    return [patches.shape], {**settings, "shape": shape}


def conv2d(draw, name):
    count = draw(st.integers(2, 3))
    settings = {"stride": draw(st.integers(1, 2)), "pad": draw(st.integers(0, 1))}
    shapes = [(2, 2, 4, 3), (3, 2, 2, 2), (3,)][:count]
    return shapes, {**settings, "inputs": count}


def linear(draw, name):
    count = draw(st.integers(2, 3))
    front = draw(st.sampled_from([(), (2,), (2, 1)]))
    return [(*front, 3), (3, 2), (2,)][:count], {"inputs": count}


def product(draw, name):
    cases = [[(3,), (3,)], [(2, 3), (3,)], [(3,), (3, 2)], [(2, 3), (3, 1)], [(2, 2, 3), (3, 2)]]
    if name == "matmul":
        cases += [[(2, 1, 3), (2, 3, 2)], [(3,), (2, 3, 2)]]
    else:
        cases += [[(), (2, 3)], [(2,), ()], [(2, 3), (2, 3, 2)]]
    return draw(st.sampled_from(cases)), {}


def einsum(draw, name):
    shapes, text = draw(
        st.sampled_from(
            [
                ([(2, 3), (3, 2)], "ij,jk->ik"),
                ([(3, 3)], "ii->i"),
                ([(3, 3)], "ii"),
                ([(2, 3), (2, 3)], "...i,...i->..."),
                ([(2, 3)], "ij->j"),
                ([(2,), (3,), (2, 3)], "i,j,ij"),
            ]
        )
    )
    return shapes, {"subscripts": text, "inputs": len(shapes)}


def getitem(draw, name):
    shape = draw(arrays.array_shapes(max_dims=3, max_side=3))
    index = draw(st.sampled_from(INDICES[len(shape)]))
    return [shape], {"index": index}


def scatter(draw, name):
    (shape,), settings = getitem(draw, name)
    taken = FUNCTIONS["getitem"](**settings).forward(np.ones(shape), **settings)
    return [np.shape(taken)], {**settings, "shape": shape}


ARRANGED = {
    "reshape": ([(2, 3), (6,), (3, 2)], "shape", [(3, 2), (-1,), (6, 1), 6]),
    "transpose": ([(1, 2, 3)], "axes", [None, (0, 2, 1), (2, 0, 1), (-1, 0, 1)]),
    "expand_dims": ([(2, 3), (3,)], "axis", [0, -1, (0, 1)]),
    "squeeze": ([(1, 3, 1)], "axis", [None, 0, (0, 2)]),
    "flip": ([(2, 3), (3,)], "axis", [None, 0, (0,)]),
    "broadcast_to": ([(3, 1)], "shape", [(3, 2), (2, 3, 1), (3, 1)]),
    "sum_to": ([(2, 3, 2)], "shape", [(3, 2), (1, 2), (2, 1, 2), ()]),
    "split": ([(4, 2)], "sections", [2, (1, 3)]),
    "pad": ([(2, 3), (3,)], "pad_width", [1, (0, 2)]),
}


def arranged(draw, name):
    shapes, setting, choices = ARRANGED[name]
    told = {setting: draw(st.sampled_from(choices))}
    if name == "split":
        told["at"] = draw(st.integers(0, 1))
    if name == "pad":
        told["constant_values"] = draw(st.sampled_from([0.0, 1.5]))
    return [draw(st.sampled_from(shapes))], told


def fixed(*cases):
    return lambda draw, name: draw(st.sampled_from(cases))


OTHERS = {
    "outer": fixed(([(2,), (3,)], {})),
    "inv": fixed(([(3, 3)], {}), ([(2, 2, 2)], {})),
    "solve": fixed(
        ([(3, 3), (3,)], {}),
        ([(3, 3), (3, 2)], {}),
        ([(2, 3, 3), (3, 2)], {}),
        ([(2, 2, 2), (2,)], {}),
        ([(2, 2, 2), (2, 2)], {}),
    ),
    "trace": fixed(([(3, 3)], {}), ([(2, 3)], {})),
    "embedding": fixed(([(4,), (3, 2)], {}), ([(2, 2), (3, 2)], {})),
    "softmax_cross_entropy": fixed(([(4, 3), (4,)], {}), ([(1, 3), (1,)], {})),
    "layer_norm": fixed(([(2, 3), (3,), (3,)], {}), ([(3,), (3,), (3,)], {"eps": 0.1})),
    "batch_norm": fixed(
        ([(4, 2), (2,), (2,)], {}),
        ([(2, 2, 3, 1), (2,), (2,)], {"eps": 0.1}),
        ([(1, 2), (2,), (2,)], {}),
    ),
    "dropout": fixed(([(3, 4)], {}), ([(5,)], {"ratio": 0.25, "seed": 3}), ([()], {"seed": 1})),
    "conv2d": conv2d,
    "linear": linear,
    "matmul": product,
    "dot": product,
    "einsum": einsum,
    "getitem": getitem,
    "scatter": scatter,
    "unfold": windows,
    "max_pool": windows,
    "average_pool": windows,
    "fold": fold,
    "stack": joined,
    "concatenate": joined,
    "softmax": along,
    "log_softmax": along,
    **dict.fromkeys(REDUCTIONS, reduction),
    **dict.fromkeys(LOSSES, loss),
    **dict.fromkeys(ARRANGED, arranged),
}
CLASSES = {"embedding": 0, "softmax_cross_entropy": 1}
"""Which input of a Function holds whole numbers from 0 to 2."""


def value_for(draw, name, at, shape, ties):
    """Draw the value of one input; with `ties`, it may equal others, or lie on a limit."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if CLASSES.get(name) == at:
        return random.integers(0, 3, shape).astype(float)
    if ties and name == "pow":  # 0 to any power, and anything to the power 0
        return random.integers(0, 3, shape).astype(float)
    if ties and name not in DOMAINS and name not in ("inv", "solve"):
        return random.integers(-1, 3, shape).astype(float)
    value = random.uniform(*DOMAINS.get(name, (-2.0, 2.0)), shape)
    if name == "clip":  # whose limits do not cross
        value = value / 4 + (0.0, -1.0, 1.0)[at]
    return np.asarray(value)


SMOOTH = ("sin", "tanh", "sigmoid", "square", "softplus", "gelu", "arctan", "neg")
TWO = ("add", "sub", "mul", "maximum", "minimum", "arctan2")
FEWER = ("sum", "mean", "max", "logsumexp", "softmax", "norm")


@st.composite
def any_graphs(draw):
    """Draw a graph of many Functions, with Variables that are used more than once."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    graph, shapes = Graph(), {}

    def add(kind, sources, shape, value=None, told=None):
        made = f"b{len(graph) + 1}"
        graph.add(Block(made, kind, f"v{len(graph) + 1}", value, told or {}))
        for port, source in enumerate(sources):
            graph.connect(Wire(source, made, port))
        shapes[made] = shape
        return made

    for shape in draw(
        st.lists(st.sampled_from([(), (3,), (2, 1), (2, 3)]), min_size=1, max_size=3)
    ):
        kind = "constant" if shapes and draw(st.booleans()) else "input"
        add(kind, (), shape, random.uniform(-1.5, 1.5, shape))
    for _ in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from((*SMOOTH, *TWO, *FEWER)))
        first, second = (draw(st.sampled_from(list(shapes))) for _ in range(2))
        if kind in TWO:
            add(kind, (first, second), np.broadcast_shapes(shapes[first], shapes[second]))
        elif kind in FEWER and shapes[first]:
            told = {"axis": -1} if kind == "softmax" else {"axis": -1, "keepdims": True}
            shape = shapes[first] if kind == "softmax" else (*shapes[first][:-1], 1)
            add(kind, (first,), shape, told=told)
        else:
            add(draw(st.sampled_from(SMOOTH)), (first,), shapes[first])
    return graph, f"b{len(graph)}"


ON_NUMBERS = sorted(name for name, kind in FUNCTIONS.items() if kind.is_elementwise())
NUMBERS = st.one_of(
    st.floats(-3, 3),
    st.integers(-3, 3).map(float),
    st.sampled_from([-0.0, 0.5, 30.0, 800.0, 1e-200, 1e200, 5e-324, np.inf, -np.inf, np.nan]),
)


@st.composite
def number_graphs(draw):
    """Draw a graph of Functions on single numbers, some of which no computer can compute."""
    graph = Graph()
    for at in range(draw(st.integers(1, 3))):
        kind = "constant" if at and draw(st.booleans()) else "input"
        graph.add(Block(f"b{at}", kind, f"v{at}", np.array(draw(NUMBERS))))
    for at in range(len(graph), len(graph) + draw(st.integers(1, 8))):
        graph.add(Block(f"b{at}", draw(st.sampled_from(ON_NUMBERS)), f"v{at}"))
        for port in range(len(graph.ports(f"b{at}"))):
            graph.connect(Wire(f"b{draw(st.integers(0, at - 1))}", f"b{at}", port))
    return graph, f"b{at}"


@st.composite
def graphs_of(draw, name, *, ties=False):
    """Draw a graph with one use of a Function, smooth ones around it, and what to differentiate."""
    use = elementwise if FUNCTIONS[name].is_elementwise() else OTHERS[name]
    shapes, settings = use(draw, name)
    graph = Graph()

    def add(kind, label, value=None, told=None, sources=()):
        made = f"b{len(graph) + 1}"
        graph.add(Block(made, kind, label, value, told or {}))
        for port, source in enumerate(sources):
            graph.connect(Wire(source, made, port))
        return made

    xs = []
    for at, shape in enumerate(shapes):
        kind = "input" if at == 0 or draw(st.booleans()) else "constant"
        xs.append(add(kind, f"x{at}", value_for(draw, name, at, shape, ties)))
        if name not in (*DOMAINS, *CLASSES, "clip") and not ties and draw(st.booleans()):
            xs[-1] = add("sin", f"s{at}", sources=xs[-1:])
    if name in ("maximum", "minimum", "mul", "add") and draw(st.booleans()):
        xs = [xs[0]] * 2
    y = add(name, "f", told=settings, sources=xs)
    if draw(st.booleans()):
        weight = add(draw(st.sampled_from(("input", "constant"))), "w", np.array(0.5))
        y = add("mul", "m", sources=(weight, y))
    if draw(st.booleans()):
        other = add("tanh", "t", sources=(xs[-1],))
        y = add("add", "y", sources=(add("sum", "s", sources=(y,)), other))
    return graph, y
