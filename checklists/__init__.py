"""What a payer looks for before it decides, and by when: policies as data, and the functions that apply them.

Checklists are the YAML files of this folder (docs/checklists.md), payers those of payers/ (docs/payers.md). Nothing
here decides whether a service is necessary: it says what was found on the pages, and what was not.
"""
