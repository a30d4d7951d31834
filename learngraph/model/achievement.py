"""What can be granted and required besides learnings, and who provides learnings."""

from pydantic import Field

from learngraph.model.value import Value


class Achievement(Value):
    """Something that learnings grant and require by its key, such as a badge or a certificate.

    `record_id` is the id of its record in the org; only skills and groups are made by requests.
    """

    key: str = Field(min_length=1)
    name: str | None = None
    kind: str | None = None
    record_id: str | None = None


class Provider(Value):
    """A school or department that provides learnings; `record_id` is the id of its account."""

    key: str = Field(min_length=1)
    name: str | None = None
    record_id: str | None = None
