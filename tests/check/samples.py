"""Sentences as they are written, each with what a rule should and should not find in it."""

from __future__ import annotations

# No rule on words finds anything here. Scale: ICD 203, first row.
CLEAN = (
    "Relief reached a remote area of the province in May 2017.",
    "It is not unlikely, in the ministry's phrase, and that phrase says nothing.",
    "On 3 May the road was cut; by late May it was open. May 2017 was quiet.",
    'The spokesman said that "the group may strike and could possibly reach the coast".',
    "The spokesman said that “an attack is probable, with high confidence”.",
    "Le porte-parole: « il est probable, could, might ».",
    "Der Sprecher sagte: „could be probable“.",
    "He spoke of the ‘possibly remote chance’ of rain.",
    "He spoke of the 'possibly probable' rain, and the group's claim isn't checked.",
    "> We may see attacks; they are probable.\n> The chance is remote.",
    "See *Could It Happen Here* and _Probable Cause and Possible Worlds_.",
    "Call `might()` or read https://example.org/could/may-be-probable?x=possibly for it.",
    "See [the register](https://example.org/remote-chance).",
    "```python\nprint('this may be probable')\n```",
    "The fact {{ probable_deaths }} is cited [@possibly-2017, ¶4].",
    "The mathematics $may = could$ is set apart.",
    "UCDP long could not code Syria to its standard.",
    "The court found probable cause. The army's military might is not in question.",
    "The interval holds 95 % of repetitions; its confidence interval is wide and change is likely.",
    "It is very likely that the road stays open. Confidence is low, because one source speaks of it.",
    "It is **very likely** (80–95 %) that the road stays open.",
    "It is unlikely (25 %) that it closes, and almost certain (97 %) that somebody says so.",
    "More likely than not is no term, and less likely neither.",
    "A remote-controlled device went off; the remote village was hit.",
    "Run this:\n\n    brief issue roads   # nothing may be missing\n\nand wait.",
    "Turnout was 100 % in two wards and 0 % in a third.",
    "<!-- this may be probable --> Nothing else.",
)

# (rule, sentence, words that the finding names).
FLAGGED = (
    ("L1", "It is probable that the road stays open.", "probable"),
    ("L1", "It is highly likely that the road stays open.", "highly likely"),
    ("L1", "There is a realistic possibility of an attack.", "realistic possibility"),
    ("L1", "The chance of an attack is remote.", "remote"),
    ("L1", "Roughly even odds stand behind it.", "Roughly even odds"),
    ("L2", "It is likely that the road stays open, and we hold this with high confidence.", "likely"),
    ("L2", "We judge with moderate confidence that an attack is unlikely.", "moderate confidence"),
    ("L2", "We are confident that it is very likely.", "confident"),
    ("L3", "The group may strike again.", "may"),
    ("L3", "An attack cannot be ruled out.", "cannot be ruled out"),
    ("L3", "We can't rule out an attack.", "can't rule out"),
    ("L3", "There is some risk of an attack.", "some risk"),
    ("L3", "Possibly the road closes.", "Possibly"),
    ("L3", "It could close.", "could"),
    ("L3", "- A list.\n\n    Its second paragraph may speak.", "may"),
    ("L3", "A line\n    that goes on and may speak.", "may"),
    ("L4", "The road will certainly stay open.", "certainly"),
    ("L4", "It is impossible that the road closes.", "impossible"),
    ("L4", "The road stays open (100 %).", "100 %"),
    ("L5", "It is **likely** (85 %) that the road stays open.", "likely"),
    ("L5", "It is very unlikely (5–30 %) that the road closes.", "very unlikely"),
)
