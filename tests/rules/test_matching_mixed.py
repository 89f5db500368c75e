"""Evidence out of different mails, thrown together: nothing may be booked unless it agrees by chance."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from matching_mails import ZONE, booked, document, mail, matched, paper

SUBJECTS = {
    "KT-T": ["BC KTXH", "Báo cáo tình hình kinh tế - xã hội"],
    "PCCCR-T": ["Báo cáo PCCCR", "BC phòng cháy, chữa cháy rừng"],
    "TDKT-T": ["Báo cáo TĐKT", "BC thi đua, khen thưởng"],
}
TITLES = {
    "KT-T": ["Tình hình kinh tế - xã hội", "Kết quả phát triển KT-XH, QP-AN"],
    "PCCCR-T": ["Công tác phòng cháy, chữa cháy rừng"],
    "TDKT-T": ["Kết quả công tác thi đua, khen thưởng"],
}
SENDERS = {
    "HTANHOA": "tanhoa@tinh.example",
    "HTANHOADONG": "tanhoadong@tinh.example",
    "XTANHOA": "xatanhoa@tinh.example",
    "STC": "stc@tinh.example",
    "TPCU": "baucumoi@tinh.example",
}
OWES_ONLY_ECONOMY = {"XTANHOA"}
AGENCIES, TYPES, MONTHS = st.sampled_from(sorted(SENDERS)), st.sampled_from(sorted(TITLES)), st.integers(7, 10)
PLANS = st.sampled_from(["", ", nhiệm vụ trọng tâm tháng 11", " và phương hướng, nhiệm vụ quý IV"])


@given(
    sender=AGENCIES,
    issuer=AGENCIES,
    said=TYPES,
    written=TYPES,
    said_month=MONTHS,
    month=MONTHS,
    plan=PLANS,
    wording=st.randoms(),
    has_year=st.booleans(),
)
def test_agency_type_and_period_have_to_agree(  # type: ignore[no-untyped-def]
    sender, issuer, said, written, said_month, month, plan, wording, has_year
) -> None:
    year = " năm 2023" if has_year else ""
    title = f"{wording.choice(TITLES[written])} tháng {month}{plan}{year}"
    text = paper(title, issuer, dated=f"ngày 28 tháng {month} năm 2023")
    subject = f"{wording.choice(SUBJECTS[said])} tháng {said_month}"
    at = datetime(2023, 10, 30, 9, tzinfo=ZONE)
    found = matched(mail(subject, "", document(text), sender=SENDERS[sender]), at)
    agrees = sender == issuer and said == written and said_month == month
    owed = written == "KT-T" or sender not in OWES_ONLY_ECONOMY
    expected = [(sender, written, f"2023-{month:02}")] if agrees and owed else []
    assert booked(found) == expected, found.reason


@given(sender=AGENCIES, written=TYPES, month=MONTHS, days=st.integers(-400, 400))
def test_a_period_without_year_is_booked_only_near_its_time(  # type: ignore[no-untyped-def]
    sender, written, month, days
) -> None:
    text = paper(f"{TITLES[written][0]} tháng {month}", sender, dated="ngày      tháng      năm")
    at = datetime.fromordinal(datetime(2023, month, 28, tzinfo=ZONE).toordinal() + days).replace(tzinfo=ZONE)
    for _, _, period in booked(matched(mail("", "", document(text), sender=SENDERS[sender]), at)):
        year, booked_month = map(int, period.split("-"))
        age = (at.date() - datetime(year, booked_month, 1, tzinfo=ZONE).date()).days
        assert booked_month == month
        assert 0 <= age <= 231
