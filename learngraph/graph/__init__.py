"""The only package that holds a NetworkX graph.

Edges run in the order of study: from what is required to the learning, and from the learning to what
it grants. So `networkx.descendants` means "unlocked by" and `ancestors` means "needs, sooner or later".
"""
