"""A seeded maker of paperwork with known truth: forms, letters, faxes and mails about people who do not exist.

A `Case` says what is asked for whom; forms and letters draw it on `Sheet`s, which remember where every word stands;
`fax` damages the pages as a fax line does and takes the words' places along. Everything follows from one seed.
"""
