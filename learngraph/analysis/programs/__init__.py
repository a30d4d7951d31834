"""Programs: the courses that their plans name, what they ask for without naming it, and what they grant."""
