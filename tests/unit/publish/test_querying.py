from typing import Any

import pytest

from learngraph.publish.querying import OrgError, UnexpectedAnswerError, describe, errors_of, query
from learngraph.salesforce.wire import Response, UnreadableAnswerError
from tests.fake_org import FakeOrg, answered, refused

_PAGE = "/services/data/v66.0/query"


def asked(page: Any, **others: Any) -> list[Any]:
    org = FakeOrg(answers={**others, f"{_PAGE}?": page})
    return list(query(org, "SELECT Id FROM Learning", "66.0"))


def test_pages_are_followed_to_the_end() -> None:
    org = FakeOrg({"Learning": [{"Id": str(number)} for number in range(7)]}, page_size=3)

    found = list(query(org, "SELECT Id FROM Learning", "66.0"))

    assert [row["Id"] for row in found] == list("0123456")
    assert len(org.sent) == 3
    assert {request.headers["Sforce-Query-Options"] for request in org.sent} == {"batchSize=2000"}


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/services/data/v66.0/query/01g-2000",
        "//elsewhere.example/services/data/v66.0/query/01g-2000",
        "/services/data/../../steal",
        "/services/data/v66.0/sobjects/Account",
        "/services/data/v66.0/query/01g?x=1",
        "",
        None,
        7,
    ],
)
def test_a_next_page_that_is_none_is_not_asked_for(path: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no page of a query"):
        asked({"records": [], "done": False, "nextRecordsUrl": path})


def test_pages_that_go_in_a_circle_end() -> None:
    again = {"records": [], "done": False, "nextRecordsUrl": f"{_PAGE}/01g-1"}

    with pytest.raises(UnexpectedAnswerError, match="do not end"):
        asked(again, **{f"{_PAGE}/": again})


@pytest.mark.parametrize("page", [[], None, "x", {}, {"records": None}, {"records": {}}, {"records": ["x"]}])
def test_an_answer_that_is_no_page_is_told(page: object) -> None:
    with pytest.raises(UnexpectedAnswerError):
        asked(page)


def test_an_answer_that_was_cut_off_is_told() -> None:
    with pytest.raises(UnreadableAnswerError):
        asked(Response(200, b'{"records": ['))


def test_a_refusal_carries_what_the_org_says() -> None:
    with pytest.raises(OrgError) as error:
        asked(refused(400, "INVALID_FIELD", "No such\x1b[31m column"))

    assert (error.value.status, error.value.code, error.value.message) == (400, "INVALID_FIELD", "No such[31m column")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(b'{"error":"invalid_grant"}', [("invalid_grant", "")], id="token endpoint"),
        pytest.param(b'["x", 7, {"message": 7}]', [], id="something else"),
        pytest.param(b"<html>", [], id="no JSON"),
    ],
)
def test_errors_are_read_in_every_documented_form(body: bytes, told: list[tuple[str, str]]) -> None:
    assert errors_of(Response(500, body)) == told


def test_what_describes_no_fields_is_told() -> None:
    org = FakeOrg(answers={"/services/data/v66.0/sobjects/Learning": answered({"fields": None})})

    with pytest.raises(UnexpectedAnswerError, match="no fields"):
        describe(org, "Learning", "66.0")
