"""What an administrative document says of itself (Decree 30/2020), and what a complete report holds."""
