"""Parts of a course network: some of its courses, with all that joins them."""

from collections.abc import Iterable, Iterator

from learngraph.analysis.measuring.network import CourseNetwork, Neighbours, steps_of


class Parts:
    """Gives parts of one network; what all of them need is found once, and each costs only what it holds.

    Examples
    --------
    >>> from learngraph.analysis.measuring.network import course_network
    >>> from learngraph.graph.learning_graph import LearningGraph
    >>> from learngraph.model.learning import Course
    >>> whole = course_network(LearningGraph([Course(key="A"), Course(key="B", prerequisites=["A"]), Course(key="C")]))
    >>> Parts(whole).induced(Parts(whole).around([1])).keys
    ('A', 'B')
    """

    def __init__(self, network: CourseNetwork) -> None:
        self._network = network
        self._after: list[list[int]] = [[] for _ in network.courses]
        for start, end in network.edges:
            self._after[start].append(end)
        self._selves = {circle[0] for circle in network.circles if len(circle) == 1}

    def induced(self, courses: Iterable[int]) -> CourseNetwork:
        """Give the network of some courses, in graph order, with each edge between two of them."""
        kept = sorted(set(courses))
        number = {course: place for place, course in enumerate(kept)}
        edges = tuple((number[start], number[end]) for start in kept for end in self._after[start] if end in number)
        steps = steps_of(len(kept), edges)
        selves = ((number[course],) for course in kept if course in self._selves)
        circles = tuple(sorted((*selves, *(inside for inside in steps.members if len(inside) > 1))))
        return CourseNetwork(tuple(self._network.courses[course] for course in kept), edges, steps, circles, 0)

    def around(self, courses: Iterable[int]) -> tuple[int, ...]:
        """Give courses with all that they need and all that need them, sooner or later, in graph order."""
        steps = self._network.steps
        wanted = set(courses)
        starts = {step for step, members in enumerate(steps.members) if not wanted.isdisjoint(members)}
        found = _reached(starts, steps.before) | _reached(starts, steps.after)
        return tuple(sorted(course for step in found for course in steps.members[step]))

    def each_around(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Give each part that is around some course, once, and the courses around which it is."""
        steps = self._network.steps
        onward = _masks(steps.order[::-1], steps.after)
        backward = _masks(steps.order, steps.before)
        centres: dict[int, list[int]] = {}
        for step, members in enumerate(steps.members):
            centres.setdefault(onward[step] | backward[step], []).extend(members)
        for mask, inside in centres.items():
            yield tuple(course for step in _bits(mask) for course in steps.members[step]), tuple(inside)


def _reached(starts: set[int], onward: Neighbours) -> set[int]:
    found, queue = set(starts), list(starts)
    while queue:
        for other in onward[queue.pop()]:
            if other not in found:
                found.add(other)
                queue.append(other)
    return found


def _masks(order: tuple[int, ...], onward: Neighbours) -> list[int]:
    """Give for each step a bit for itself and one for each step that it leads to; `order` has those first."""
    found = [0] * len(order)
    for step in order:
        mask = 1 << step
        for other in onward[step]:
            mask |= found[other]
        found[step] = mask
    return found


def _bits(mask: int) -> Iterator[int]:
    text = bin(mask)[:1:-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)
