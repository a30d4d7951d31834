"""What a new org holds before anybody publishes: itself, accounts, record types and what they are for."""

from learngraph.local_org.desk import Desk
from learngraph.local_org.ids import new_pod
from learngraph.salesforce.records import ACCOUNT, ACHIEVEMENT, CONFIG, ORGANIZATION, RECORD_TYPE

#: LearningAchievementConfig.LearningAchievementType, and the developer name of its record type
_RECORD_TYPES = {
    "LearningCourse": "Learning_Course",
    "LearningProgram": "Learning_Program",
    "AchievementGroup": "Achievement_Group",
    "AchievementGroupAll": "Achievement_Group_All",
    "Skill": "Skill",
    "Custom": "Custom",
}


def plant(desk: Desk) -> None:
    """Put into an empty org what every org has."""
    settings = desk.settings
    with desk.store.writing():
        desk.store.remember("pod", settings.pod or new_pod())
        edition = {"InstanceName": "LOCAL", "OrganizationType": "Developer Edition"}
        desk.insert(ORGANIZATION, {"Name": settings.name, "IsSandbox": int(settings.sandbox), **edition})
        for name in settings.accounts:
            desk.insert(ACCOUNT, {"Name": name})
        for kind in settings.achievement_types:
            developer_name = _RECORD_TYPES.get(kind, kind)
            label = developer_name.replace("_", " ")
            values = {"Name": label, "DeveloperName": developer_name, "SobjectType": ACHIEVEMENT, "IsActive": 1}
            record_type = desk.insert(RECORD_TYPE, values)
            desk.insert(
                CONFIG,
                {
                    "DeveloperName": developer_name,
                    "MasterLabel": label,
                    "LearningAchievementType": kind,
                    "LearningAchvRecordTypeId": record_type,
                },
            )
        for name in settings.achievements:
            desk.new_achievement("Custom", {"Name": name}, "Name")
