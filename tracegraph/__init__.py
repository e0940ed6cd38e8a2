"""tracegraph: follow a village need through every plan, up to the budget that pays for it."""

__version__ = "0.1.0"
