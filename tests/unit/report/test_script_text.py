import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learngraph.report.script_text import content_policy, json_for_script

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(value=_JSON)
def test_data_for_a_script_are_the_same_data_and_nothing_in_them_can_end_it(value: object) -> None:
    text = json_for_script(value)

    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("text", ["</script>", "<!--", "<script", "]]>", "&lt;/script&gt;", "\u2028"])
def test_what_ends_a_script_is_written_as_an_escape(text: str) -> None:
    assert json.loads(json_for_script([text])) == [text]
    assert text not in json_for_script([text])


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_for_script(float("inf"))


def test_a_policy_names_scripts_and_styles_by_their_digests() -> None:
    policy = content_policy(["begin();"], ["p {}"])

    assert "script-src 'sha256-" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert policy != content_policy(["begin(); "], ["p {}"])
    assert sha256(b"begin();").digest() != sha256(b"begin(); ").digest()
