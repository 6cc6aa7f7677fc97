class Refusal(Exception):
    """The bank says no, and why."""
