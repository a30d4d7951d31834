"""Files: one module a format; `read` and `write` choose."""
