"""A walk as lines of JSON, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.depth import Depth, details, narrate_at
from engine.finely import Part, parts_of
from engine.moment import Moment, work_lists
from engine.phases import Grain
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep
from engine.values import json_line, plain_value


def walk_json(
    recording: Recording, depth: Depth = "student", grain: Grain = "block"
) -> Iterator[str]:
    """Write a walk as JSON, an object a line for each step, every number in full.

    NaN and infinities, which JSON does not have, are the texts "nan", "inf" and "-inf". With a
    finer grain, each part of a step back is an object, with its lines of code.
    """
    before: list[str] = []
    bad = recording.first_bad
    for index, (step, waiting) in enumerate(
        zip(recording.steps, work_lists(recording), strict=True)
    ):
        block = recording.blocks[step.block]
        if grain != "block" and isinstance(step, BackwardStep) and step.contributions:
            for part in parts_of(recording, index, grain, before):
                yield json_line(_part(recording, part))
            before = waiting
            continue
        before = waiting
        facts: dict[str, Any] = {
            "step": index + 1,
            "direction": _direction(step),
            "block": block.id,
            "kind": block.kind,
            "name": block.name,
        }
        match step:
            case ForwardStep():
                facts["inputs"] = [
                    {"port": wire.port, **_variable(recording, wire.source)} for wire in step.inputs
                ]
                facts["value"] = plain_value(step.value)
            case SeedStep():
                facts |= {"gradient": plain_value(step.gradient)}
            case BackwardStep():
                facts["popped"] = block.id
                facts["upstream"] = plain_value(step.upstream)
                facts["contributions"] = [
                    _contribution(recording, part) for part in step.contributions
                ]
        if not isinstance(step, ForwardStep):
            facts |= {"pushed": list(step.pushed), "work_list": waiting}
        moment = Moment(recording, index)
        told = narrate_at(moment, depth)
        facts["rules"] = [line.rule for line in told.lines]
        facts["sentence"] = told.sentence
        if depth == "engineer":
            facts["details"] = [{"what": d.what, "text": d.text} for d in details(moment)]
        if bad is not None and bad.step == index:
            facts["went_wrong"] = bad.sentence
        yield json_line(facts)


def _part(recording: Recording, part: Part) -> dict[str, Any]:
    block = recording.blocks[recording.steps[part.step].block]
    return {
        "step": part.step + 1,
        "part": part.part,
        "direction": "backward",
        "block": block.id,
        "kind": block.kind,
        "name": block.name,
        "code": list(part.code),
        "says": list(part.said),
        "contributions": [_contribution(recording, each) for each in part.contributions],
        "work_list": list(part.work_list),
    }


def _direction(step: ForwardStep | SeedStep | BackwardStep) -> str:
    return "forward" if isinstance(step, ForwardStep) else "backward"


def _variable(recording: Recording, block: str) -> dict[str, Any]:
    value = recording.value(block)
    return {
        "block": block,
        "name": recording.blocks[block].name,
        "value": None if value is None else plain_value(value),
    }


def _contribution(recording: Recording, part: Contribution) -> dict[str, Any]:
    return {
        "port": part.wire.port,
        "block": part.wire.source,
        "name": recording.blocks[part.wire.source].name,
        "local": None if part.local is None else plain_value(part.local),
        "contribution": plain_value(part.value),
        "before": None if part.before is None else plain_value(part.before),
        "after": plain_value(part.after),
    }
