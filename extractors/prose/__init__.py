"""Reading letters: what their head, sentences and close say of the request."""
