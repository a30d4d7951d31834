"""What was published is pulled back by the names that the catalogue gave, and its ids lie beside it."""

import json
from pathlib import Path

import pytest

from tests.functional.conftest import Learngraph
from tests.functional.running import document, put

_KEYS = [f"X-{number}/a" for number in range(60)]


@pytest.fixture
def published(learngraph: Learngraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LEARNGRAPH_ORG", f"local:{tmp_path / 'org.sqlite3'}")
    file = put(tmp_path, document(*_KEYS))
    assert learngraph("publish", file, "--external-id-field", "External_ID__c", "--yes").code == 0
    return file


@pytest.mark.usefixtures("published")
def test_a_pull_names_records_by_the_external_id_field_that_is_told(learngraph: Learngraph) -> None:
    told = learngraph("pull", "--external-id-field", "External_ID__c").json
    untold = learngraph("pull").json

    assert sorted(one["key"] for one in told["learnings"]) == sorted(_KEYS)
    assert untold["learnings"][0]["key"].startswith("About ")


def test_all_ids_are_beside_the_catalogue_at_the_end(published: Path) -> None:
    ids = json.loads(published.with_name("catalogue.ids.json").read_text(encoding="utf-8"))

    (section,) = ids["orgs"].values()
    assert sorted(section) == sorted(_KEYS)
