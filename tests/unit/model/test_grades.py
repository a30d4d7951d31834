import pytest

from learngraph import GradeScale, InvalidValueError, LearnGraphError, Options, UnknownGradeError, UnknownScaleError


@pytest.mark.parametrize(
    ("scale", "letter", "points"),
    [
        pytest.param("us", "A", 4, id="A"),
        pytest.param("us", "B+", 3.3, id="B+"),
        pytest.param("us", "b+", 3.3, id="lower case"),
        pytest.param("us", " C- ", 1.7, id="spaces"),
        pytest.param("us", "F", 0, id="F"),
        pytest.param("us", "P", None, id="pass"),
        pytest.param("itu", "AA", 4, id="AA"),
        pytest.param("itu", "BA", 3.5, id="BA"),
        pytest.param("itu", "dd", 1, id="dd"),
        pytest.param("itu", "BL", None, id="BL"),
    ],
)
def test_letters_are_worth_points(scale: str, letter: str, points: float | None) -> None:
    worth = GradeScale.named(scale).points(letter)

    assert worth == points
    assert type(worth) is type(points)


def test_case_and_spaces_do_not_count_in_a_scale_of_ones_own() -> None:
    scale = GradeScale(letters={"Pass": None, "aa": 4})

    assert scale.points("pass") is None
    assert scale.points("PASS ") is None
    assert scale.points("AA") == 4


def test_a_letter_that_is_written_exactly_comes_first() -> None:
    scale = GradeScale(letters={"A": 4, "a": 1})

    assert (scale.points("A"), scale.points("a")) == (4, 1)


@pytest.mark.parametrize("letter", ["E", "", "A++", "4.0"])
def test_a_letter_that_is_not_in_the_scale_is_named_with_the_scale(letter: str) -> None:
    with pytest.raises(UnknownGradeError) as caught:
        GradeScale(letters={"A": 4, "B": 3}).points(letter)

    assert (caught.value.grade, caught.value.scale) == (letter, ("A", "B"))
    assert isinstance(caught.value, LookupError)
    assert "A, B" in str(caught.value)


def test_a_scale_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UnknownScaleError) as caught:
        GradeScale.named("ects")

    assert caught.value.name == "ects"
    assert all(known in str(caught.value) for known in ("ects", "us", "itu"))


@pytest.mark.parametrize(
    ("letters", "top"),
    [
        pytest.param({"A": 4, "B": 3.5, "P": None}, 4, id="letters"),
        pytest.param({"1": 1, "5": 5.0}, 5.0, id="the highest number is best"),
        pytest.param({"P": None}, None, id="passes only"),
        pytest.param({}, None, id="nothing"),
        pytest.param({"F": 0}, 0, id="zero"),
        pytest.param({"F": -1}, -1, id="less than nothing"),
    ],
)
def test_the_top_of_a_scale_is_the_most_points(letters: dict[str, float | None], top: float | None) -> None:
    assert GradeScale(letters=letters).top == top


def test_points_are_turned_into_the_shortest_letter_that_is_worth_them() -> None:
    scale = GradeScale(letters={"A+": 4, "A": 4, "B": 3, "P": None, "F": 0})

    assert [scale.letter(points) for points in (4, 3.0, 0, 3.5)] == ["A", "B", "F", None]


@pytest.mark.parametrize(
    "worth",
    [
        pytest.param("4", id="text"),
        pytest.param(True, id="true"),
        pytest.param([4], id="list"),
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="infinity"),
    ],
)
def test_a_letter_is_worth_a_number_or_nothing(worth: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        GradeScale(letters={"A": 4, "B": worth})
    assert [field for field, _ in caught.value.faults] == ["letters"]

    with pytest.raises(LearnGraphError):
        Options(grades={"A": 4, "B": worth})


def test_options_name_a_scale_or_hold_one() -> None:
    assert Options().scale == GradeScale.named("us")
    assert Options(grades="itu").scale.points("BB") == 3
    assert Options(grades={"A": 10}).scale == GradeScale(letters={"A": 10})


@pytest.mark.parametrize("grades", [pytest.param("ects", id="unknown name"), pytest.param(4, id="number")])
def test_options_refuse_what_is_no_scale(grades: object) -> None:
    with pytest.raises(LearnGraphError, match="scale"):
        Options(grades=grades)


def test_the_scale_of_options_keeps_numbers_and_order_as_they_were_written() -> None:
    whole = Options(grades={"A": 4, "X": 4}).scale
    broken = Options(grades={"X": 4.0, "A": 4.0}).scale

    assert (type(whole.points("A")), whole.letter(4)) == (int, "A")
    assert (type(broken.points("A")), broken.letter(4)) == (float, "X")
