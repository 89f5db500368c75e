"""Receipt numbers: one row a year counts them."""

from sqlalchemy import bindparam, update

from intake.model import ReceiptCounter
from intake.store.session import Session

_NEXT = (
    update(ReceiptCounter)
    .where(ReceiptCounter.year == bindparam("of"))
    .values(last=ReceiptCounter.last + 1)
    .returning(ReceiptCounter.last)
)


def next_receipt(session: Session, year: int) -> str:
    """The next receipt number of the year, such as "2019/01873". Given out once, within the caller's transaction."""
    number = session.connection().execute(_NEXT, {"of": year}).scalar()
    if number is None:
        number = 1
        session.add_row_now(ReceiptCounter, {"year": year, "last": number})
    return f"{year}/{number:05d}"
