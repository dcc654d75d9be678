"""Where every Function may be sampled: the one table that the properties of all are drawn from.

A row gives a strategy of cases. Numbers are kept away from poles, from kinks, and from each other,
so that a derivative found by trial can be trusted; a test may ask what happens there by name.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes_of

from engine import FUNCTIONS

NAMES = sorted(FUNCTIONS)

drawn = settings(
    max_examples=16,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""Few examples of each, and the same at every run: there are many Functions."""

LAYOUTS = ("as it is", "by columns", "backwards", "every other")
"""How an array lies in memory."""


@dataclass(frozen=True)
class Case:
    """What one Function is called on.

    Attributes
    ----------
    inputs
        The arrays, float64.
    settings
        What it is told.
    fixed
        The inputs that are no numbers to be nudged, such as the classes of a loss.
    """

    name: str
    inputs: tuple[Any, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    fixed: frozenset[int] = frozenset()

    def call(self, *xs):
        """Call the Function on other inputs."""
        return FUNCTIONS[self.name].apply(*xs, **self.settings)

    def __repr__(self):
        told = "".join(f", {name}={value!r}" for name, value in self.settings.items())
        return f"{self.name}({', '.join(str(x.shape) for x in self.inputs)}{told})"


def laid_out(x: Any, layout: str) -> Any:
    """Give the same numbers in another place in memory."""
    if not x.ndim:
        return x
    if layout == "by columns":
        return np.asfortranarray(x)
    if layout == "backwards":
        turn = (slice(None, None, -1),) * x.ndim
        return x[turn].copy()[turn]
    if layout == "every other":
        wide = np.full((*x.shape[:-1], 2 * x.shape[-1]), np.nan, x.dtype)
        wide[..., ::2] = x
        return wide[..., ::2]
    return x


LATTICE = 0.1
"""Numbers lie on a lattice, each input between the places of all others and of 0."""


def between(low: float, high: float, *, far: float = 0.0) -> Callable[..., Any]:
    """Draw numbers from an interval, those within `far` of 0 moved away from it."""

    def draw(random, shape, place):
        steps = random.integers(round(low / LATTICE), round(high / LATTICE), shape)
        x = (steps + place) * LATTICE
        return x + np.copysign(far, x)

    return draw


def apart(low: float, high: float) -> Callable[..., Any]:
    """Draw numbers of which no two are close."""

    def draw(random, shape, place):
        count = math.prod(shape)
        grid = low + (high - low) * (np.arange(count) + place) / max(count, 1)
        return random.permutation(grid).reshape(shape)

    return draw


def regular(random, shape, place):
    """Draw matrices that have an inverse."""
    return random.uniform(-1, 1, shape) + 3 * np.eye(shape[-1])


WIDE, POSITIVE, SHARE = between(-2, 2), between(0.3, 2), between(0.1, 0.9)
FAR = between(-2, 2, far=0.2)

any_shape = shapes_of.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
full_shape = shapes_of.array_shapes(min_dims=0, max_dims=3, max_side=3)
sizes = st.integers(0, 3)
whole_sizes = st.integers(1, 3)


def row(draw_shapes, *ranges, settings=None, fixed=()):
    """Make the row of one Function.

    Parameters
    ----------
    draw_shapes
        Strategy of a tuple of shapes, one an input.
    ranges
        What draws the numbers of each input; the last stands for all that follow.
    settings
        Takes the shapes and gives a strategy of the settings.
    fixed
        Places of inputs that are not to be nudged.
    """

    @st.composite
    def cases(draw, name):
        shapes = draw(draw_shapes)
        told = draw(settings(*shapes)) if settings else {}
        random = np.random.default_rng(draw(st.integers(0, 2**16)))
        inputs = []
        for at, shape in enumerate(shapes):
            numbers = ranges[min(at, len(ranges) - 1)]
            inputs.append(np.asarray(numbers(random, shape, (at + 1) / (len(shapes) + 1))))
        return Case(name, tuple(inputs), told, frozenset(fixed))

    return cases


def broadcastable(count):
    """Draw shapes of several inputs that broadcast."""
    drawn = shapes_of.mutually_broadcastable_shapes(
        num_shapes=count, min_dims=0, max_dims=3, min_side=0, max_side=3
    )
    return drawn.map(lambda found: found.input_shapes)


def alone(shape):
    return shape.map(lambda found: (found,))


def alike(count, shape=full_shape):
    return shape.map(lambda found: (found,) * count)


def told(**strategies):
    """Draw settings that depend on no shape."""
    return lambda *shapes: st.fixed_dictionaries(strategies)


ONE = alone(any_shape)


# Arithmetic, elementary functions, activations


def single(*ranges, **rest):
    return row(ONE, *ranges, **rest)


def pair(*ranges, **rest):
    return row(broadcastable(2), *ranges, **rest)


# Reductions


def axes_in(shape, *, several=True):
    """Draw axes of a shape: None, one, or several."""
    ndim = len(shape)
    choices = [st.none()]
    if ndim:
        choices.append(st.integers(-ndim, ndim - 1))
        if several:
            picked = st.lists(st.integers(0, ndim - 1), unique=True, max_size=ndim)
            choices.append(picked.map(tuple))
    return st.one_of(choices)


def along(shape):
    return st.fixed_dictionaries({"axis": axes_in(shape), "keepdims": st.booleans()})


def along_some(shape):
    """Draw axes along which there are elements."""

    def some(told):
        axes = range(len(shape)) if told["axis"] is None else np.atleast_1d(told["axis"])
        return all(shape[int(at)] for at in axes)

    return along(shape).filter(some)


def reduction(draw, settings=along):
    return row(ONE, draw, settings=settings)


def one_axis(shape):
    return st.fixed_dictionaries({"axis": st.integers(-len(shape), len(shape) - 1)})


with_axis = shapes_of.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3)

# Shapes


@st.composite
def same_size(draw, shape):
    """Draw a shape of as many elements, one of its sizes perhaps left open."""
    rest, found = math.prod(shape), []
    while rest > 1 and draw(st.booleans()):
        divisor = draw(st.sampled_from([n for n in range(1, rest + 1) if rest % n == 0]))
        found.append(divisor)
        rest //= divisor
    found.append(rest)
    if rest and draw(st.booleans()):
        found[draw(st.integers(0, len(found) - 1))] = -1
    return {"shape": tuple(found)}


@st.composite
def wider(draw, shape):
    sizes_of = tuple(draw(sizes) if size == 1 else size for size in shape)
    before = draw(st.lists(sizes, max_size=2))
    return {"shape": (*before, *sizes_of)}


@st.composite
def narrower(draw, shape):
    kept = shape[draw(st.integers(0, len(shape))) :]
    return {"shape": tuple(1 if draw(st.booleans()) else size for size in kept)}


@st.composite
def other_order(draw, shape):
    if draw(st.booleans()):
        return {"axes": None}
    ndim = len(shape)
    order = draw(st.permutations(range(ndim)))
    return {"axes": tuple(at - ndim if draw(st.booleans()) else at for at in order)}


@st.composite
def new_places(draw, shape):
    if draw(st.booleans()):
        return {"axis": draw(st.integers(-len(shape) - 1, len(shape)))}
    return {
        "axis": tuple(
            draw(st.lists(st.integers(0, len(shape) + 1), unique=True, min_size=2, max_size=2))
        )
    }


@st.composite
def ones_of(draw, shape):
    ones = [at for at, size in enumerate(shape) if size == 1]
    if not ones or draw(st.booleans()):
        return {"axis": None}
    return {"axis": tuple(draw(st.lists(st.sampled_from(ones), unique=True)))}


@st.composite
def frame(draw, shape):
    width = st.integers(0, 2)
    each = st.tuples(*[st.tuples(width, width)] * len(shape))
    widths = draw(st.one_of(width, st.tuples(width, width), each if shape else width))
    return {"pad_width": widths, "constant_values": draw(st.sampled_from([0.0, 1.5]))}


@st.composite
def concatenations(draw, name):
    """Shapes that differ along one axis, or any where all is flattened."""
    flat = draw(st.booleans())
    if flat:
        shapes = draw(st.lists(any_shape, min_size=1, max_size=3))
        axis = None
    else:
        shape = draw(with_axis)
        axis = draw(st.integers(-len(shape), len(shape) - 1))
        at = axis % len(shape)
        lengths = draw(st.lists(sizes, min_size=1, max_size=3))
        shapes = [(*shape[:at], length, *shape[at + 1 :]) for length in lengths]
    return draw(row(st.just(tuple(shapes)), WIDE, settings=told(axis=st.just(axis)))(name))


@st.composite
def cut(draw, shape):
    axis = draw(st.integers(-len(shape), len(shape) - 1))
    size = shape[axis]
    if draw(st.booleans()):
        parts = draw(st.sampled_from([n for n in range(1, max(size, 1) + 1) if size % n == 0]))
        count, sections = parts, parts
    else:
        places = draw(st.lists(st.integers(0, size), max_size=2).map(sorted))
        count, sections = len(places) + 1, tuple(places)
    return {"sections": sections, "axis": axis, "at": draw(st.integers(-count, count - 1))}


def indices(shape):
    """Draw an index of any kind that fits."""
    if not shape or 0 in shape:
        return shapes_of.basic_indices(shape, allow_newaxis=True)
    masks = shapes_of.arrays(np.bool_, shape)
    return st.one_of(
        shapes_of.basic_indices(shape, allow_newaxis=True),
        shapes_of.integer_array_indices(shape, result_shape=shapes_of.array_shapes(max_dims=2)),
        masks,
    )


def index_in(shape):
    return st.fixed_dictionaries({"index": indices(shape)})


@st.composite
def scattered(draw, name):
    shape = draw(any_shape)
    index = draw(indices(shape))
    taken = np.zeros(shape)[index].shape
    settings = told(index=st.just(index), shape=st.just(shape))
    return draw(row(st.just((taken,)), WIDE, settings=settings)(name))


# Linear algebra

stacks = st.lists(st.integers(0, 2), max_size=1).map(tuple)


@st.composite
def products(draw):
    inner, rows, columns = draw(st.tuples(sizes, sizes, sizes))
    front = draw(shapes_of.mutually_broadcastable_shapes(num_shapes=2, max_dims=1, max_side=3))
    one, other = front.input_shapes
    left, right = draw(st.tuples(st.booleans(), st.booleans()))
    return (
        (*one, rows, inner) if left else (inner,),
        (*other, inner, columns) if right else (inner,),
    )


@st.composite
def dots(draw):
    inner = draw(sizes)
    left = draw(st.one_of(st.none(), st.lists(sizes, max_size=2)))
    right = draw(st.one_of(st.none(), st.lists(sizes, max_size=2)))
    one = () if left is None else (*left, inner)
    if right is None:
        return one, ()
    return one, (*right[:-1], inner, *right[-1:])


@st.composite
def equations(draw):
    size = draw(whole_sizes)
    front = draw(shapes_of.mutually_broadcastable_shapes(num_shapes=2, max_dims=1, max_side=2))
    one, other = front.input_shapes
    vector = draw(st.booleans())
    return (*one, size, size), (size,) if vector else (*other, size, draw(whole_sizes))


squares = st.tuples(stacks, whole_sizes).map(lambda found: ((*found[0], found[1], found[1]),))

SUBSCRIPTS = (
    "ij,jk->ik",
    "ij->ji",
    "ij->",
    "ii->i",
    "ii",
    "iij->j",
    "ii,ij->j",
    "i,j->ij",
    "i,i,i->i",
    "bij,bjk->bik",
    "...i->...",
    "i...,i...->...",
    "...i->i",
    ",->",
    ",ij->ji",
    "ij,j",
)


@st.composite
def sums_of_products(draw, name):
    subscripts = draw(st.sampled_from(SUBSCRIPTS))
    length = {letter: draw(sizes) for letter in "ijkb"}
    more = tuple(draw(st.lists(sizes, max_size=2)))
    shapes = []
    for term in subscripts.partition("->")[0].split(","):
        before, dots_, after = term.partition("...")
        middle = more if dots_ else ()
        shapes.append((*(length[x] for x in before), *middle, *(length[x] for x in after)))
    settings = told(subscripts=st.just(subscripts))
    return draw(row(st.just(tuple(shapes)), WIDE, settings=settings)(name))


# Neural nets


@st.composite
def layers(draw):
    inner, width = draw(whole_sizes), draw(whole_sizes)
    front = draw(st.lists(sizes, max_size=2))
    shapes = ((*front, inner), (inner, width), (width,))
    return shapes if draw(st.booleans()) else shapes[:2]


@st.composite
def normalised(draw):
    *front, width = draw(with_axis)
    return (*front, width), (width,), (width,)


@st.composite
def batches(draw):
    shape = draw(shapes_of.array_shapes(min_dims=2, max_dims=4, max_side=3))
    return shape, shape[1:2], shape[1:2]


eps = told(eps=st.sampled_from([1e-2, 0.1]))


@st.composite
def tables(draw, name):
    rows, columns = draw(whole_sizes), draw(sizes)
    ids = draw(any_shape)

    def whole(random, shape, place):
        return random.integers(0, rows, shape).astype(float)

    return draw(row(st.just((ids, (rows, columns))), whole, WIDE, fixed=(0,))(name))


patch = st.one_of(st.integers(1, 2), st.tuples(whole_sizes, whole_sizes))
strides = st.one_of(st.none(), st.integers(1, 2), st.tuples(whole_sizes, whole_sizes))


@st.composite
def images(draw, smallest=3):
    return (draw(sizes), draw(whole_sizes), *(draw(st.integers(smallest, 4)) for _ in "hw"))


def both(one):
    return one if isinstance(one, tuple) else (one, one)


@st.composite
def windows(draw, *shapes, own_stride=False):
    """Draw a window that is never wholly in the frame around an image."""
    size = draw(patch)
    least = min(both(size)) - 1
    stride = draw(strides if own_stride else strides.map(lambda found: found or 1))
    return {"size": size, "stride": stride, "pad": draw(st.integers(0, min(1, least)))}


def pool_windows(*shapes):
    return windows(own_stride=True)


@st.composite
def folded(draw, name):
    shape, settings = draw(images()), draw(windows())
    pad = settings["pad"]
    counts = (
        (side + 2 * pad - size) // stride + 1
        for side, size, stride in zip(
            shape[2:], both(settings["size"]), both(settings["stride"]), strict=True
        )
    )
    patches = (*shape[:2], *both(settings["size"]), *counts)
    settings = st.just({**settings, "shape": shape})
    return draw(row(st.just((patches,)), WIDE, settings=lambda *_: settings)(name))


@st.composite
def convolutions(draw, name):
    image = draw(images())
    outputs, height, width = draw(st.tuples(whole_sizes, whole_sizes, whole_sizes))
    shapes = (image, (outputs, image[1], height, width), (outputs,))
    stride = draw(strides.map(lambda found: found or 1))
    settings = st.just({"stride": stride, "pad": draw(st.integers(0, 1))})
    shapes = shapes if draw(st.booleans()) else shapes[:2]
    return draw(row(st.just(shapes), WIDE, settings=lambda *_: settings)(name))


@st.composite
def classified(draw, name):
    cases, classes = draw(whole_sizes), draw(whole_sizes)

    def classes_of(random, shape, place):
        return random.integers(0, classes, shape).astype(float)

    shapes = st.just(((cases, classes), (cases,)))
    return draw(row(shapes, WIDE, classes_of, fixed=(1,))(name))


DOMAINS: dict[str, Callable[[str], Any]] = {
    # Arithmetic
    **dict.fromkeys(("add", "sub", "mul", "maximum", "minimum"), pair(WIDE)),
    **dict.fromkeys(("neg", "abs", "sign"), single(WIDE)),
    "div": pair(WIDE, FAR),
    "pow": pair(POSITIVE, WIDE),
    "heaviside": pair(WIDE),
    "clip": row(broadcastable(3), WIDE, between(-1, -0.5), between(0.5, 1)),
    "where": row(broadcastable(3), WIDE),
    # Elementary functions
    **dict.fromkeys(("square", "exp", "expm1", "sin", "cos", "tanh", "arctan"), single(WIDE)),
    **dict.fromkeys(("sinh", "cosh", "erf"), single(WIDE)),
    **dict.fromkeys(("sqrt", "log", "log2", "log10"), single(POSITIVE)),
    "log1p": single(between(-0.7, 2)),
    "tan": single(between(-1.2, 1.2)),
    **dict.fromkeys(("arcsin", "arccos"), single(between(-0.8, 0.8))),
    "arctan2": pair(FAR),
    # Activations
    **dict.fromkeys(("sigmoid", "relu", "gelu", "silu", "softplus"), single(WIDE)),
    "leaky_relu": single(WIDE, settings=told(slope=st.sampled_from([0.01, 0.3]))),
    "elu": single(WIDE, settings=told(alpha=st.sampled_from([1.0, 0.5]))),
    **dict.fromkeys(("softmax", "log_softmax"), row(alone(with_axis), WIDE, settings=one_axis)),
    # Reductions
    **dict.fromkeys(("sum", "prod"), reduction(WIDE)),
    **dict.fromkeys(("mean", "var", "logsumexp"), reduction(WIDE, along_some)),
    **dict.fromkeys(("max", "min"), reduction(apart(-2, 2), along_some)),
    "std": reduction(apart(-2, 2), along_some),
    "norm": reduction(FAR),
    # Shapes
    "reshape": row(ONE, WIDE, settings=same_size),
    "broadcast_to": row(ONE, WIDE, settings=wider),
    "sum_to": row(ONE, WIDE, settings=narrower),
    "transpose": row(ONE, WIDE, settings=other_order),
    "expand_dims": row(ONE, WIDE, settings=new_places),
    "squeeze": row(ONE, WIDE, settings=ones_of),
    "flip": row(ONE, WIDE, settings=lambda x: st.fixed_dictionaries({"axis": axes_in(x)})),
    "pad": row(ONE, WIDE, settings=frame),
    "concatenate": concatenations,
    "stack": row(
        st.tuples(any_shape, whole_sizes).map(lambda found: (found[0],) * found[1]),
        WIDE,
        settings=lambda x, *_: st.fixed_dictionaries({"axis": st.integers(-len(x) - 1, len(x))}),
    ),
    "split": row(alone(with_axis), WIDE, settings=cut),
    "getitem": row(ONE, WIDE, settings=index_in),
    "scatter": scattered,
    # Linear algebra
    "matmul": row(products(), WIDE),
    "dot": row(dots(), WIDE),
    "outer": row(st.tuples(sizes, sizes).map(lambda n: ((n[0],), (n[1],))), WIDE),
    "inv": row(squares, regular),
    "solve": row(equations(), regular, WIDE),
    "trace": row(st.tuples(sizes, sizes).map(lambda n: (n,)), WIDE),
    "einsum": sums_of_products,
    # Neural nets
    "linear": row(layers(), WIDE),
    "embedding": tables,
    "layer_norm": row(normalised(), apart(-2, 2), WIDE, settings=eps),
    "batch_norm": row(batches(), apart(-2, 2), WIDE, settings=eps),
    "dropout": row(
        ONE, WIDE, settings=told(ratio=st.sampled_from([0.0, 0.3]), seed=st.integers(0, 9))
    ),
    "conv2d": convolutions,
    "unfold": row(alone(images()), WIDE, settings=windows),
    "fold": folded,
    "max_pool": row(alone(images()), apart(-2, 2), settings=pool_windows),
    "average_pool": row(alone(images()), WIDE, settings=pool_windows),
    # Losses
    **dict.fromkeys(("mean_squared_error", "mean_absolute_error"), row(alike(2), WIDE)),
    "huber": row(alike(2), WIDE, settings=told(delta=st.sampled_from([0.5, 1.0]))),
    "binary_cross_entropy": row(alike(2), SHARE),
    "binary_cross_entropy_with_logits": row(alike(2), WIDE),
    "softmax_cross_entropy": classified,
}
"""A row a Function; what gives a strategy of its cases."""


def cases(name: str):
    """Give a strategy of the cases of one Function."""
    return DOMAINS[name](name)
