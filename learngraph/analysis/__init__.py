"""What a curriculum does to the people who go through it: one module a family of questions.

Functions take the graph first and change nothing; what they give is frozen.
"""
