"""What goes wrong on demand: each fault looks as the network would, and strikes before or after the org acts."""

import json
from collections import Counter
from typing import Any

import pytest

from learngraph.local_org.faults import FAULTS, Faults, Scripted, UnknownFaultError, read_faults
from learngraph.local_org.misspellings import MISSPELLINGS, misspelt
from learngraph.local_org.transport import LocalTransport
from learngraph.salesforce.wire import LEARNINGS as RESOURCE
from learngraph.salesforce.wire import NoAnswerError, NotSentError, UnreadableAnswerError
from tests.unit.local_org.orgs import BASE, LEARNINGS, Client, course, group, org


class Struck:
    """An org of which the first POST meets a fault."""

    def __init__(self, fault: str, number: int = 1, **options: Any) -> None:
        self.org = org()
        script = [Scripted("POST", number, fault)]
        self.faults = Faults(LocalTransport(self.org), script=script, **options)
        self.client = Client(self.faults)

    def post(self, *names: str) -> Any:
        body = {"learnings": [course(name) for name in names or ("A",)]}
        return self.client.send("POST", LEARNINGS, body)

    @property
    def done(self) -> int:
        return self.org.counts()["Learning"]


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [("not_sent", NotSentError, 0), ("reset", NoAnswerError, 0), ("answer_lost", NoAnswerError, 1)],
)
def test_a_connection_breaks_before_or_after_the_org_acts(fault: str, error: type[Exception], done: int) -> None:
    struck = Struck(fault)

    with pytest.raises(error):
        struck.post()

    assert struck.done == done
    assert struck.faults.happened == Counter({fault: 1})
    assert struck.post().json()["failureCount"] == done  # the external id is taken where the first came through


@pytest.mark.parametrize(
    ("fault", "status", "code", "waits", "done"),
    [
        ("503_before", 503, "SERVER_UNAVAILABLE", None, 0),
        ("503_after", 503, "SERVER_UNAVAILABLE", None, 1),
        ("503_retry_before", 503, "SERVER_UNAVAILABLE", "1", 0),
        ("503_retry_after", 503, "SERVER_UNAVAILABLE", "1", 1),
        ("429", 429, "TOO_MANY_REQUESTS", "1", 0),
        ("request_limit", 403, "REQUEST_LIMIT_EXCEEDED", None, 0),
        ("session_expired", 401, "INVALID_SESSION_ID", None, 0),
    ],
)
def test_an_error_is_answered_before_or_after_the_org_acts(
    fault: str, status: int, code: str, waits: str | None, done: int
) -> None:
    struck = Struck(fault)

    answer = struck.post()

    assert (answer.status, answer.json()[0]["errorCode"]) == (status, code)
    assert answer.headers.get("retry-after") == waits
    assert struck.done == done


@pytest.mark.parametrize("seed", range(5))
def test_a_locked_row_fails_one_learning_and_no_other(seed: int) -> None:
    struck = Struck("row_locked", seed=seed)

    answer = struck.post("A", "B", "C").json()

    assert (answer["successCount"], answer["failureCount"], answer["status"]) == (2, 1, "PARTIAL_SUCCESS")
    [locked] = [place for place, one in enumerate(answer["details"]) if not one["success"]]
    assert answer["details"][locked]["errors"][0]["message"].startswith("UNABLE_TO_LOCK_ROW")
    names = {one["Name"] for one in struck.client.records("SELECT Name FROM Learning")}
    assert names == set("ABC") - {"ABC"[locked]}
    assert struck.post("ABC"[locked]).json()["status"] == "SUCCESS"


def test_the_only_learning_of_a_request_can_be_locked() -> None:
    struck = Struck("row_locked")

    assert struck.post().json()["status"] == "FAILURE"
    assert struck.done == 0


def test_a_slow_answer_waits_after_the_org_acted() -> None:
    waited: list[float] = []
    struck = Struck("slow", sleep=waited.append, seconds=600)

    assert struck.post().status == 201
    assert waited == [600]


def test_a_truncated_answer_is_no_json_and_the_org_acted() -> None:
    struck = Struck("truncated")

    with pytest.raises(UnreadableAnswerError):
        struck.post().json()

    assert struck.done == 1


def test_only_the_request_that_the_script_names_is_struck() -> None:
    struck = Struck("503_before", number=2)

    assert [struck.post(name).status for name in "ABC"] == [201, 503, 201]


def _course_of_events(seed: int) -> list[str]:
    chances = dict.fromkeys(FAULTS, 0.05)
    client = Client(Faults(LocalTransport(org()), seed=seed, chances=chances, sleep=lambda _: None))
    seen = []
    for number in range(60):
        try:
            seen.append(str(client.send("POST", LEARNINGS, {"learnings": [course(f"C{number}")]}).status))
        except (NotSentError, NoAnswerError) as error:
            seen.append(type(error).__name__)
    return seen


def test_the_same_seed_strikes_the_same_requests() -> None:
    assert _course_of_events(7) == _course_of_events(7)
    assert _course_of_events(7) != _course_of_events(8)
    assert len(set(_course_of_events(7))) > 3


def test_a_chance_strikes_about_as_often_as_it_says() -> None:
    faults = Faults(LocalTransport(org()), seed=1, chances={"503_before": 0.25})
    client = Client(faults)

    for _ in range(400):
        client.send("GET", "/services/data")

    assert 70 < faults.happened["503_before"] < 130


def test_what_cannot_happen_to_a_request_does_not() -> None:
    faults = Faults(LocalTransport(org()), chances={"row_locked": 1, "misspelt": 1})

    assert Client(faults).send("GET", f"{BASE}/limits").status == 200
    assert faults.happened == Counter()


@pytest.mark.parametrize("text", ["lightning=0.1", "answer_lost", "POST:3", "POST:0=reset", "POST:1=reset=0.1", ""])
def test_what_is_no_fault_is_a_mistake(text: str) -> None:
    with pytest.raises(UnknownFaultError, match="answer_lost"):
        read_faults([text])


def test_an_unknown_fault_is_a_mistake_in_a_program_too() -> None:
    with pytest.raises(UnknownFaultError):
        Faults(LocalTransport(org()), chances={"lightning": 0.1})


# --- misspellings -------------------------------------------------------------------------------------


def _answer() -> Any:
    client = Client()
    client.made("Learning Course", fields={"academicLevel": "Doctoral", "durationUnit": "Other"})
    made = client.made("B", prerequisites=[group("Learning Course")], corequisites=[group("Learning Course")])
    return client.get(made["learningId"])


@pytest.mark.parametrize("name", sorted(MISSPELLINGS))
def test_each_misspelling_changes_an_answer_and_no_word_of_people(name: str) -> None:
    answer = {**_answer(), "successCount": 1}
    before = json.dumps(answer)

    found = misspelt(answer, {name})

    assert json.dumps(found) != before
    assert json.dumps(answer) == before
    # the only text that people wrote is the name of a course, which looks like a type
    assert json.dumps(found).count('"name": "Learning Course"') == before.count('"name": "Learning Course"')


def test_misspelt_answers_come_from_the_resource_alone() -> None:
    struck = Client(Faults(LocalTransport(org()), chances={"misspelt": 1}, seed=3))

    answers = [struck.send("POST", LEARNINGS, {"learnings": [course(name)]}).json() for name in "ABCDEF"]

    assert any("successeCount" in one for one in answers)
    assert any("successCount" in one for one in answers)
    assert RESOURCE in LEARNINGS
