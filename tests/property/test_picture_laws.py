"""Whatever is in a catalogue can be drawn, and can be read as far as it is written."""

import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from learngraph import LearningGraph, MissingGlyphsWarning, compare, curriculum_map, plot_comparison, plot_curriculum
from tests.picture_facts import nodes_outside, overlapping_texts, page, texts_outside
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


@given(before=graphs(), after=graphs())
@settings(max_examples=20)
def test_any_two_catalogues_can_be_compared_in_a_picture(before: LearningGraph, after: LearningGraph) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MissingGlyphsWarning)
        named, unnamed = plot_comparison(before, after, page()), plot_comparison(compare(before, after), ax=page())
        for ax in (named, unnamed):
            ax.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]  # it has one

    assert len(named.get_yticks()) == len(unnamed.get_yticks())
