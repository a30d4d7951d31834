"""Whatever is in a catalogue can be drawn, and can be read as far as it is written."""

import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from learngraph import (
    LearningGraph,
    MissingGlyphsWarning,
    compare,
    curriculum_map,
    plot_comparison,
    plot_curriculum,
    plot_metric,
)
from tests.picture_facts import laid, nodes_outside, overlapping_texts, page, texts_outside
from tests.property.strategies import graphs


@given(graph=graphs(), width=st.floats(3, 12), data=st.data())
@settings(max_examples=20)
def test_any_catalogue_can_be_drawn_on_any_axes(graph: LearningGraph, width: float, data: st.DataObject) -> None:
    lit = data.draw(st.sampled_from([None, *(learning.key for learning in graph)]))
    numbers = {learning.key: float(place) for place, learning in enumerate(graph)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingGlyphsWarning)
        ax = plot_curriculum(graph, page(width, 8), colour=numbers, size=numbers, highlight=lit)

        assert overlapping_texts(ax) == []
        assert texts_outside(ax) == []
        assert nodes_outside(ax, curriculum_map(graph)) == []


@given(before=graphs(), after=graphs(), width=st.floats(3, 12), height=st.floats(2, 8))
@settings(max_examples=20)
def test_any_two_catalogues_can_be_compared_in_a_picture(
    before: LearningGraph, after: LearningGraph, width: float, height: float
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingGlyphsWarning)
        named, unnamed = plot_comparison(before, after, page()), plot_comparison(compare(before, after), ax=page())
        small = plot_comparison(before, after, laid(width, height))
        for ax in (named, unnamed, small):
            assert overlapping_texts(ax) == []
        assert texts_outside(small) == []

    assert len(named.get_yticks()) == len(unnamed.get_yticks())


@given(graph=graphs(), width=st.floats(3, 12), height=st.floats(2, 8), data=st.data())
@settings(max_examples=20)
def test_any_numbers_can_be_ranked_on_any_axes(
    graph: LearningGraph, width: float, height: float, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from([st.integers(-9, 99), st.integers(), st.floats(-1e6, 1e6), st.just(3)]))
    numbers = {learning.key: data.draw(number) for learning in graph}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingGlyphsWarning)
        ax = plot_metric(graph, numbers, laid(width, height))

        assert overlapping_texts(ax) == []
        assert texts_outside(ax) == []
