"""The exact bodies of the Learnings Graph resource: its names live here and nowhere else; no I/O.

The resource is `/connect/education/academic-operations/learnings` of the Education Cloud Developer Guide.
"""
