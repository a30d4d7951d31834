"""POST and PATCH as a whole: each learning by itself, the answer in the order of the request."""

from collections.abc import Callable
from typing import Any

from learngraph.local_org.changing import change
from learngraph.local_org.creating import create
from learngraph.local_org.desk import Desk
from learngraph.local_org.fields import Json
from learngraph.local_org.inputs import shaped
from learngraph.local_org.refusals import RecordRefusedError, RequestRefusedError


def post(desk: Desk, body: Any) -> tuple[int, Json]:  # noqa: ANN401 - any JSON
    """Make the learnings of a POST; give the status and the answer.

    Raises
    ------
    RequestRefusedError
        for a body of another shape.
    """
    answer = _manage(desk, shaped(body, "CreateLearningsInput"), create)
    return (desk.settings.failure_status if answer["failureCount"] else desk.settings.created_status), answer


def patch(desk: Desk, body: Any) -> tuple[int, Json]:  # noqa: ANN401 - any JSON
    """Change the learnings of a PATCH; as `post`."""
    answer = _manage(desk, shaped(body, "UpdateLearningsInput"), change)
    return (desk.settings.failure_status if answer["failureCount"] else 200), answer


def _manage(desk: Desk, body: Json, one_by_one: Callable[[Desk, Json], Json]) -> Json:
    learnings = body.get("learnings")
    if not learnings:
        raise RequestRefusedError(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [learnings]")
    limit = desk.settings.learnings_limit
    if limit is not None and len(learnings) > limit:
        message = f"{len(learnings)} learnings in a request, and {limit} are the most"
        raise RequestRefusedError(413, "EXCEEDED_MAX_SIZE_REQUEST", message)
    with desk.store.writing():
        details = [_tried(desk, one, one_by_one) for one in learnings]
    return summary(details)


def _tried(desk: Desk, one: Json, try_it: Callable[[Desk, Json], Json]) -> Json:
    try:
        with desk.store.savepoint():
            found = try_it(desk, one)
    except RecordRefusedError as refused:
        return failed(refused.field, str(refused))
    if not desk.settings.refer_within_request and try_it is create:
        desk.hidden.update({found["learningId"], *found["learningAchievementIds"]})
    return found


def failed(field: str, message: str) -> Json:
    """Give what the answer says of a learning that was not made or changed."""
    return {
        "success": False,
        "learningId": None,
        "learningCourseId": None,
        "learningProgramId": None,
        "learningAchievementIds": [],
        "learningFoundationItemIds": [],
        "learningOutcomeItemIds": [],
        "errors": [{"field": field, "message": message}],
    }


def summary(details: list[Json]) -> Json:
    """Give the answer as a whole."""
    failures = sum(not one["success"] for one in details)
    status = "SUCCESS" if not failures else "FAILURE" if failures == len(details) else "PARTIAL_SUCCESS"
    return {
        "successCount": len(details) - failures,
        "failureCount": failures,
        "status": status,
        "details": details,
    }
