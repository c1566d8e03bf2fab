"""Stories of requests, one service a module: `make(rng, on)` tells one. No sentence is from a real chart.

Facts are marked with slugs: a failed treatment as `conservative-care;failed`, a finding as `present`, what a note rules
out as `absent` (`red-flags;absent`). A test that was done is `present`, whatever its outcome: the quote has that.
"""
