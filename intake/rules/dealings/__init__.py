"""What else passes between the office and its agencies: orders, requests, answers, copies, secrecy marks."""
