import pickle
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learngraph.publish.journal import Clarity, Entry, ItemState, Journal, JournalError, data_folder
from learngraph.publish.publish_plan import PublishPlan
from learngraph.salesforce.wire import Request, Response
from tests.chaos.fake_org import FACTS
from tests.chaos.plans import creating, new

_T0 = datetime(2026, 8, 1, 12, tzinfo=UTC)
_PLAN = PublishPlan(FACTS, (creating(new("A"), new("B")), creating(new("C", "A"))))
_REQUEST = Request("POST", "/services/data/v66.0/learnings", {"learnings": [{"name": "secret plans"}]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def _states(journal: Journal) -> list[str]:
    return [entry.state.value for entry in journal.entries()]


def test_a_new_journal_has_everything_planned(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        assert _states(journal) == ["planned", "planned", "planned"]
        assert journal.unsettled() == ()
        assert journal.unclear(0) is None


def test_a_commit_is_on_the_disk_when_it_returns(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        journal.send(0, [0], _REQUEST, started=_T0)
        assert journal._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert journal._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_was_sent_and_not_answered_is_read_back(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        journal.send(0, [1, 0], _REQUEST, started=_T0)

    with Journal(path, _PLAN) as journal:
        (sending,) = journal.unsettled()
        assert (sending.step, sending.positions, sending.response) == (0, (1, 0), None)
        assert _states(journal) == ["sent", "sent", "planned"]


def test_an_answer_that_was_not_read_is_read_back_as_it_came(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        number = journal.send(0, [0], _REQUEST, started=_T0)
        journal.answer(number, Response(201, b'{"details": [\xff'), ended=_T0)

    with Journal(path, _PLAN) as journal:
        (sending,) = journal.unsettled()
        assert sending.response is not None
        assert (sending.response.status, sending.response.body) == (201, b'{"details": [\xff')


def test_what_is_settled_is_known_with_its_ids(path: Path) -> None:
    done = Entry(0, ItemState.DONE, {"learning_id": "0ty1"})
    failed = Entry(1, ItemState.FAILED, field="name", message="no")
    with Journal(path, _PLAN) as journal:
        number = journal.send(0, [0, 1], _REQUEST, started=_T0)
        journal.settle(number, Clarity.READ, [done, failed], ended=_T0)

    with Journal(path, _PLAN) as journal:
        assert journal.unsettled() == ()
        assert journal.entries()[:2] == (done, failed)
        assert journal.unclear(0) is None


def test_an_unclear_request_is_remembered_after_it_was_looked_up(path: Path) -> None:
    later = _T0 + timedelta(seconds=5)
    with Journal(path, _PLAN) as journal:
        for start in (_T0, later):
            number = journal.send(0, [0], _REQUEST, started=start)
            journal.settle(number, Clarity.UNCLEAR, [Entry(0, ItemState.IN_DOUBT)], ended=start + timedelta(seconds=1))
        journal.note([Entry(0, ItemState.PLANNED)])

        assert journal.unclear(0) == (_T0, later + timedelta(seconds=1))
        assert _states(journal)[0] == "planned"


def test_a_request_is_numbered_by_its_attempts_and_its_body_is_told_by_a_digest_alone(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        for _ in range(2):
            number = journal.send(0, [0], _REQUEST, started=_T0)
            journal.settle(number, Clarity.NOT_CARRIED_OUT, [Entry(0, ItemState.PLANNED)], ended=_T0)

        rows = journal._connection.execute("SELECT attempt, length(body_digest) FROM requests").fetchall()
    assert rows == [(1, 64), (2, 64)]
    assert b"secret plans" not in path.read_bytes()


def _cut_off(journal: Journal) -> None:
    with journal._transaction() as cursor:
        cursor.execute("UPDATE items SET state = 'done'")
        raise KeyboardInterrupt


def test_what_is_cut_off_in_the_middle_of_writing_was_not_written(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        with pytest.raises(KeyboardInterrupt):
            _cut_off(journal)
        assert _states(journal) == ["planned"] * 3


def test_each_plan_of_each_org_has_a_file_of_its_own(tmp_path: Path) -> None:
    other = PublishPlan(FACTS, (creating(new("D")),))
    with Journal.of(_PLAN, folder=tmp_path / "new") as one, Journal.of(other, folder=tmp_path / "new") as two:
        assert one.path != two.path
        assert one.path.name.startswith(FACTS.id)
        assert repr(one) == f"<Journal: {one.path.name}>"


def test_the_usual_folder_is_the_users() -> None:
    assert data_folder().parts[-2:] == ("learngraph", "journals")


def _text(path: Path) -> None:
    path.write_text("this is no database, and is long enough to be none" * 40)


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
    connection.close()


def _newer(path: Path) -> None:
    with Journal(path, _PLAN) as journal:
        journal.entries()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _other_plan(path: Path) -> None:
    with Journal(path, PublishPlan(FACTS)) as journal:
        journal.entries()


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        pytest.param(_text, "not a database", id="a text"),
        pytest.param(_other_program, "another program", id="the database of another program"),
        pytest.param(_newer, "newer version", id="a journal of a later version"),
        pytest.param(_other_plan, "another plan", id="the journal of another plan"),
        pytest.param(_folder, "unable to open", id="a folder"),
    ],
)
def test_what_is_no_journal_of_this_plan_is_refused(path: Path, made: object, fault: str) -> None:
    made(path)  # type: ignore[operator]

    with pytest.raises(JournalError, match=fault) as raised:
        Journal(path, _PLAN).entries()

    assert raised.value.path == str(path)
    assert pickle.loads(pickle.dumps(raised.value)).fault == raised.value.fault  # noqa: S301 - our own bytes


def test_a_journal_that_is_open_is_nobody_elses(path: Path) -> None:
    with Journal(path, _PLAN) as first, Journal(path, _PLAN) as second:
        first.entries()
        with pytest.raises(JournalError, match="locked"):
            second.entries()
        first.close()
        assert _states(second) == ["planned"] * 3


def test_a_file_that_was_begun_and_holds_nothing_becomes_a_journal(path: Path) -> None:
    path.touch()

    with Journal(path, _PLAN) as journal:
        assert _states(journal) == ["planned"] * 3
