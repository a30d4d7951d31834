from urllib.parse import unquote

import pytest

from learngraph.publish.publish_plan import OrgFacts
from learngraph.publish.questions import (
    UnexpectedAnswerError,
    ask,
    describe,
    latest_version,
    org_facts,
    query,
)
from learngraph.publish.refusals import OrgError, org_error
from learngraph.salesforce.wire import Request, Response, UnreadableAnswerError
from tests.unit.publish.scripted import Scripted, refuses, says

PAGE = "/services/data/v68.0/query/01g000000000001AAA-2000"


def versions(*texts: object) -> Response:
    return says([{"label": "x", "url": "/x", "version": text} for text in texts])


# ---- versions


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (("61.0", "62.0", "63.0"), "63.0"),
        (("68.0", "62.0"), "68.0"),
        (("9.0", "67.0", "69.0", "100.0"), "67.0"),
        (("69.0", "70.0"), "69.0"),
        (("62.0",), "62.0"),
        (("62.0", 63, None, "x", "64", "1e3", "nan"), "62.0"),
    ],
)
def test_the_latest_version_that_is_known_is_taken(offered: tuple[object, ...], chosen: str) -> None:
    script = Scripted(versions(*offered))

    assert latest_version(script) == chosen
    assert [str(request) for request in script.asked] == ["GET /services/data"]


def test_the_bounds_of_versions_can_be_set() -> None:
    assert latest_version(Scripted(versions("60.0", "61.0", "62.0")), minimum="60.0", newest="61.0") == "61.0"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (versions("60.0", "61.0"), r"up to 61\.0, and 62\.0 is needed"),
        (says([]), "names no version"),
        (says({"versions": []}), "names no version"),
        (says(None), "names no version"),
    ],
)
def test_an_org_that_is_too_old_is_told(answer: Response, fault: str) -> None:
    with pytest.raises(UnexpectedAnswerError, match=fault):
        latest_version(Scripted(answer))


# ---- the org


def test_an_org_says_who_it_is() -> None:
    record = {"Id": "00D000000000001EAA", "Name": "ACME", "IsSandbox": True, "attributes": {}}
    script = Scripted(says({"done": True, "totalSize": 1, "records": [record]}))

    facts = org_facts(script, api_version="68.0")

    assert facts == OrgFacts("00D000000000001EAA", "ACME", sandbox=True, api_version="68.0")
    assert unquote(script.asked[0].path) == (
        "/services/data/v68.0/query?q=SELECT Id, Name, IsSandbox FROM Organization LIMIT 1"
    )


@pytest.mark.parametrize(
    "records", [[], [{"Id": "00D", "Name": "ACME"}], [{"Id": "00D", "Name": "A", "IsSandbox": "no"}]]
)
def test_an_org_that_does_not_say_whether_it_is_a_sandbox_is_not_taken_for_one(records: list[object]) -> None:
    with pytest.raises(UnexpectedAnswerError, match="sandbox"):
        org_facts(Scripted(says({"done": True, "records": records})), api_version="68.0")


# ---- queries


def test_pages_are_followed_as_they_are_needed() -> None:
    script = Scripted(
        says({"done": False, "records": [{"Id": "a"}, {"Id": "b"}], "nextRecordsUrl": PAGE}),
        says({"done": True, "records": [{"Id": "c"}]}),
    )
    records = query(script, "SELECT Id FROM Learning WHERE Name = 'A&B #1'", "68.0")

    assert next(records)["Id"] == "a"
    assert len(script.asked) == 1
    assert [record["Id"] for record in records] == ["b", "c"]
    assert [request.path for request in script.asked][1:] == [PAGE]
    assert script.asked[0].path.endswith("WHERE%20Name%20%3D%20%27A%26B%20%231%27")
    assert all(request.headers == {"Sforce-Query-Options": "batchSize=2000"} for request in script.asked)


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/services/data/v68.0/query/1", "//evil.example/services/data/v68.0/query/1",
        "@evil.example/", "/services/data/v68.0/sobjects/Learning", "/services/data/v68.0/query/../../x",
        "/services/data/v68.0/query/1\r\nX-A: 1", "/services/data/v68.0/query/1?x", "", None, 7, ["/x"], "\x1b[2J",
    ],
)  # fmt: skip
def test_a_next_page_that_is_none_is_not_asked_for(path: object) -> None:
    script = Scripted(says({"done": False, "records": [], "nextRecordsUrl": path}))

    with pytest.raises(UnexpectedAnswerError, match="no page of a query") as raised:
        list(query(script, "SELECT Id FROM Learning", "68.0"))
    assert len(script.asked) == 1
    assert str(raised.value).isprintable()


def test_pages_in_a_circle_end() -> None:
    script = Scripted(says({"done": False, "records": [], "nextRecordsUrl": PAGE}))

    with pytest.raises(UnexpectedAnswerError, match="circle"):
        list(query(script, "SELECT Id FROM Learning", "68.0"))
    assert len(script.asked) == 2


@pytest.mark.parametrize("body", [None, [], {}, {"records": None}, {"records": {"Id": 1}}, "x", 1])
def test_a_page_of_another_shape_is_told(body: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no records"):
        list(query(Scripted(says(body)), "SELECT Id FROM Learning", "68.0"))


def test_a_record_that_is_none_is_told() -> None:
    with pytest.raises(UnexpectedAnswerError, match="record"):
        list(query(Scripted(says({"done": True, "records": ["x"]})), "SELECT Id FROM Learning", "68.0"))


def test_an_object_is_described_by_its_name_alone() -> None:
    script = Scripted(says({"name": "Learning", "fields": []}))

    assert describe(script, "Learning", "68.0")["fields"] == []
    assert script.asked[0].path == "/services/data/v68.0/sobjects/Learning/describe"
    with pytest.raises(UnexpectedAnswerError, match="no name of an object"):
        describe(script, "../query?q=x", "68.0")
    with pytest.raises(UnexpectedAnswerError, match="no fields"):
        describe(Scripted(says({})), "Learning", "68.0")


# ---- refusals


def test_a_refusal_is_told_in_words_that_help() -> None:
    with pytest.raises(OrgError) as raised:
        ask(Scripted(refuses("INVALID_TYPE", 400, "sObject type 'Learning' is not supported.")), Request("GET", "/x"))

    assert (raised.value.status, raised.value.code) == (400, "INVALID_TYPE")
    assert "assign Education Cloud Full Access" in raised.value.hint
    assert str(raised.value).startswith("the org refused it (HTTP 400): INVALID_TYPE: sObject type 'Learning' is not")


def test_an_answer_that_is_no_json_is_told() -> None:
    with pytest.raises(UnreadableAnswerError):
        ask(Scripted(Response(200, b"<html>")), Request("GET", "/x"))


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (says([{"errorCode": "A", "message": "x"}, {"errorCode": "B", "message": "y"}], 400), "A", "x; y"),
        (says({"errorCode": "A", "message": "x"}, 400), "A", "x"),
        (says({"error": "invalid_grant", "error_description": "expired"}, 400), "invalid_grant", "expired"),
        (says({"error": "invalid_grant"}, 400), "invalid_grant", ""),
        (says([{"errorCode": 7, "message": None}, "x", None], 400), "", ""),
        (says([], 400), "", ""),
        (says(None, 400), "", ""),
        (Response(502, b"<html>\x1b[2J"), "", "it is no JSON: it begins with '<html>\\x1b[2J'"),
        (refuses("A\x1b", 400, "\x1b]0;owned\x07\u202eevil\nline"), "A\\x1b", "\\x1b]0;owned\\x07\\u202eevil\\nline"),
        (refuses("A", 400, "session 00D000000000001!AQsecret is over"), "A", "session [secret] is over"),
    ],
)
def test_a_refusal_of_any_shape_is_read(answer: Response, code: str, message: str) -> None:
    error = org_error(answer)

    assert (error.code, error.message) == (code, message)
    assert str(error).isprintable()


def test_a_long_refusal_is_cut() -> None:
    error = org_error(says([{"errorCode": "A" * 9000, "message": "x" * 90_000}] * 900, 400))

    assert len(str(error)) < 3000


@pytest.mark.parametrize("status", [401, 403, 404, 503])
def test_a_status_without_a_code_has_a_hint(status: int) -> None:
    assert org_error(says([], status)).hint
