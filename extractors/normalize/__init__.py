"""From what is written to the values of the contract: pure functions from text to value, None where it is not one."""
