"""What a reading is worth: requests beside the truth of their samples, counted. Values in, figures out."""
