"""An org of one's own: the Learnings Graph resource as documented, over SQLite, for trying, teaching and tests.

It answers `Request`s with `Response`s. What the documentation leaves open follows `Dialect` and `OrgSettings`.
"""
