"""Which member, which providers and which earlier authorizations a request speaks of.

    query --blocking keys--> (the shell asks the store) --candidates--> compared, weighed, decided

Pure: the candidates and the directory's frequencies are arguments. docs/matching.md tells the method.
"""
