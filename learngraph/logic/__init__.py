"""Requirements as Boolean formulas: what implies what, AND-of-ORs, and what can be reached."""
