"""Programmes to start from: one of each usual kind, told in full where a kind has a usual way.

What only the provider knows (cost, quality assurance, who reviews) is left open on purpose, so
that nobody publishes a claim of ours as their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sealwright.web.catalogue.content import Assessment, Content, Link, Skill


@dataclass(frozen=True, slots=True)
class Starter:
    """A programme to start from, what it is good for, and its icon."""

    key: str
    icon: str
    name: str | Promise
    suits: str | Promise
    content: Content


_LAB = Content(
    title="Network Troubleshooting Lab",
    summary="Find and mend faults in a small routed network, alone and against the clock.",
    description=(
        "Certifies that the holder finds and mends faults in a network of routers, switches and "
        "wireless points that they have not seen before, and writes down what they did so that "
        "somebody else can follow it."
    ),
    field="Computing",
    skills=(
        Skill(
            "Network troubleshooting",
            level=3,
            shown_by="Mended five of six seeded faults in a three-hour lab.",
        ),
        Skill("IP addressing and routing", level=3, shown_by="Planned and set up four subnets."),
        Skill("Packet capture and analysis", level=2, shown_by="Explained a captured handshake."),
        Skill(
            "Technical writing",
            kind="human",
            level=2,
            shown_by="Wrote a fault report that another learner could repeat.",
        ),
    ),
    outcomes=(
        "Narrow a fault down to a layer and a device within 20 minutes",
        "Read a packet capture and say what went wrong",
        "Mend addressing, routing and wireless faults without breaking what works",
        "Write a fault report that somebody else can repeat",
    ),
    eqf="4",
    hours=40.0,
    participation="onsite",
    duration="5 days, or 10 evenings",
    assessment=Assessment(
        type="performed-task",
        description="A three-hour lab with six seeded faults, then a written report of each.",
        supervision="onsite",
        identity_check="document",
        pass_mark="Five of six faults mended, and the report accepted",
        retake="Once within three months, with other faults",
        evidence="Device logs and the report, kept for two years",
    ),
    criteria=(
        "To earn this you\n\n"
        "1. mend at least five of six faults in a network that you have not seen before,\n"
        "2. do so alone, within three hours, with the tools of the lab,\n"
        "3. hand in a report of each fault that another learner can repeat.\n\n"
        "An assessor watches the lab and reads the report."
    ),
    evidence_asked="The fault report, as PDF. Device logs are collected by the lab.",
    valid_months=36,
    stacks_into=(Link("A certificate in network engineering"),),
)

_LANGUAGE = Content(
    title="Portuguese for Care Work, B1",
    summary="Speak and understand Portuguese on a ward: handovers, families, emergencies.",
    description=(
        "Certifies that the holder takes part in the everyday talk of a ward in Portuguese at "
        "level B1 of the Common European Framework: handing over, explaining, reassuring, and "
        "asking when something was not understood."
    ),
    field="Languages",
    skills=(
        Skill("Spoken Portuguese", level=2, shown_by="Led two ten-minute role plays at B1."),
        Skill("Understanding spoken Portuguese", level=2, shown_by="Wrote down a spoken handover."),
        Skill(
            "Talking with patients and families",
            kind="human",
            level=2,
            shown_by="Explained a delay to an upset relative in a role play.",
        ),
        Skill(
            "Asking back",
            kind="human",
            level=3,
            shown_by="Noticed and cleared up two planted misunderstandings.",
        ),
    ),
    outcomes=(
        "Follow a spoken handover and write down what matters",
        "Explain what is about to be done, and what was done",
        "Calm somebody, and say no politely",
        "Say at once when something was not understood",
    ),
    eqf="4",
    hours=90.0,
    participation="blended",
    duration="12 weeks, twice a week",
    assessment=Assessment(
        type="supervised-exam",
        description="Two role plays of ten minutes and a listening task of 30 minutes.",
        supervision="onsite",
        identity_check="document",
        pass_mark="60 of 100 in speaking and in listening",
        retake="Each part twice within a year",
        evidence="Sound recording and marking sheet, kept for one year",
    ),
    criteria=(
        "To earn this you\n\n"
        "- speak in two role plays (a handover, a talk with a family) with two examiners,\n"
        "- write down what matters in a spoken handover,\n"
        "- reach 60 of 100 in speaking and 60 of 100 in listening, by the published scale."
    ),
    grade="percent",
    prerequisites=(Link("Portuguese at A2, by a certificate or a placement test"),),
    stacks_into=(Link("Portuguese for Care Work, B2"),),
)

_SAFETY = Content(
    title="Working at Height and Rescue",
    summary="Work safely above two metres, check the equipment, bring a colleague down.",
    description=(
        "Certifies that the holder chooses, checks and uses fall protection, refuses work that "
        "is not safe, and brings down a colleague who hangs in a harness."
    ),
    field="Safety",
    skills=(
        Skill("Use of fall protection", level=3, shown_by="Moved along a structure always tied."),
        Skill("Inspection of safety equipment", level=3, shown_by="Found all planted defects."),
        Skill("Rescue from a harness", level=2, shown_by="Lowered a dummy within ten minutes."),
        Skill(
            "Speaking up about danger",
            kind="human",
            level=3,
            shown_by="Stopped a job that was not safe, and said why.",
        ),
    ),
    outcomes=(
        "Judge a place of work and choose the right protection",
        "Find the defects of a harness, a lanyard and an anchor",
        "Bring a colleague down within ten minutes",
        "Stop a job that is not safe",
    ),
    eqf="3",
    hours=16.0,
    participation="onsite",
    duration="2 days",
    assessment=Assessment(
        type="performed-task",
        description="Three stations: inspection, moving along a structure, rescue of a dummy.",
        supervision="onsite",
        identity_check="document",
        pass_mark="Every station passed; a safety fault fails it",
        retake="Once on the same day, then the whole course",
        evidence="Checklist signed by the assessor, kept until it expires",
    ),
    criteria=(
        "Pass all three stations in one day:\n\n"
        "1. **Inspection**: find every planted defect in five pieces of equipment.\n"
        "2. **Structure**: move ten metres along a structure without a moment untied.\n"
        "3. **Rescue**: bring down a dummy of 80 kg within ten minutes.\n\n"
        "A fault that would have endangered somebody fails the station."
    ),
    valid_months=24,
    prerequisites=(
        Link("A medical certificate of fitness"),
        Link("First aid, not older than two years"),
    ),
)

_DATA = Content(
    title="Data Analysis Project",
    summary="Answer a real question with data: get it, clean it, analyse it, explain it.",
    description=(
        "Certifies that the holder took a question of an organisation from raw data to an answer "
        "that was defended before people who use it, with code that others can run again."
    ),
    field="Data",
    skills=(
        Skill("Data analysis", level=3, shown_by="Answered a client’s question with two datasets."),
        Skill("SQL", level=2, shown_by="Wrote the queries that made the analysis table."),
        Skill("Python", level=2, shown_by="Handed in a notebook that a reviewer ran again."),
        Skill("Statistics", level=2, shown_by="Chose and justified an interval and a test."),
        Skill(
            "Explaining results to others",
            kind="human",
            level=3,
            shown_by="Defended the answer before the client for 20 minutes.",
        ),
    ),
    outcomes=(
        "Turn a vague question into one that data can answer",
        "Get, join and clean data, and write down what was left out",
        "Say how sure an answer is",
        "Explain the answer to people who will act on it",
    ),
    eqf="6",
    hours=125.0,
    ects=5.0,
    participation="online",
    duration="10 weeks, about 12 hours a week",
    assessment=Assessment(
        type="reviewed-project",
        description="A project with code and report, and a defence of 20 minutes.",
        supervision="online-proctored",
        identity_check="document",
        pass_mark="Each of five criteria at least “sufficient”",
        retake="One revision within four weeks",
        evidence="Repository, report and recording of the defence",
    ),
    criteria=(
        "Two reviewers judge the project by five published criteria:\n\n"
        "- the question can be answered, and was,\n"
        "- the data is understood, and what was left out is said,\n"
        "- the method fits, and its limits are named,\n"
        "- somebody else ran the code and got the same,\n"
        "- the answer was defended before the client.\n\n"
        "Each must be at least “sufficient”."
    ),
    evidence_asked="A repository that can be run, and a report of at most ten pages.",
    grade="merit",
    prerequisites=(Link("Programming in any language, at the level of a first course"),),
    stacks_into=(Link("A postgraduate certificate in data science, 5 of 30 ECTS"),),
)

_HUMAN = Content(
    title="Difficult Conversations at Work",
    summary="Give feedback, say no and settle a dispute, without harm to either side.",
    description=(
        "Certifies that the holder prepares and leads conversations that most people avoid: "
        "feedback on poor work, a refusal, a dispute between two colleagues."
    ),
    field="Communication",
    skills=(
        Skill(
            "Giving feedback",
            kind="human",
            level=3,
            shown_by="Gave feedback on poor work to an actor, seen by two assessors.",
        ),
        Skill(
            "Active listening",
            kind="human",
            level=3,
            shown_by="Said in own words what the other meant, to their agreement.",
        ),
        Skill(
            "Mediation",
            kind="human",
            level=2,
            shown_by="Led two colleagues to an agreement of three points.",
        ),
    ),
    outcomes=(
        "Prepare a difficult conversation in ten minutes",
        "Describe behaviour and effect, without judging the person",
        "Repeat what the other meant so that they agree",
        "End with something that both will do",
    ),
    eqf="5",
    hours=20.0,
    participation="onsite",
    duration="2 days, three weeks apart, and practice between",
    assessment=Assessment(
        type="performed-task",
        description="Two conversations of 15 minutes with an actor; a note on one’s own practice.",
        supervision="onsite",
        identity_check="account",
        pass_mark="Seven of nine points by both assessors",
        retake="Once, with other scenes",
        evidence="Marking sheets of both assessors; video only if the learner agrees",
    ),
    criteria=(
        "Lead two conversations of 15 minutes with an actor. Two assessors mark nine points, "
        "such as *names the behaviour, not the person* and *both know what happens next*. "
        "Seven points from each assessor are needed.\n\n"
        "Hand in a page on a conversation that you led at work between the two days."
    ),
    evidence_asked="One page on a conversation at work, without names.",
)

_MODULE = Content(
    title="Research Methods for Practitioners",
    summary="Read studies critically and plan a small one of your own.",
    description=(
        "Certifies that the holder reads empirical studies critically and plans a small study "
        "in their own field of work, ethics included. One module of a master’s degree."
    ),
    field="Education",
    skills=(
        Skill(
            "Critical reading of studies", level=3, shown_by="Appraised three published studies."
        ),
        Skill("Study design", level=2, shown_by="Wrote a study plan that a panel accepted."),
        Skill("Research ethics", level=2, shown_by="Answered the questions of an ethics board."),
        Skill(
            "Academic discussion",
            kind="human",
            level=3,
            shown_by="Discussed the plan with two researchers for 30 minutes.",
        ),
    ),
    outcomes=(
        "Judge how far the results of a study reach",
        "Choose a design that fits a question, and say what it cannot show",
        "Name the people whom a study could harm, and how to protect them",
    ),
    eqf="7",
    hours=150.0,
    ects=6.0,
    participation="blended",
    duration="One term",
    assessment=Assessment(
        type="supervised-exam",
        description="A study plan of 3,000 words, discussed for 30 minutes.",
        supervision="onsite",
        identity_check="document",
        pass_mark="Half of the points in the plan and in the discussion",
        retake="Twice, in later terms",
        evidence="The plan and the minutes of the discussion",
    ),
    criteria=(
        "Hand in a study plan of 3,000 words and discuss it with two examiners. The plan says "
        "the question, the design, the analysis, the limits and the ethics. Plan and discussion "
        "are marked apart; each needs half of the points."
    ),
    grade="letter",
    prerequisites=(Link("A bachelor’s degree, or five years of work in the field"),),
    stacks_into=(Link("Master of Professional Practice, 6 of 60 ECTS"),),
)

_CLINICAL = Content(
    title="Wound Care in the Community",
    summary="Assess, dress and document chronic wounds at home, and know when to call for help.",
    description=(
        "Certifies that a registered nurse assesses and dresses chronic wounds at the patient’s "
        "home, documents them so that a colleague can go on, and calls a specialist in time."
    ),
    field="Health",
    skills=(
        Skill("Wound assessment", level=3, shown_by="Assessed four wounds under supervision."),
        Skill("Aseptic dressing", level=3, shown_by="Was observed on six home visits."),
        Skill(
            "Clinical documentation", level=2, shown_by="Kept the record of one wound for weeks."
        ),
        Skill(
            "Teaching patients",
            kind="human",
            level=2,
            shown_by="Taught a patient to change a dressing, who then did it.",
        ),
    ),
    outcomes=(
        "Describe a wound in the words of the trade and stage it",
        "Choose and apply a dressing without contamination",
        "Tell which wound needs a specialist today",
        "Teach a patient to look after the wound",
    ),
    eqf="6",
    hours=60.0,
    ects=2.0,
    participation="blended",
    duration="8 weeks, beside work",
    assessment=Assessment(
        type="performed-task",
        description="Six observed home visits, and a talk about one case.",
        supervision="onsite",
        identity_check="document",
        pass_mark="Every item of the observation sheet; none marked unsafe",
        retake="Further visits until every item was seen, within six months",
        evidence="Observation sheets; no pictures or names of patients",
    ),
    criteria=(
        "Be observed on six home visits by a specialist nurse, who ticks every item of the sheet, "
        "and talk about one case for 20 minutes. Anything unsafe ends the assessment."
    ),
    evidence_asked="Observation sheets signed by the specialist nurse, without names of patients.",
    valid_months=36,
    prerequisites=(Link("Registration as a nurse"),),
)

STARTERS: Final = (
    Starter("lab", "flask-conical", _("Short technical lab course"),
            _("A week in a lab, assessed by a task against the clock"), _LAB),
    Starter("language", "languages", _("Language module"),
            _("A term of lessons, assessed by speaking and listening"), _LANGUAGE),
    Starter("safety", "hard-hat", _("Safety training"),
            _("One or two days, all stations passed, renewed every two years"), _SAFETY),
    Starter("data", "chart-column", _("Project-based course"),
            _("Weeks of work on a real question, defended before reviewers"), _DATA),
    Starter("human", "message-circle", _("Human-skills workshop"),
            _("Two days with practice between, seen by two assessors"), _HUMAN),
    Starter("module", "book-open", _("University module"),
            _("One module that counts towards a degree, with a grade"), _MODULE),
    Starter("clinical", "heart-pulse", _("Training at the workplace"),
            _("Learned beside work, assessed by observing it"), _CLINICAL),
)  # fmt: skip
"""In the order in which they are offered."""


def starter_of(key: str) -> Starter | None:
    """The starter of that key, or None."""
    return next((starter for starter in STARTERS if starter.key == key), None)
