"""Mail that machines write: the absence note that answers a reminder, and the failure report that brings one back."""

from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, parseaddr

from intake.demo.agencies import OFFICE_ADDRESS
from intake.demo.post import Mail, Sent, as_stored


@dataclass(frozen=True)
class Absence(Mail):
    """Says that its clerk is away."""

    def message(self) -> Message:
        message = super().message()
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        return message


@dataclass(frozen=True)
class Bounce(Mail):
    """Says that the last notice to `lost` could not be delivered (RFC 3464). Comes with a null reverse-path."""

    lost: str = ""

    def raw(self, sent: Sent = ()) -> bytes:
        notice = next(one for one in reversed(sent) if parseaddr(str(one["To"]))[1] == self.lost)
        report = MIMEMultipart("report", boundary=self.boundary)
        report.set_param("report-type", "delivery-status")
        report.attach(MIMEText(self.text + "\n", "plain", "us-ascii"))
        report.attach(self._status())
        report.attach(MIMEMessage(_headers_of(notice)))
        report["From"] = f"Mail Delivery System <{self.clerk.address}>"
        report["To"] = OFFICE_ADDRESS
        report["Subject"] = self.subject
        report["Date"] = format_datetime(self.at)
        report["Message-ID"] = self.message_id
        report["Auto-Submitted"] = "auto-replied"
        return as_stored(report, self.at, "")

    def _status(self) -> Message:
        status = MIMEBase("message", "delivery-status")
        server, recipient = Message(), Message()
        server["Reporting-MTA"] = "dns; mx.sonha.example"
        recipient["Final-Recipient"] = f"rfc822; {self.lost}"
        recipient["Action"] = "failed"
        recipient["Status"] = "5.1.1"
        recipient["Diagnostic-Code"] = f"smtp; 550 5.1.1 <{self.lost}>: Recipient address rejected: User unknown"
        status.attach(server)
        status.attach(recipient)
        return status


def _headers_of(notice: EmailMessage) -> Message:
    """What a mail server quotes of the mail that it brings back."""
    quoted = Message()
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        quoted[name] = str(notice[name]).encode("ascii", "replace").decode()
    quoted.set_payload("")
    return quoted
