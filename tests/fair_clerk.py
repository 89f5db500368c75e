"""What a fair clerk would and would not write, judged at the moment at which a mail leaves.

The clerk goes by what the world knows itself: which mails it delivered, when the mailbox was last read, what the
office decided. He trusts nothing that the service says of itself.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from fair_mailbox import Letter
from sqlalchemy import select

from intake.desk import Desk
from intake.model import Notice, Obligation, ReminderStep
from intake.records.truth import ACCUSING
from intake.store.obligations import UNANSWERED


class Seen(Protocol):
    """What the clerk looks at."""

    desk: Desk
    now: datetime
    began_at: datetime
    letters: list[Letter]
    kills: int
    keeps_hours: bool
    failing: bool
    read_to: datetime | None


@dataclass
class Clerk:
    """`unfair` collects what a fair clerk would not have written."""

    world: Seen
    transmitted: Counter = field(default_factory=Counter)
    told: dict[tuple[int, str, str], str] = field(default_factory=dict)
    answered: Counter = field(default_factory=Counter)
    unfair: list[str] = field(default_factory=list)

    def judge(self, mail_id, recipient):
        self.transmitted[mail_id] += 1
        if sum(count - 1 for count in self.transmitted.values()) > self.world.kills:
            self.unfair.append(f"{mail_id} left once more without a crash")
        with self.world.desk.database.reading() as session:
            notice = session.scalars(select(Notice).where(Notice.mail_id == mail_id)).one()
            steps = session.execute(
                select(ReminderStep, Obligation)
                .join(Obligation, Obligation.id == ReminderStep.obligation_id)
                .where(ReminderStep.notice_id == notice.id)
            ).all()
        if notice.in_reply_to:
            self.judge_answer(notice, recipient)
        for step, obligation in steps:
            self.judge_step(step, obligation, notice, recipient)
        if self.world.keeps_hours and not self.in_hours() and self.may_wait(notice.mail_id, steps):
            self.unfair.append(f"{notice.name} left at {self.world.now}, outside the office hours")

    def may_wait(self, mail_id, steps):
        """Whether it tells what is not urgent; unless it tells what is, and may have been lost on its way before."""
        urgent = {one.report_type_code == "NHANH" for _, one in steps}
        return False in urgent and not (True in urgent and self.transmitted[mail_id] > 1)

    def judge_answer(self, notice, recipient):
        asked = [
            one for one in self.world.letters if one.sender == recipient and notice.in_reply_to.encode() in one.raw
        ]
        if not any(one.may_be_answered for one in asked):
            self.unfair.append(f"{notice.name} answers {recipient}, who may not be answered")
        self.answered[notice.in_reply_to] += 1
        if self.answered[notice.in_reply_to] > 1 and self.transmitted[notice.mail_id] == 1:
            self.unfair.append(f"{notice.in_reply_to} is answered once more")

    def judge_step(self, step, obligation, notice, recipient):
        what = f"{step.notice} about {obligation.agency_code} {obligation.period} to {recipient} at {self.world.now}"
        told = (obligation.id, step.step, recipient)
        if self.told.setdefault(told, notice.mail_id) != notice.mail_id:
            self.unfair.append(f"{what}: told twice")
        wrong = [*self.wrong_to_speak(obligation, recipient), *self.wrong_to_say(step.notice, obligation)]
        self.unfair += [f"{what}: {why}" for why in wrong]

    def wrong_to_speak(self, obligation, recipient):
        agency, report = obligation.agency_code, (obligation.report_type_code, obligation.period)
        if agency not in self.agencies_of(recipient):
            yield "not a contact of the agency"
        if obligation.due_at <= self.world.began_at:
            yield "it fell due before the service began"
        if any(one.read and one.agency == agency and one.report == report for one in self.world.letters):
            yield "it has been received"
        if obligation.status not in UNANSWERED:
            yield f"it is {obligation.status}"

    def wrong_to_say(self, notice, obligation):
        is_late = self.world.now >= obligation.due_at
        if is_late != (notice in ACCUSING):
            yield f"the deadline is {obligation.due_at}"
        if notice in ACCUSING and (
            self.world.failing or self.world.read_to is None or self.world.read_to < obligation.due_at
        ):
            yield f"blind since {self.world.read_to}"
        waiting_for = {one.agency for one in self.world.letters if one.waits and one.read}
        if notice in ACCUSING and obligation.agency_code in waiting_for:
            yield "a mail of the agency waits"

    def agencies_of(self, address):
        contacts = self.world.desk.directory.contacts
        return {code for code in contacts if any(one.email == address for one in contacts[code])}

    def in_hours(self):
        local = self.world.now.astimezone(self.world.desk.zone)
        worked = self.world.desk.working_days.is_working(local.date())
        return worked and (7, 0) <= (local.hour, local.minute) < (17, 30)
