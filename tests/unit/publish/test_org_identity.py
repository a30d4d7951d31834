import pytest

from learngraph.publish.org_identity import newest_version, org_facts
from learngraph.publish.querying import OrgError, UnexpectedAnswerError
from tests.fake_org import FACTS, FakeOrg, refused


def versions(*numbers: str) -> FakeOrg:
    return FakeOrg(answers={"/services/data": [{"version": number, "url": "/x"} for number in numbers]})


def test_an_org_says_who_it_is() -> None:
    org = FakeOrg({"Organization": [{"Id": FACTS.id, "Name": "Quenbeck", "IsSandbox": True}]})

    assert org_facts(org, api_version="66.0") == FACTS


def test_the_newest_version_is_taken_by_its_number() -> None:
    assert newest_version(versions("9.0", "62.0", "100.0", "68.0")) == "100.0"


@pytest.mark.parametrize("numbers", [(), ("61.0",), ("x",)])
def test_an_org_that_is_too_old_is_refused(numbers: tuple[str, ...]) -> None:
    with pytest.raises(UnexpectedAnswerError, match=r"62\.0 is needed"):
        newest_version(versions(*numbers))


def test_the_oldest_version_that_will_do_can_be_set() -> None:
    assert newest_version(versions("60.0"), minimum="58.0") == "60.0"


def test_an_org_that_does_not_say_whether_it_is_a_sandbox_is_refused() -> None:
    org = FakeOrg({"Organization": [{"Id": FACTS.id, "Name": "Quenbeck"}]})
    org.rows["Organization"][0]["IsSandbox"] = None

    with pytest.raises(UnexpectedAnswerError):
        org_facts(org, api_version="66.0")


def test_a_refusal_is_raised_in_the_orgs_words() -> None:
    org = FakeOrg(answers={"/services/data": refused(401, "INVALID_SESSION_ID", "Session expired")})

    with pytest.raises(OrgError, match="INVALID_SESSION_ID: Session expired"):
        org_facts(org)
