"""What a curriculum does to the people who go through it: one package a family of questions.

Functions take the graph first and change nothing; what they give is frozen.

measuring
    the metrics of courses and of the edges between them
degree_plans
    the order of terms, and the numbers that depend on it
programs
    what a program names, hides and grants
reaching
    what can be reached, at what cost, and which requirements say nothing new
learners
    what is open and what is missing after a transcript
comparing
    what changed between two editions, and which numbers moved

By themselves stand the what-ifs, and what an edit touches.
"""
