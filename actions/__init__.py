"""The use cases, one file each: they join the core, the sandbox and the files around them."""
