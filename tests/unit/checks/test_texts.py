"""Texts: what scraping, spreadsheets and wrong encodings do to names and descriptions."""

from typing import Any

import pytest

from learngraph import Code, Dialect, LearningGraph, Severity
from tests.builders import course, graph, program
from tests.unit.checks.asked import found


def titled(name: str) -> LearningGraph:
    return graph(course("X", name=name))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<b>Programming</b>", id="bold"),
        pytest.param("Programming<br>with lists", id="a line break"),
        pytest.param("Programming<br/>", id="a line break that closes itself"),
        pytest.param('<p class="title">Programming', id="an attribute"),
        pytest.param("Programming</P>", id="capitals"),
    ],
)
@pytest.mark.parametrize("field", ["name", "description"])
def test_tags_in_texts_are_told(field: str, text: str) -> None:
    (finding,) = found(graph(course("X", **{field: text})), Code.HTML_IN_TEXT)

    assert finding.severity is Severity.WARNING
    assert finding.place.field == field


@pytest.mark.parametrize(
    "text",
    ["x < y and y > z", "Calculus: a<b", "I <3 music", "1 <2> 3", "A -> B -> C", "x << 2 >> 1", "Programming"],
)
def test_signs_of_mathematics_are_no_tags(text: str) -> None:
    assert not found(titled(text), Code.HTML_IN_TEXT)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        pytest.param("Calculus &amp; Geometry", "Calculus & Geometry", id="an entity"),
        pytest.param("Calculus &amp;amp; Geometry", "Calculus & Geometry", id="a doubled entity"),
        pytest.param("Fran&ccedil;ois", "François", id="a letter"),
        pytest.param("Fran&amp;ccedil;ois", "François", id="a doubled letter"),
        pytest.param("Poets&#8217; lives", "Poets\u2019 lives", id="a number"),
        pytest.param("Poets&#x2019; lives", "Poets\u2019 lives", id="a hexadecimal number"),
    ],
)
def test_entities_are_told_with_the_mended_text(text: str, mended: str) -> None:
    (finding,) = found(titled(text), Code.ENTITY_IN_TEXT)

    assert mended in finding.hint
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    ["Calculus & Geometry", "R&D", "Work at AT&T; a history", "Q&A;", "Research&Development; part 2", "a && b;", "&;"],
)
def test_an_ampersand_is_no_entity(text: str) -> None:
    assert not found(titled(text), Code.ENTITY_IN_TEXT)


def misread(text: str) -> str:
    """What becomes of UTF-8 that is read as Windows-1252, the usual mistake of spreadsheets."""
    return text.encode().decode("cp1252")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("François Villon", id="French"),
        pytest.param("L\u2019été", id="a curly apostrophe"),
        pytest.param("Größenlehre", id="German"),
        pytest.param("Übungen", id="a German capital"),
        pytest.param("İstanbul", id="Turkish"),
        pytest.param("Öğrenci çalışması", id="Turkish, several letters"),  # noqa: RUF001 - letters of Turkish
        pytest.param("Şişli", id="Turkish, a capital with a cedilla"),
        pytest.param("Tiếng Việt", id="Vietnamese"),
        pytest.param("Nguyễn", id="a Vietnamese name"),
        pytest.param("مقدمة", id="Arabic"),
        pytest.param("español", id="Spanish"),
        pytest.param("Programming \u2013 part 2", id="only a dash"),
    ],
)
@pytest.mark.parametrize("field", ["name", "description"])
def test_text_that_was_decoded_wrongly_is_told_with_the_mended_text(field: str, text: str) -> None:
    (finding,) = found(graph(course("X", **{field: misread(text)})), Code.MOJIBAKE)

    assert text in finding.hint
    assert finding.severity is Severity.WARNING
    assert finding.place.field == field


def test_the_example_of_every_office_is_mended() -> None:
    (finding,) = found(titled("FranÃ§ois"), Code.MOJIBAKE)

    assert "François" in finding.hint


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Yazılım Mühendisliğine Giriş", id="Turkish"),  # noqa: RUF001 - letters of Turkish
        pytest.param("ŞİŞLİ ĞÜÖÇ IŞIĞI", id="Turkish capitals"),
        pytest.param("Çağdaş Türk Şiiri", id="more Turkish"),
        pytest.param("Größe, Maß und Überfluß", id="German"),
        pytest.param("ÜBUNGEN ZUR ÄSTHETIK", id="German capitals"),
        pytest.param("Introduction à l\u2019œuvre de François Villon", id="French"),
        pytest.param("À LA RECHERCHE DU TEMPS PERDU: ÉTÉ À ÎLE-AUX-CHÊNES", id="French capitals"),
        pytest.param("« Ça » et « là » – études", id="French quotation marks"),  # noqa: RUF001 - a dash as people write it
        pytest.param("Tiếng Việt nâng cao: Nguyễn Đình Ơn", id="Vietnamese"),
        pytest.param("ĐẶNG THỊ Ý, VĂN HỌC CỔ", id="Vietnamese capitals"),
        pytest.param("مقدمة في البرمجة", id="Arabic"),
        pytest.param("INFORMAÇÃO E COMUNICAÇÃO", id="Portuguese capitals"),
        pytest.param("Ångström and Ørsted", id="names of units"),
        pytest.param("數學 and Ελληνικά and Русский", id="other scripts"),
        pytest.param("Learning™ “by heart” – 100 € …", id="signs"),  # noqa: RUF001 - a dash as people write it
    ],
)
def test_real_names_raise_no_false_alarm(text: str) -> None:
    assert not found(titled(text), Code.MOJIBAKE)


@pytest.mark.parametrize(
    ("fields", "dialect"),
    [
        pytest.param({"name": "x" * 256}, None, id="a name of 256 characters"),
        pytest.param({"name": "Ü" * 256}, None, id="characters are counted, not bytes"),
        pytest.param({"description": "x" * 31}, Dialect(text_lengths={"description": 30}), id="a length of the org"),
        pytest.param({"name": "x" * 81}, Dialect(text_lengths={"name": 80}), id="another length of names"),
    ],
)
def test_a_text_longer_than_the_org_holds_is_a_warning(fields: dict[str, Any], dialect: Dialect | None) -> None:
    (finding,) = found(graph(course("X", **fields)), Code.TEXT_TOO_LONG, dialect=dialect)

    assert finding.place.field == next(iter(fields))
    assert finding.severity is Severity.WARNING
    assert len(finding.message) < 200


@pytest.mark.parametrize(
    ("fields", "dialect"),
    [
        pytest.param({"name": "x" * 255}, None, id="a name of 255 characters"),
        pytest.param({"name": "Ü" * 255}, None, id="characters are counted, not bytes"),
        pytest.param({"description": "x" * 100_000}, None, id="a text of which nothing is documented"),
        pytest.param({"name": "x" * 300}, Dialect(text_lengths={"name": 300}), id="a length of the org"),
        pytest.param({}, Dialect(text_lengths={"field_of_study": 5}), id="a field that is not stated"),
    ],
)
def test_a_text_that_the_org_holds_is_fine(fields: dict[str, Any], dialect: Dialect | None) -> None:
    assert not found(graph(course("X", **fields), program("P")), Code.TEXT_TOO_LONG, dialect=dialect)
