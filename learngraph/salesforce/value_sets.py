"""The documented picklists: standard value sets, to which an org may have added values."""

#: by our field; [EC:learning], [EC:learningcourse] of the Developer Guide's object reference
VALUE_SETS: dict[str, tuple[str, ...]] = {
    "academic_level": (
        "Adult Education", "Doctoral", "Doctorate", "Elementary", "Graduate", "High School", "Middle School",
        "Post-Baccalaureate Certificate", "Pre-K/Preschool", "Professional Education", "Undergraduate",
    ),
    "duration_unit": ("Clock Hours", "Continuing Education Units", "Credit Hours", "No Credit", "Other", "Others"),
    "course_level_description": (
        "Accepted as high school equivalent", "Advanced", "Advanced Placement", "Basic",
        "Career and Technical Education", "College-level", "Core Subject", "Dual Credit",
        "English Language Learner", "General", "Gifted and Talented", "Graduation Credit", "Honors",
        "International Baccalaureate", "Other", "Remedial", "Students with disabilities", "Untracked",
    ),
    "field_of_study": (
        "Career and Technical Education", "Composite", "Critical Reading", "English", "English Language Arts",
        "Fine and Performing Arts", "Foreign Language and Literature", "Life and Physical Sciences",
        "Mathematics", "Military Science", "Other", "Physical, Health, and Safety Education", "Reading",
        "Religious Education and Theology", "Science", "Social Sciences and History", "Social Studies", "Writing",
    ),
}  # fmt: skip
