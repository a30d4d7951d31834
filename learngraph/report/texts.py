"""What is shown of texts and numbers: nothing hides, nothing is longer than a line or two."""

from collections.abc import Iterator

from learngraph.markup import printable
from learngraph.model.grades import GradeScale
from learngraph.model.learning import Learning
from learngraph.model.relation import REQUIREMENT_RELATIONS, Relation
from learngraph.model.requirement import Need
from learngraph.model.wording import in_words

_LONGEST = 200  # letters of a key or name
_LONGEST_WORDS = 5_000  # letters of a requirement
_JOINERS = "\u200c\u200d"  # many scripts cannot be written without them
_EXACT = 2**53  # a browser's numbers are exact up to here
_LARGEST = 1e308


def shown(text: str, most: int = _LONGEST) -> str:
    r"""Give a text as people see it: cut where it is very long, with what would hide or turn it made visible.

    Examples
    --------
    >>> shown("A\u202eB"), shown("A" * 300)[-5:]
    ('A\\u202eB', 'AA...')
    """
    plain = printable(text, keep=_JOINERS)
    return plain if len(plain) <= most else f"{plain[:most]}..."


def number(value: float | None) -> int | float | None:
    """Give a number that a browser can read; very large ones lose their last digits.

    Examples
    --------
    >>> number(3), number(2**53 + 1), number(10**400)
    (3, 9007199254740992.0, 1e+308)
    """
    if value is None or abs(value) < _EXACT:
        return value
    return float(value) if abs(value) < _LARGEST else _LARGEST


def asks(learning: Learning, scale: GradeScale) -> Iterator[tuple[Relation, str]]:
    """Give what a learning asks for and what it grants, in words, relation by relation.

    Examples
    --------
    >>> from learngraph.model.learning import Course
    >>> scale = GradeScale.named("us")
    >>> [(str(relation), words) for relation, words in asks(Course(key="B", prerequisites=["A", "C"]), scale)]
    [('prerequisite', 'A; C')]
    >>> [(str(relation), words) for relation, words in asks(Course(key="B", outcomes=["badge"]), scale)]
    [('outcome', 'badge')]
    """
    for relation in REQUIREMENT_RELATIONS:
        words = "; ".join(in_words(one, scale) for one in learning.requirements(relation))
        if words:
            yield relation, shown(words, _LONGEST_WORDS)
    if learning.outcomes:
        granted = (Need(key=one.achievement, minimum_grade=one.minimum_grade) for one in learning.outcomes)
        yield Relation.OUTCOME, shown("; ".join(in_words(one, scale) for one in granted), _LONGEST_WORDS)
