"""The learners of the demo world. Nobody here exists."""

from __future__ import annotations

from typing import Final

LEARNERS: Final = (
    ("Amara Okafor", "Cloud engineer, aims for lead"),
    ("Mateo Silva", "Electrician on the way to heat pumps"),
    ("Yuki Tanaka", "Data analyst"),
    ("Hanna Virtanen", "Nurse in the community"),
    ("Omar Farouk", "Career changer from logistics"),
    ("Priya Nair", "Machine learning engineer"),
    ("Lukas Brandt", "System administrator"),
    ("Sofia Rossi", "Project coordinator"),
    ("Chidi Eze", "First job in IT"),
    ("Emma Lindqvist", "Robot technician"),
    ("Liam Doyle", "Carer"),
    ("Mei Chen", "Statistician"),
    ("Aylin Demir", "Teacher of adults"),
    ("Jakub Kowalski", "Embedded developer"),
    ("Nadia Benali", "Interpreter"),
    ("Oliver Hughes", "Project leader"),
    ("Carmen Ortiz", "Energy auditor"),
    ("Viktor Petrov", "Site reliability engineer"),
    ("Zanele Dlamini", "Sailing instructor"),
    ("Felix Wagner", "Cloud architect"),
    ("Ines Ferreira", "Ward nurse"),
    ("Samir Gupta", "Data engineer"),
    ("Klara Horvat", "Procurement officer"),
    ("Daniel Cohen", "Port planner"),
    ("Freya Olsen", "Photovoltaic designer"),
    ("Marek Dvorak", "Machine operator"),
    ("Leonie Martin", "Communications officer"),
    ("Tariq Aziz", "Security analyst"),
    ("Rosa Jimenez", "Between jobs"),
    ("Ben Carter", "Just looking around"),
)
"""Name, and a word on who they are."""
