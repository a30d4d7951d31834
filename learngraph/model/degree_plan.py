"""One way through a program, term by term."""

from pydantic import Field

from learngraph.model.value import Value


class DegreePlan(Value):
    """Learnings term by term, as one learner could take them; the first term is terms[0]."""

    key: str = Field(min_length=1)
    program: str | None = None
    name: str | None = None
    terms: tuple[tuple[str, ...], ...] = ()
