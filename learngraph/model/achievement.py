"""What can be granted and required besides learnings, and who provides learnings."""

from learngraph.model.value import Key, Text, Value


class Achievement(Value):
    """Something that learnings grant and require by its key, such as a badge or a certificate.

    `record_id` is the id of its record in the org; only skills and groups are made by requests.
    """

    key: Key
    name: Text | None = None
    kind: Text | None = None
    record_id: Text | None = None


class Provider(Value):
    """A school or department that provides learnings; `record_id` is the id of its account."""

    key: Key
    name: Text | None = None
    record_id: Text | None = None
