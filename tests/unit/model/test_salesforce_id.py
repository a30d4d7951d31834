import pickle

import pytest

from learngraph import InvalidIdError, SalesforceId
from learngraph.model.salesforce_id import (
    PREFIXES,
    canonical,
    checksum,
    is_salesforce_id,
    looks_like_salesforce_id,
)

# ids that the documentation shows
_VALID = [
    "0tyLT0000000AQnYAM", "0tyLT00000009LOYAY", "0tyLT00000009LeYAI", "0tyxx00000002ppAAA", "0tyxx00000002pqAAA",
    "0vYLT0000000AH72AM", "0vYLT00000009Bo2AI", "0u2SG0000004bXFYAY", "0u9LT00000004oWYAQ", "0u9LT00000005anYAA",
    "0wwLT00000004gLYAQ", "0wwLT00000004elYAA", "0uELT00000005ZC2AY", "0uESB00000000WI2AY", "001LT000009puL0YAI",
]  # fmt: skip
_DAMAGED = {
    "0ttxx0000000456ABC": "AAA",
    "0tyxx00000003mqCAB": "AAA",
    "0tyxx000000123dABC": "AAA",
    "0u9xx000000020DEAQ": "AAQ",
    "0u9xx000000028HEAQ": "AAQ",
    "0atxx000000001bBBB": None,
}
_SHORT = [
    "0tyxx00000002t3", "0tyxx00000002p5", "0vYxx00000002GL", "0wwxx000000004r", "0wwxx000000004s", "0wwxx000000004t",
]  # fmt: skip


@pytest.mark.parametrize("text", _VALID)
def test_the_documentation_s_ids_have_right_checksums(text: str) -> None:
    assert checksum(text[:15]) == checksum(text) == text[15:]
    assert is_salesforce_id(text)
    assert SalesforceId(text) == SalesforceId(text[:15]) == text
    assert SalesforceId(text).prefix == text[:3]
    assert canonical(text) == text


@pytest.mark.parametrize(("text", "right"), _DAMAGED.items())
def test_the_documentation_s_made_up_ids_are_found_out(text: str, right: str | None) -> None:
    assert not is_salesforce_id(text)
    assert checksum(text) != text[15:]
    if right:
        assert checksum(text) == right
    with pytest.raises(InvalidIdError) as caught:
        SalesforceId(text)
    assert caught.value.text == text
    assert canonical(text) == text


@pytest.mark.parametrize("text", _SHORT)
def test_fifteen_characters_of_this_family_stand_for_a_record(text: str) -> None:
    assert is_salesforce_id(text)
    assert canonical(text) == text + checksum(text)
    assert is_salesforce_id(canonical(text))
    assert SalesforceId(text) == canonical(text)


@pytest.mark.parametrize("text", ["0tyLT00000009Lo", "0tyLT00000009LO"])
def test_case_makes_another_id(text: str) -> None:
    assert canonical(text) != canonical(text.swapcase().replace("0TY", "0ty"))


@pytest.mark.parametrize("place", range(3, 15))
def test_a_change_of_case_of_any_letter_is_found_out(place: int) -> None:
    right = SalesforceId("0tyAbCdEfGhIjKl")
    damaged = right[:place] + right[place].swapcase() + right[place + 1 :]

    assert damaged != right
    assert not is_salesforce_id(damaged)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("000000000000000", "AAA", id="no capitals"),
        pytest.param("A0000" * 3, "BBB", id="the first character is the lowest bit"),
        pytest.param("0000A" * 3, "QQQ", id="the last is the highest"),
        pytest.param("AAAAA" * 3, "555", id="all capitals"),
        pytest.param("AZ000" + "aAaAa" + "0AZAZ", "DK4", id="three chunks"),
    ],
)
def test_the_checksum_sets_a_bit_for_each_capital(text: str, code: str) -> None:
    assert checksum(text) == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("CS 601", id="key"),
        pytest.param("0tyLT00000009LOYA", id="seventeen"),
        pytest.param("0tyLT00000009LOYAYY", id="nineteen"),
        pytest.param("0tyLT00000009L-YAY", id="dash"),
        pytest.param("0tyLT00000009L\n", id="line break"),
        pytest.param("0tyLT00000009LÖ", id="letter beyond ASCII"),
        pytest.param("0tyLT0000000\N{FULLWIDTH DIGIT NINE}LO", id="digit beyond ASCII"),
    ],
)
def test_what_has_not_the_form_is_no_id(text: str) -> None:
    assert not is_salesforce_id(text)
    assert not looks_like_salesforce_id(text)
    assert canonical(text) == text
    with pytest.raises(InvalidIdError):
        SalesforceId(text)


def test_fifteen_letters_of_no_family_are_a_key_and_eighteen_with_a_checksum_are_a_record() -> None:
    word = "Introduction101"

    assert not is_salesforce_id(word)
    assert canonical(word) == word
    assert is_salesforce_id(word + checksum(word))


def test_a_damaged_id_looks_like_one_where_it_begins_like_this_family() -> None:
    assert looks_like_salesforce_id("0tyLT00000009LOYAX")
    assert looks_like_salesforce_id("0tyLT00000009LO")
    assert not looks_like_salesforce_id("0atxx000000001bBBB")


def test_an_id_is_a_text() -> None:
    record = SalesforceId("0tyLT00000009LO")

    assert isinstance(record, str)
    assert len({record, "0tyLT00000009LOYAY"}) == 1
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes
    assert type(pickle.loads(pickle.dumps(record))) is SalesforceId  # noqa: S301 - our own bytes
    assert "0tyLT00000009LOYAY" in repr(record)


def test_prefixes_are_those_of_the_documentation() -> None:
    expected = {"0ty": "Learning", "0vY": "LearningCourse", "0u2": "LearningProgram", "0u9": "LearningAchievement"}

    assert expected.items() <= PREFIXES.items()
    assert (PREFIXES["0ww"], PREFIXES["0uE"]) == ("LearningFoundationItem", "LearningOutcomeItem")
