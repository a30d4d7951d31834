"""The OpenAPI description in docs is that of the org, and no answer breaks it."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from learngraph.local_org.inputs import INPUTS
from learngraph.local_org.org import LocalOrg
from learngraph.local_org.transport import LocalTransport
from learngraph.local_org.web import wsgi_app
from tests.unit.local_org.orgs import FIELD, Client, group, named, org, single

DESCRIPTION = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def _description() -> Any:
    return json.loads(DESCRIPTION.read_text(encoding="utf-8"))


def _filled() -> LocalOrg:
    made = org()
    client = Client(LocalTransport(made))
    client.made("A")
    client.made("B", prerequisites=[group("A"), single(courseExternalId=named("A"))])
    return made


_ORG = _filled()
_GRANT = {"grant_type": "client_credentials", "client_id": "learngraph", "client_secret": "local"}
_TOKEN = _ORG.tokens.grant(_GRANT, "http://127.0.0.1")[1]["access_token"]

schema = schemathesis.openapi.from_dict(_description())
schema.app = wsgi_app(_ORG)


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_answer_breaks_the_description(case: Case[Any]) -> None:
    # that the ids of a request are of records that are there is no matter of its shape
    case.call_and_validate(headers={"Authorization": f"Bearer {_TOKEN}"}, excluded_checks=[positive_data_acceptance])


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_the_description_has_the_properties_that_the_org_takes(name: str) -> None:
    described = _description()["components"]["schemas"][name]

    assert described["properties"].keys() == INPUTS[name].keys()
    assert described["additionalProperties"] is False


@pytest.mark.parametrize("name", ["A", "B"])
def test_answers_have_the_properties_of_the_description_and_no_others(name: str) -> None:
    answer = Client(LocalTransport(_ORG)).get(f"{name}?course_external_id_field={FIELD}")
    schemas = _description()["components"]["schemas"]

    assert answer.keys() == schemas["GetLearning"]["properties"].keys()
    assert answer["learning"].keys() <= schemas["Learning"]["properties"].keys()
    for item in answer["prerequisites"]:
        assert item.keys() == schemas["LearningFoundationItem"]["properties"].keys()
