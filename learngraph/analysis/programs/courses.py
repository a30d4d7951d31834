"""The courses of a program as a graph of their own."""

from learngraph.analysis.programs.hidden import hidden_from
from learngraph.analysis.programs.inside import Inside
from learngraph.analysis.programs.program_plans import named_in, program_plan_of
from learngraph.graph.learning_graph import LearningGraph
from learngraph.model.learning import Program


def curriculum(
    graph: LearningGraph, *, program: str, plan: str | None = None, with_hidden: bool = False
) -> LearningGraph:
    """Give the courses that the plan of a program names, as a graph of their own.

    They are all courses that a line of the plan names, however deep; an achievement stands for the
    courses that grant it, and another program for what its own plan names. They keep the order of the
    graph; the program itself is left out. Options, achievements, providers, org and places are kept, and
    of the plans this one and the degree plans of the program.

    In their requirements, alternatives that the plan does not name are dropped from an any-of or at-least
    that has enough others. (An all-of is named when each of its parts is.) Otherwise an any-of
    stays as it is written, and refers to what is not there: a hidden prerequisite. An at-least asks for
    all of its branches that are named, and for as many of the others as are lacking. What `equivalents`
    of a course name counts as the course: a need for what is not there becomes a need for its equivalent
    that is. Conditions stay.

    Parameters
    ----------
    program
        The key of a program.
    plan
        The key of one of its plans. By default the one of the highest version is taken, of several the
        one with the latest `active_from`, then the one that is written last.
    with_hidden
        Whether the hidden prerequisites are pulled in: see `hidden_prerequisites` for the choice among
        alternatives. What is not in the graph, and programs, stay out.

    Raises
    ------
    UnknownKeyError
        where the program is not in the graph.
    NoProgramPlanError
        where it is a course, has no plan, or has none of that key.

    Examples
    --------
    >>> import learngraph as lg
    >>> university = lg.examples.university()
    >>> curriculum(university, program="MS DATA")
    <LearningGraph 'Quenbeck University catalogue 2026-27': 12 courses, 0 programs>
    """
    chosen = program_plan_of(graph, program, plan)
    named = named_in(graph, chosen)
    hidden = hidden_from(graph, program, chosen.key, named).courses if with_hidden else ()
    courses = {key for key in (*named.courses, *hidden) if not isinstance(graph[key], Program)}
    inside = Inside(graph, courses | named.programs)
    return LearningGraph(
        [inside.learning(learning) for learning in graph if learning.key in courses],
        options=graph.options,
        achievements=graph.achievements.values(),
        providers=graph.providers,
        program_plans=(chosen,),
        degree_plans=[one for one in graph.degree_plans if one.program and graph.index.resolve(one.program) == program],
        org=graph.org,
        places={key: place for key, place in graph.places.items() if key in courses},
    )
