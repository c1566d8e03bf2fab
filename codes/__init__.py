"""What a code means, whether it counts on a day, what it may be a misreading of, and which code a diagnosis names."""
