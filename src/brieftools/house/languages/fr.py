"""French."""

from __future__ import annotations

from typing import Final

MONTHS: Final = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
DAY: Final = "{day} {month} {year}"
FIRST_DAY: Final = "{day}er {month} {year}"
AND: Final = "et"

PRINTED: Final = {
    "figure": "Figure",
    "table": "Tableau",
    "contents": "Sommaire",
    "key_judgments": "Jugements clés",
    "page_of": "{page} sur {pages}",
    "note": "Note",
    "notes": "Notes",
    "back": "Retour au texte",
    "data_of": "Données :",
    "rows": "lignes",
    "data_withheld": "Les lignes ne peuvent être rediffusées ; seule la figure est montrée.",
    "evidence": "Élément, source",
    "grade": "Cote",
    "credibility": "Cr",
    "credibility_long": "Crédibilité",
    "relevance": "Pe",
    "relevance_long": "Pertinence",
    "diagnosticity": "Pouvoir discriminant",
    "leads_without": "En tête sans cette ligne",
    "apart": "À part : attendu sous chaque hypothèse, donc sans valeur pour les départager",
    "inconsistency": "Incohérence",
    "inconsistency_note": "pondérée ; la plus proche de zéro est la moins contredite",
    "rank": "Rang",
    "not_rated": "non coté",
    "none": "aucun",
    "missing": "manque",
    "error": "Cette cellule a échoué",
    "skip": "Aller à la note",
    "attachments": "Pièces jointes",
}

HEADINGS: Final = {
    "bottom_line": "L’essentiel",
    "key_figures": "Chiffres clés",
    "key_judgments": "Jugements clés",
    "changed": "Ce qui a changé",
    "evidence": "Éléments",
    "alternatives": "Hypothèses concurrentes",
    "implications": "Conséquences",
    "indicators": "Ce qui changerait ces jugements",
    "limits": "Ce que les données disent et ne disent pas",
    "unknown": "Ce qui n’est pas connu",
    "sources": "Sources, méthode et provenance",
    "source_summary": "Synthèse des sources",
    "method": "Méthode",
}

WRITTEN: Final = {
    "kicker": "Note d’analyse",
    "bottom_line": "L’essentiel.",
    "as_of": "État au",
    "covers": "Période",
    "week": "Semaine",
    "edition": "Édition",
    "edition_line": "Édition {number}",
    "first_issue": "{number} (première parution)",
    "next_issue": "Prochaine parution",
    "draft": "Projet",
    "withdrawn": "Retirée",
    "unreviewed_all": "Les jugements n’ont pas été relus par un second analyste.",
    "unreviewed_only": "Le jugement n’a pas été relu par un second analyste.",
    "unreviewed_one": "Le jugement {which} n’a pas été relu par un second analyste.",
    "unreviewed_some": "Les jugements {which} n’ont pas été relus par un second analyste.",
    "scale_label": "Probabilité, de 0 à 100 %",
    "change_label": "Ce qui le changerait :",
    "decided_label": "Tranché par :",
    "source": "{n} source|{n} sources",
    "origin": "{n} origine|{n} origines",
    "sources_title": "{sources}, {origins}",
    "sources_subtitle": (
        "Cotation d’Amirauté : fiabilité A–F et crédibilité 1–6, indépendantes l’une de l’autre ; F et 6 : ne peut être jugé"
    ),
    "sources_note": (
        "Des sources de même origine ne se confirment pas l’une l’autre. Qualité, licence et notre paraphrase de chacune sont dans les "
        "fiches jointes."
    ),
    "sources_head": "Cote|Source|Pourquoi cette cote",
    "facts_title": "Chaque chiffre de l’essentiel et des jugements, et son calcul",
    "facts_subtitle": "Faits nommés ; tous les autres sont dans facts.csv, les fichiers et leurs empreintes dans manifest.json",
    "facts_head": "Fait|Valeur|Origine",
    "built": "Produit avec brieftools {version}, Python {python}, {rest}.",
    "attached": "Joints au PDF : données, sources, ce document sous forme de données, manifeste.",
    "checks_off": "Règles de vérification non appliquées.",
    "lexicon_title": "Mots et nombres",
    "lexicon_note": (
        "La probabilité dit si un événement est à attendre. La confiance (high, moderate, low : élevée, moyenne, faible) dit ce que vaut "
        "la base, toujours dans une phrase à part. Une borne commune revient au mot le plus fort."
    ),
    "views": "Avertissement",
    "licences": "Licences des données",
    "handling": "Diffusion",
    "fonts": "Polices : Source Serif et Source Sans, SIL Open Font License.",
    "corrections": "Corrections : {contact}",
    "disclaimer": (
        "Les opinions exprimées dans cette note sont celles de ses seuls auteurs. Elles n’engagent ni gouvernement, ni employeur, ni autre "
        "institution, ni les auteurs des sources."
    ),
    "disclaimer_short": "Les opinions n’engagent que les auteurs (dernière page).",
    "hypotheses_title": "Ce que dit chaque hypothèse, ce qu’elle impliquerait, ce qui la montrerait",
    "hypotheses_head": "|Hypothèse|Si elle est vraie|Indicateur",
    "assumptions_title": "Présupposés, et ce qui tombe avec chacun",
    "assumptions_subtitle": "Ce que les jugements tiennent pour acquis",
    "assumptions_head": "|Présupposé|S’il est faux|Comment nous le verrions",
    "indicators_title": "Ce qui changerait quel jugement, et quand",
    "indicators_subtitle": "À surveiller ; KJ : jugement clé, H : hypothèse",
    "indicators_head": "|Indicateur|Seuil|Avant le|Qui regarde|Touche",
    "scores_title": "Jugements passés et ce qu’ils sont devenus",
    "scores_head": "Jugement|Édition|Dit|Échéance|Issue|Brier",
    "scores_outcomes": "s’est réalisé|non|indécis",
    "scores_due": "échu, non tranché",
    "scores_none": "Aucun jugement n’est encore arrivé à échéance.",
}

MATRIX: Final = {
    "subtitle": (
        "Éléments (lignes, les plus discriminants d’abord) face aux hypothèses (colonnes) : si l’hypothèse était vraie, que vaudraient les "
        "chances de voir ceci ?"
    ),
    "key": (
        "CC très cohérent, C cohérent, N neutre, I incohérent (−1), II très incohérent (−2){na}. Poids de la crédibilité (Cr) et de la "
        "pertinence (Pe) : L 0.71, M 1, H 1.41. Pouvoir discriminant : logarithme de la plus grande probabilité de voir la ligne sur "
        "la plus petite.{changes}"
    ),
    "na": ", NA sans objet",
    "changes": " ◆ le premier change.",
    "rank_note": "{changing} des {total} lignes le changent",
    "no_rows": "aucune ligne",
}
"""Around the matrix; in English these words come with the analysis."""

HANDLING: Final = {
    "TLP:CLEAR": "Diffusion sans limite, dans le respect du droit d’auteur.",
    "TLP:GREEN": "Diffusion limitée : les destinataires peuvent partager dans leur communauté, non sur des canaux publics.",
    "TLP:AMBER": "Diffusion limitée : à l’organisation du destinataire et à ses clients, selon le besoin d’en connaître.",
    "TLP:AMBER+STRICT": "Diffusion limitée : à la seule organisation du destinataire, selon le besoin d’en connaître.",
    "TLP:RED": "Pour les seuls destinataires nommés ; aucune autre diffusion.",
}
