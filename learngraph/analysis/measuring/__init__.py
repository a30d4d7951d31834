"""The published metrics of curricula, and what else courses and the edges between them can be measured by."""
