"""One number a course, and their sum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learngraph.analysis.measuring.weights import Exact, plain
from learngraph.markup import Table, Tabular


@dataclass(frozen=True, slots=True, repr=False)
class CourseNumbers(Tabular):
    """One number for each of some courses, in graph order, their sum, and what they are called."""

    name: str
    courses: Mapping[str, int | float]
    total: int | float

    @classmethod
    def of(cls, name: str, numbers: Iterable[tuple[str, Exact]]) -> "CourseNumbers":
        """Add up exact numbers and keep them as people write them."""
        found = dict(numbers)
        return cls(name, {key: plain(number) for key, number in found.items()}, plain(sum(found.values())))

    @property
    def table(self) -> Table:
        """A row a course."""
        return Table(("key", self.name), list(self.courses.items()))

    def __repr__(self) -> str:
        return f"<CourseNumbers: {self.name} of {len(self.courses)} courses, {self.total} in all>"
