"""Values: learnings, requirements, outcomes, plans, options. Frozen from the ground up."""
