"""Mail that machines write: the absence note that answers a reminder, and the failure report that brings one back."""

from dataclasses import dataclass
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.utils import format_datetime

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
        heads = (BytesHeaderParser().parsebytes(one) for one in reversed(sent))
        notice = next(head for head in heads if f"<{self.lost}>" in head["To"])
        report = MIMEMultipart("report", boundary=self.boundary)
        report.set_param("report-type", "delivery-status")
        report.attach(MIMEText(self.text + "\n", "plain", "us-ascii"))
        report.attach(self._status())
        report.attach(MIMEMessage(notice))
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
