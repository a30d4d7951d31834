import pytest

from learngraph.salesforce.wire import Request, Response, UnreadableAnswerError


def test_only_reading_may_be_sent_again() -> None:
    assert Request("GET", "/services/data").is_read
    assert not Request("POST", "/services/data").is_read
    assert not Request("PATCH", "/services/data").is_read


@pytest.mark.parametrize(
    ("status", "ok"), [(200, True), (201, True), (204, True), (302, False), (404, False), (503, False)]
)
def test_a_status_says_whether_the_request_was_taken(status: int, ok: bool) -> None:  # noqa: FBT001 - of a table
    assert Response(status).ok is ok


def test_a_body_is_json_or_nothing() -> None:
    assert Response(200, b'{"a": [1]}').json() == {"a": [1]}
    assert Response(204, b" \n").json() is None


@pytest.mark.parametrize(
    "body", [b'{"details": [', b"<html>", b"\xff\xfe", b"[" * 200_000], ids=["cut off", "markup", "no text", "deep"]
)
def test_what_is_no_json_is_told_with_its_beginning(body: bytes) -> None:
    with pytest.raises(UnreadableAnswerError) as raised:
        Response(200, body).json()

    assert raised.value.status == 200
    assert len(str(raised.value)) < 1500
