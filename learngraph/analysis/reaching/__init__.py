"""What requirements come to: what can be reached, what for, past what, and which of them say nothing new."""
