"""Rules L1 to L10 over a brief's own files: what a reviewer would strike out, found before the reviewer does.

::

    mask ─> sentences ─> terms        what is prose and what is quoted; words of likelihood; vague words
    texts                             every piece of prose of a brief, with its place
    words, judged, sourced, handled,  the rules
    rivals, figures, numbers
    rules ─> run                      the list of rules; a whole brief, or one notebook

docs/method.md says what each rule is for.
"""
