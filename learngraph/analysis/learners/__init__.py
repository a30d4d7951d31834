"""What is open to a learner with a transcript, and what is still missing."""
