"""One way through a program, term by term."""

from learngraph.model.value import Key, Text, Value


class DegreePlan(Value):
    """Learnings term by term, as one learner could take them; the first term is terms[0]."""

    key: Key
    program: Text | None = None
    name: Text | None = None
    terms: tuple[tuple[Text, ...], ...] = ()
